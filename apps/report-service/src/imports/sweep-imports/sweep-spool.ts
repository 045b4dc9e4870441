import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { isUuid } from '#domain';
import { BackgroundLoop, CONFIG, type Config, Database } from '#platform';
import { importSteps } from '../import-journal.ts';
import { spoolFolder } from '../spool-folder.ts';

/**
 * Removes uploads that a process left behind when it died: they are as confidential as what was deleted since. One that an import
 * under way still reads stays, and so does one that was written to a moment ago.
 */
@Injectable()
export class SweepSpool extends BackgroundLoop {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super(60_000, 'uploads that were left behind could not be swept; trying again later');
  }

  protected async run(): Promise<boolean> {
    const folder = spoolFolder(this.config);
    const silent: string[] = [];
    for (const name of await names(folder))
      if (isUuid(name) && (await this.isSilent(join(folder, name)))) silent.push(name);
    if (silent.length === 0) return false;
    const underWay = await this.database.background((tx) =>
      tx.query<{ id: string }[]>(
        'select id from findings.import_run where id = any($1::uuid[]) and status = any($2::text[])',
        [silent, importSteps],
      ),
    );
    const kept = new Set(underWay.map(({ id }) => id));
    const left = silent.filter((name) => !kept.has(name));
    for (const name of left) await rm(join(folder, name), { force: true });
    if (left.length > 0) this.logger.warn({ imports: left }, 'removed uploads that were left behind');
    return false;
  }

  private async isSilent(path: string): Promise<boolean> {
    try {
      return (await stat(path)).mtimeMs < Date.now() - this.config.imports.staleSeconds * 1_000;
    } catch {
      // Its import ended meanwhile.
      return false;
    }
  }
}

async function names(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    // Made by the first upload.
    return [];
  }
}
