import { Worker } from 'node:worker_threads';
import type { FileFacts } from './file-facts.ts';
import { type ImportProblem, InvalidImport } from '../formats/invalid-import.ts';
import type { ReadOptions, ReadTally } from '../formats/staged-record.ts';

export interface ReadRequest {
  readonly file: string;
  readonly format: string;
  readonly options: ReadOptions;
}

export type ReadAnswer =
  | {
      readonly kind: 'lines';
      readonly runs: Uint8Array<ArrayBuffer>;
      readonly trials: Uint8Array<ArrayBuffer>;
      readonly rowsRead: number;
    }
  | {
      readonly kind: 'read';
      readonly facts: ReadFacts;
      readonly tally: ReadTally;
    }
  | { readonly kind: 'invalid'; readonly problems: readonly ImportProblem[] };

/** What a file says beside its rows, as it crosses from the thread. */
export type ReadFacts = Pick<FileFacts, 'assessments' | 'attackFacts' | 'skippedReasons' | 'sources' | 'claims'>;

/** Says that a portion is in the database, and gives its memory back. */
export interface PortionCopied {
  readonly runs: ArrayBuffer;
  readonly trials: ArrayBuffer;
}

/** Enough for the longest line that a reader takes; also what keeps the thread's heap from growing at leisure. */
const heapMb = 512;

/**
 * Reads a file in a thread of its own: parsing a large file must not hold up the thread that answers requests, and a file
 * that bursts its reader's memory ends the import, not the service. `take` gets COPY lines, one portion after the other.
 */
export async function readInThread(
  request: ReadRequest,
  take: (lines: { runs: Uint8Array; trials: Uint8Array }, rowsRead: number) => Promise<void>,
): Promise<{ facts: ReadFacts; tally: ReadTally }> {
  const worker = new Worker(new URL('./read-in-thread.worker.js', import.meta.url), {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  try {
    return await new Promise((resolve, reject) => {
      let copying = Promise.resolve();
      worker.on('message', (answer: ReadAnswer) => {
        switch (answer.kind) {
          case 'lines':
            copying = copying
              .then(() => take(answer, answer.rowsRead))
              .then(() => {
                const copied: PortionCopied = { runs: answer.runs.buffer, trials: answer.trials.buffer };
                worker.postMessage(copied, [copied.runs, copied.trials]);
              });
            copying.catch(reject);
            return;
          case 'read':
            // The last portion may still be on its way to the database.
            copying.then(() => {
              resolve({ facts: answer.facts, tally: answer.tally });
            }, reject);
            return;
          case 'invalid':
            reject(new InvalidImport(answer.problems));
        }
      });
      worker.once('error', (error) => {
        reject(outOfMemory(error) ? tooLarge() : error);
      });
      worker.once('exit', () => {
        reject(new Error('The reader ended without an answer.'));
      });
    });
  } finally {
    await worker.terminate();
  }
}

const outOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

const tooLarge = (): InvalidImport =>
  new InvalidImport([
    { loc: ['file'], msg: 'A row of the file needs more memory than a reader may take.', type: 'value_too_large' },
  ]);
