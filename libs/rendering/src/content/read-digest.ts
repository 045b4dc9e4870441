import { FindingsDigest } from './findings-digest.ts';
import type { DigestedFinding } from './findings-digest.ts';

/** What all findings of a reading say together. */
export async function readDigest(batches: AsyncIterable<readonly DigestedFinding[]>): Promise<FindingsDigest> {
  const digest = new FindingsDigest();
  for await (const batch of batches) for (const finding of batch) digest.add(finding);
  return digest;
}
