import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import { reportSkip } from './report-line.ts';

/** `describe`, or a skip that is said aloud in the summary: `describeWhen(hasProgram('qpdf'), 'qpdf: PDF structure')`. */
export function describeWhen(available: boolean, what: string): jest.Describe {
  if (available) return describe;
  reportSkip(what);
  return describe.skip;
}

export function hasProgram(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
