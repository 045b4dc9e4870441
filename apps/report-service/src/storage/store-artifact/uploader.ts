import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '#platform';
import type { SentBytes } from '../bucket.ts';
import { storageError } from '../storage-error.ts';
import type { FromUploader, ToUploader } from './upload-messages.ts';

interface Uploaded extends SentBytes {
  /** Size that the store says the object has; null when it says there is none. */
  readonly arrived: number | null;
}

interface Upload {
  taken(): void;
  ended(result: Uploaded | Error): void;
}

/** How long the thread may take to let go of an upload that was given up, before it is replaced. */
const letGoMs = 5_000;

/**
 * Uploads in a thread of its own: hashing the parts of a large report, which the client does in one go, would keep every
 * request waiting. The thread starts with the first upload and is replaced when it dies.
 */
@Injectable()
export class Uploader implements OnApplicationShutdown {
  private worker: Worker | null = null;
  private readonly uploads = new Map<number, Upload>();
  /** Given up, and not yet let go of by the thread. */
  private readonly leaving = new Map<number, NodeJS.Timeout>();
  private last = 0;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Streams a source to the store. What goes wrong in the source is thrown as it is; the signal ends it at once, whatever it waits for. */
  async upload(key: string, contentType: string, source: Readable, signal?: AbortSignal): Promise<Uploaded> {
    signal?.throwIfAborted();
    const upload = (this.last += 1);
    let wake: (() => void) | undefined;
    const result = new Promise<Uploaded>((resolve, reject) => {
      this.uploads.set(upload, {
        taken: () => wake?.(),
        ended: (ended) => {
          if (ended instanceof Error) reject(ended);
          else resolve(ended);
          wake?.();
        },
      });
    });
    // A failure that comes while chunks are still being sent is looked at below, not lost.
    result.catch(() => undefined);
    const abort = (): void => {
      const reason: unknown = signal?.reason;
      const error = reason instanceof Error ? reason : new Error('the upload was given up');
      this.giveUp(upload, error);
      source.destroy(error);
    };
    signal?.addEventListener('abort', abort, { once: true });
    try {
      this.send({ kind: 'begin', upload, key, contentType });
      for await (const chunk of source as AsyncIterable<Buffer>) {
        if (!this.uploads.has(upload)) break;
        const taken = new Promise<void>((resolve) => (wake = resolve));
        const bytes = new Uint8Array(chunk);
        this.send({ kind: 'chunk', upload, bytes }, [bytes.buffer]);
        await taken;
      }
      if (this.uploads.has(upload)) this.send({ kind: 'end', upload });
      return await result;
    } catch (error) {
      this.giveUp(upload, error instanceof Error ? error : new Error('the source of the upload broke off'));
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
      source.destroy();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.worker?.terminate();
  }

  /** Tells the thread to let go of an upload under way, and replaces it if it does not listen. */
  private giveUp(upload: number, reason: Error): void {
    if (!this.uploads.has(upload)) return;
    this.end(upload, reason);
    const { worker } = this;
    if (worker === null) return;
    this.send({ kind: 'abort', upload });
    const deaf = setTimeout(() => {
      this.drop(worker, new Error('the uploading thread did not let go of an upload'));
      void worker.terminate();
    }, letGoMs);
    deaf.unref();
    this.leaving.set(upload, deaf);
  }

  private send(message: ToUploader, transfer: ArrayBuffer[] = []): void {
    this.worker ??= this.start();
    this.worker.postMessage(message, transfer);
  }

  private start(): Worker {
    const worker = new Worker(new URL('./upload.worker.js', import.meta.url), { workerData: this.config.storage });
    // An idle uploader does not keep the process.
    worker.unref();
    worker.on('message', (message: FromUploader) => {
      const upload = this.uploads.get(message.upload);
      if (message.kind === 'taken') {
        upload?.taken();
        return;
      }
      clearTimeout(this.leaving.get(message.upload));
      this.leaving.delete(message.upload);
      this.end(message.upload, message.kind === 'stored' ? message : failure(message));
    });
    worker.on('error', (error) => {
      this.drop(worker, error);
    });
    worker.on('exit', () => {
      this.drop(worker, new Error('the uploading thread ended'));
    });
    return worker;
  }

  private end(upload: number, result: Uploaded | Error): void {
    const ending = this.uploads.get(upload);
    this.uploads.delete(upload);
    ending?.ended(result);
  }

  private drop(worker: Worker, error: unknown): void {
    if (this.worker !== worker) return;
    this.worker = null;
    for (const deaf of this.leaving.values()) clearTimeout(deaf);
    this.leaving.clear();
    for (const upload of [...this.uploads.keys()]) this.end(upload, storageError(error));
  }
}

const failure = ({ message, code }: { message: string; code: string | null }): Error =>
  storageError(Object.assign(new Error(message), code === null ? {} : { code }));
