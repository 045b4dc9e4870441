import { parentPort } from 'node:worker_threads';
import { lowerPriority } from '../../../threads/lower-priority.ts';
import { pack } from './pack.ts';
import { batchOf, type PageBatch, pagesOf } from './page-batch.ts';

const port = parentPort;
if (!port) throw new Error('pack.worker runs in a worker thread only');
lowerPriority();

/** Batches are answered in the order in which they came. */
port.on('message', (batch: PageBatch) => {
  const packed = batchOf(Array.from(pagesOf(batch), pack));
  port.postMessage(packed, [packed.bytes.buffer as ArrayBuffer]);
});
