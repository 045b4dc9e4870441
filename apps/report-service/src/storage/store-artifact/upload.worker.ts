import { PassThrough } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import { Bucket } from '../bucket.ts';
import type { FromUploader, ToUploader, UploaderConfig } from './upload-messages.ts';

const bucket = new Bucket(workerData as UploaderConfig);
const uploads = new Map<number, { readonly source: PassThrough; readonly givenUp: AbortController }>();

parentPort?.on('message', (message: ToUploader) => {
  const { source, givenUp } = uploads.get(message.upload) ?? {};
  switch (message.kind) {
    case 'begin':
      void store(message.upload, message.key, message.contentType);
      return;
    case 'chunk':
      source?.write(message.bytes, () => {
        answer({ kind: 'taken', upload: message.upload });
      });
      return;
    case 'end':
      source?.end();
      return;
    case 'abort': {
      const reason = new Error('the upload was given up');
      source?.destroy(reason);
      givenUp?.abort(reason);
    }
  }
});

async function store(upload: number, key: string, contentType: string): Promise<void> {
  const source = new PassThrough();
  // It may be given up when nobody reads it; an error that nobody hears ends the thread.
  source.on('error', () => undefined);
  const givenUp = new AbortController();
  uploads.set(upload, { source, givenUp });
  try {
    const sent = await bucket.put(key, source, contentType, givenUp.signal);
    answer({ kind: 'stored', upload, ...sent, arrived: await bucket.size(key, givenUp.signal) });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    answer({ kind: 'failed', upload, message: error instanceof Error ? error.message : 'no error given', code });
  } finally {
    uploads.delete(upload);
  }
}

function answer(message: FromUploader): void {
  parentPort?.postMessage(message);
}
