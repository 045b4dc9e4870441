import { parentPort, workerData } from 'node:worker_threads';
import { cleanPng } from './clean-png.ts';
import { BadPng } from './png-chunks.ts';

/** What the thread answers: the picture, or why there is none. */
export type CleanedPng =
  { readonly ok: true; readonly png: Uint8Array } | { readonly ok: false; readonly reason: string };

function answer(cleaned: CleanedPng): void {
  parentPort?.postMessage(cleaned);
}

try {
  answer({ ok: true, png: new Uint8Array(cleanPng(Buffer.from(workerData as Uint8Array))) });
} catch (error) {
  if (!(error instanceof BadPng)) throw error;
  answer({ ok: false, reason: error.message });
}
