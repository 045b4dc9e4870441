import { PassThrough } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import { Bucket } from '../bucket.ts';
import type { FromUploader, ToUploader, UploaderConfig } from './upload-messages.ts';

const bucket = new Bucket(workerData as UploaderConfig);
const sources = new Map<number, PassThrough>();

parentPort?.on('message', (message: ToUploader) => {
  const source = sources.get(message.upload);
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
    case 'abort':
      source?.destroy(new Error('the upload was given up'));
  }
});

async function store(upload: number, key: string, contentType: string): Promise<void> {
  const source = new PassThrough();
  sources.set(upload, source);
  try {
    const sent = await bucket.put(key, source, contentType);
    answer({ kind: 'stored', upload, ...sent, arrived: await bucket.size(key) });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    answer({ kind: 'failed', upload, message: error instanceof Error ? error.message : 'no error given', code });
  } finally {
    sources.delete(upload);
  }
}

function answer(message: FromUploader): void {
  parentPort?.postMessage(message);
}
