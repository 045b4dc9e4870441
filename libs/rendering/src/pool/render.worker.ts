import { parentPort } from 'node:worker_threads';
import type { FindingRow, ReportFacts } from '#domain';
import type { FindingsPart } from '../model/report-content.ts';
import { type ReportSource, reportWriters, sourceOfRows } from '../pipeline/report-writers.ts';
import { warmUp } from '../writers/pdf/warm-up.ts';
import { Inbox } from './inbox.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import type { RenderStage } from './render-job.ts';
import { lowerPriority } from '../threads/lower-priority.ts';

const pieceSize = 256 * 1024;

const port = parentPort;
if (!port) throw new Error('render.worker runs in a worker thread only');
lowerPriority();

const inbox = new Inbox();
port.on('message', (message: ToWorker) => {
  inbox.put(message);
});

function send(message: FromWorker, transfer: readonly ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

const progress = (stage: RenderStage, fraction: number): void => {
  send({ kind: 'progress', progress: { stage, fraction } });
};

/** Shares of a job: how far it is when a stage begins. */
const stages: Readonly<Record<'composing' | 'laying_out' | 'writing', number>> = {
  composing: 0.1,
  laying_out: 0.12,
  writing: 0.95,
};

async function* readRows(part: FindingsPart): AsyncGenerator<readonly FindingRow[], undefined> {
  send({ kind: 'read', part });
  for (;;) {
    send({ kind: 'want_batch' });
    const message = await inbox.take('batch', 'end_of_findings');
    if (message.kind !== 'batch') return;
    yield message.rows;
  }
}

/** Tells how far a job is by the rows it has read: of a reading after the first, the document is written meanwhile. */
function watched({ facts, readings }: { facts: ReportFacts; readings: number }): ReportSource {
  const expected = Math.max(1, Math.min(facts.finding_count, facts.preview?.findings ?? facts.finding_count));
  let stage: RenderStage = 'reading';
  let reached = 0;
  let begun = 0;
  const report = (fraction: number): void => {
    reached = Math.max(reached, fraction);
    progress(stage, reached);
  };
  const source = sourceOfRows(facts, async function* (part) {
    begun++;
    const from = reached;
    const to = begun < readings ? stages.composing : stages.writing;
    let count = 0;
    for await (const rows of readRows(part)) {
      count += rows.length;
      report(from + (to - from) * Math.min(1, count / expected));
      yield rows;
    }
  });
  return {
    ...source,
    onStage: (next) => {
      stage = next;
      report(stages[next]);
    },
  };
}

async function render({ format, facts }: Extract<ToWorker, { kind: 'start' }>): Promise<void> {
  const writer = reportWriters[format];
  const source = watched({ facts, readings: writer.readings });
  let piece: Uint8Array[] = [];
  let size = 0;
  const document = { open: false };
  const flush = async (): Promise<void> => {
    if (!document.open) send({ kind: 'open' });
    document.open = true;
    // One piece for each pull: a slow reader never makes the document pile up on the other side.
    await inbox.take('pull');
    const bytes = new Uint8Array(Buffer.concat(piece));
    piece = [];
    size = 0;
    send({ kind: 'piece', bytes }, [bytes.buffer]);
  };
  for await (const chunk of writer.write(source)) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    piece.push(bytes);
    size += bytes.length;
    if (size >= pieceSize) await flush();
  }
  if (size > 0 || !document.open) await flush();
  progress('writing', 1);
  send({ kind: 'done' });
}

async function serve(): Promise<void> {
  await warmUp();
  send({ kind: 'ready' });
  for (;;) {
    const start = await inbox.take('start');
    // Older messages were meant for a job that has ended.
    inbox.clear();
    try {
      await render(start);
    } catch (error) {
      // Texts of the data may stand in a message: only its first line, cut, leaves the thread.
      const said = error instanceof Error ? error.message : String(error);
      send({ kind: 'failed', message: said.split('\n')[0]?.slice(0, 200) ?? '' });
    }
  }
}

void serve();
