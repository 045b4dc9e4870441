import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

interface Download {
  readonly bytes: number;
  readonly sha256: string;
}

/** Fetches the signed URL into a file that appears only when it is whole. */
export async function downloadReport(
  url: string,
  path: string,
  expectedBytes: number,
  signal: AbortSignal,
): Promise<Download> {
  const response = await fetch(url, { signal });
  if (!response.ok || response.body === null) {
    throw new Error(`The signed URL answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
  }
  // Reports quote attack prompts and answers: for their owner's eyes.
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.part`;
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(response.body, measure, createWriteStream(draft, { mode: 0o600 }), { signal });
    if (bytes !== expectedBytes) {
      throw new Error(`The report has ${bytes} bytes, but the service announced ${expectedBytes}.`);
    }
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  return { bytes, sha256: hash.digest('hex') };
}
