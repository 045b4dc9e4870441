import { parentPort } from 'node:worker_threads';
import type { ReportFacts } from '#domain';
import { FindingsComposer } from '../content/findings-composer.ts';
import { composeReport } from '../content/compose-report.ts';
import { warmUp } from '../pdf/warm-up.ts';
import { renderReport } from '../pdf/render-report.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import type { RenderStage } from './render-job.ts';
import { standBack } from './stand-back.ts';

const pieceSize = 256 * 1024;

const port = parentPort;
if (!port) throw new Error('render.worker runs in a worker thread only');
standBack();

const inbox: ToWorker[] = [];
let waiting: ((message: ToWorker) => void) | null = null;
port.on('message', (message: ToWorker) => {
  const receive = waiting;
  waiting = null;
  if (receive) receive(message);
  else inbox.push(message);
});

function next(): Promise<ToWorker> {
  const message = inbox.shift();
  return message ? Promise.resolve(message) : new Promise((resolve) => (waiting = resolve));
}

function send(message: FromWorker, transfer: readonly ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

const progress = (stage: RenderStage, fraction: number): void => {
  send({ kind: 'progress', progress: { stage, fraction } });
};

async function readFindings(facts: ReportFacts): Promise<FindingsComposer> {
  const composer = new FindingsComposer(facts);
  const expected = Math.max(1, Math.min(facts.finding_count, facts.preview?.findings ?? facts.finding_count));
  for (;;) {
    if (composer.full) return composer;
    send({ kind: 'want_batch' });
    const message = await next();
    if (message.kind !== 'batch') return composer;
    composer.add(message.rows);
    progress('reading', 0.4 * Math.min(1, composer.composed.length / expected));
  }
}

async function render(facts: ReportFacts): Promise<void> {
  const { composed } = await readFindings(facts);
  progress('composing', 0.42);
  const content = composeReport(facts, composed);
  progress('laying_out', 0.45);
  const document = await renderReport(content, composed);
  progress('writing', 0.9);
  send({ kind: 'written' });
  let piece: Buffer[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    // One piece for each pull: a slow reader never makes the document pile up on the other side.
    await next();
    const bytes = new Uint8Array(Buffer.concat(piece));
    piece = [];
    size = 0;
    send({ kind: 'piece', bytes }, [bytes.buffer]);
  };
  for await (const chunk of document as AsyncIterable<Buffer>) {
    piece.push(chunk);
    size += chunk.length;
    if (size >= pieceSize) await flush();
  }
  if (size > 0) await flush();
  progress('writing', 1);
  send({ kind: 'done' });
}

async function serve(): Promise<void> {
  await warmUp();
  send({ kind: 'ready' });
  for (;;) {
    const message = await next();
    if (message.kind !== 'start') continue;
    try {
      await render(message.facts);
    } catch (error) {
      // Texts of the data may stand in a message: only its first line, cut, leaves the thread.
      const said = error instanceof Error ? error.message : String(error);
      send({ kind: 'failed', message: said.split('\n')[0]?.slice(0, 200) ?? '' });
    }
  }
}

void serve();
