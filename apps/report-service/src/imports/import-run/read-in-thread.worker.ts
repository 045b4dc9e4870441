import { parentPort, workerData } from 'node:worker_threads';
import { CopyBuffer } from './copy-buffer.ts';
import { FileFacts } from './file-facts.ts';
import { importFormats } from '../formats/import-formats.ts';
import { InvalidImport } from '../formats/invalid-import.ts';
import type { ReadAnswer, PortionCopied, ReadRequest } from './read-in-thread.ts';
import type { ReadTally, StagedRecord } from '../formats/staged-record.ts';
import { runLine, trialLine } from './staging-columns.ts';

/** Small enough for steady memory, large enough that a COPY is worth its round trip. */
const flushAt = 512 * 1024;

const { file, format, options } = workerData as ReadRequest;
const facts = new FileFacts();
const tally: ReadTally = { rows_read: 0, warnings: new Map() };
const runs = new CopyBuffer(flushAt);
const trials = new CopyBuffer(flushAt);
const acknowledgements = takeTurns();

try {
  const reader = importFormats.find(({ name }) => name === format);
  if (!reader) throw new Error(`No reader for ${format}.`);
  for await (const records of reader.read(file, options, tally)) {
    for (const record of records) {
      stage(record);
      if (runs.isFull || trials.isFull) await flush();
    }
  }
  await flush();
  const { assessments, attackFacts, skippedReasons, sources, claims } = facts;
  answer({ kind: 'read', facts: { assessments, attackFacts, skippedReasons, sources, claims }, tally });
} catch (error) {
  if (!(error instanceof InvalidImport)) throw error;
  answer({ kind: 'invalid', problems: error.problems });
}
// The importer ends this thread when the last portion is copied.

function stage(record: StagedRecord): void {
  if (record.kind === 'run') runs.append(runLine(record));
  else if (record.kind === 'trial') trials.append(trialLine(record));
  else facts.take(record);
}

/** Hands the lines over, and goes on reading while they are copied: one portion ahead, never two. */
async function flush(): Promise<void> {
  if (runs.isEmpty && trials.isEmpty) return;
  const lines = { runs: runs.take(), trials: trials.take() };
  answer({ kind: 'lines', ...lines, rowsRead: tally.rows_read }, [lines.runs.buffer, lines.trials.buffer]);
  await acknowledgements.next();
}

function answer(message: ReadAnswer, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

/** The first turn is free: that is the one portion ahead. */
function takeTurns(): AsyncGenerator<undefined> {
  let free = 1;
  let wake: (() => void) | undefined;
  parentPort?.on('message', ({ runs: ofRuns, trials: ofTrials }: PortionCopied) => {
    runs.giveBack(ofRuns);
    trials.giveBack(ofTrials);
    free += 1;
    wake?.();
  });
  return (async function* () {
    for (;;) {
      if (free === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      free -= 1;
      yield undefined;
    }
  })();
}
