import { Readable } from 'node:stream';
import type { FindingRow } from '#domain';
import { Countdown } from './countdown.ts';
import type { FromWorker } from './messages.ts';
import { RenderFailed } from './render-failed.ts';
import type { RenderJob } from './render-job.ts';
import type { WorkerThread } from './worker-thread.ts';

/** Drives one job on one thread. Resolves once the document begins to leave; `settled` is called when the thread is free or gone. */
export function runJob(
  thread: WorkerThread,
  job: RenderJob,
  timeoutMs: number,
  settled: (reusable: boolean) => void,
): Promise<Readable> {
  return new Promise((resolve, reject) => {
    let findings: AsyncIterator<readonly FindingRow[], unknown> | null = null;
    let output: Readable | null = null;
    let over = false;

    const leave = (): void => {
      void findings?.return?.(undefined).catch(() => undefined);
      findings = null;
    };
    const end = (reusable: boolean): void => {
      if (over) return;
      over = true;
      limit.pause();
      job.signal?.removeEventListener('abort', abort);
      thread.listen(null);
      leave();
      settled(reusable);
    };
    const fail = (error: Error, reusable: boolean): void => {
      if (over) return;
      const stream = output;
      end(reusable);
      if (stream) stream.destroy(error);
      else reject(error);
    };
    const stop = (error: Error): void => {
      fail(error, false);
      void thread.terminate();
    };
    const abort = (): void => {
      const reason: unknown = job.signal?.reason;
      stop(reason instanceof Error ? reason : new Error('The job was cancelled.'));
    };
    // The limit is for the rendering; how fast the bytes are read is the reader's affair.
    const limit = new Countdown(timeoutMs, () => {
      stop(new RenderFailed('render_timeout', `The report was not rendered within ${timeoutMs} ms.`));
    });
    limit.run();

    const sendBatch = async (): Promise<void> => {
      try {
        const next = await findings?.next();
        if (over || !next) return;
        thread.send(next.done ? { kind: 'end_of_findings' } : { kind: 'batch', rows: next.value });
      } catch (error) {
        stop(error instanceof Error ? error : new Error(String(error)));
      }
    };

    const onMessage = (message: FromWorker): void => {
      switch (message.kind) {
        case 'read':
          leave();
          findings = job.findings(message.part)[Symbol.asyncIterator]();
          break;
        case 'want_batch':
          void sendBatch();
          break;
        case 'progress':
          job.onProgress?.(message.progress);
          break;
        case 'open':
          limit.pause();
          output = new Readable({
            highWaterMark: 1024 * 1024,
            read: () => {
              if (over) return;
              limit.run();
              thread.send({ kind: 'pull' });
            },
            destroy: (error, callback) => {
              // Given up half-way: the thread still holds the rest, a new one is cheaper than to drain it.
              if (!over) {
                end(false);
                void thread.terminate();
              }
              callback(error);
            },
          });
          // It may fail before its reader comes, who is told then; an error that nobody hears ends the process.
          output.on('error', () => undefined);
          resolve(output);
          break;
        case 'piece':
          limit.pause();
          output?.push(message.bytes);
          break;
        case 'done': {
          const stream = output;
          end(true);
          stream?.push(null);
          break;
        }
        case 'failed':
          fail(new RenderFailed('render_failed', message.message), true);
          break;
        case 'ready':
          break;
      }
    };

    thread.listen({
      onMessage,
      onEnd: (failure) => {
        fail(failure, false);
      },
    });
    job.signal?.addEventListener('abort', abort, { once: true });
    if (job.signal?.aborted) abort();
    else thread.send({ kind: 'start', format: job.format, facts: job.facts });
  });
}
