import { join } from 'node:path';
import type { Config } from '#platform';

/** Where uploads lie until they are read, each by the id of its import. */
export const spoolFolder = ({ dataDir }: Config): string => join(dataDir, 'spool');
