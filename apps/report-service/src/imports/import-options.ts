import { createHash } from 'node:crypto';
import type { ImportOptions } from '#contracts';

/** Identity of the options: the same file under another threshold is another import. */
export function hashOptions(options: ImportOptions): string {
  const canonical = JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(canonical).digest('hex');
}
