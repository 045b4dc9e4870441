import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const named = process.env['AIRT_SAMPLES_DIR'];
const present = (folder: string | undefined): string | undefined =>
  folder !== undefined && existsSync(folder) ? folder : undefined;

/** Real files of other tools, those that show a trap of reading, and small ones whose truth is told beside them. */
export const samplesFolder = present(named);
export const casesFolder = present(named === undefined ? undefined : join(named, '../cases'));
export const claimsFolder = present(
  process.env['AIRT_CLAIMS_DIR'] ?? (named === undefined ? undefined : join(named, '../claims')),
);

const isResult = (name: string): boolean =>
  !/^(README|LICENSE|expected)|\.mapping\.json$|\.md$/.test(name.split('/').at(-1) ?? '');

export function filesBelow(folder: string | undefined, below = ''): readonly string[] {
  if (folder === undefined) return ['none'];
  return readdirSync(join(folder, below))
    .sort()
    .flatMap((name) => {
      const path = join(below, name);
      if (statSync(join(folder, path)).isDirectory()) return filesBelow(folder, path);
      return isResult(path) ? [path] : [];
    });
}
