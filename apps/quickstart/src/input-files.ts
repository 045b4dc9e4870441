import { access, constants } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { isErrorCode } from '#files';

/** The files asked for, or the bundled demo; known to be readable before anything is started. */
export async function inputFiles(asked: readonly string[]): Promise<readonly string[]> {
  const files = asked.length > 0 ? asked : [bundledDemo()];
  for (const file of files) {
    try {
      await access(file, constants.R_OK);
    } catch (error) {
      throw new Error(isErrorCode(error, 'ENOENT') ? `There is no file ${file}.` : `The file ${file} cannot be read.`, {
        cause: error,
      });
    }
  }
  return files;
}

/** Beside the sources, not the build, which holds compiled code alone. */
function bundledDemo(): string {
  return fileURLToPath(new URL('../../../../apps/quickstart/demo/campaign.ndjson', import.meta.url));
}
