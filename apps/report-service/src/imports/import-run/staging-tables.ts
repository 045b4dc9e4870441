import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CopyColumns } from './copy-text.ts';
import { stagedRunColumns, stagedTrialColumns } from './staging-columns.ts';

/** The temporary tables that a file's rows go to by COPY, before they are made whole. */
export class StagingTables {
  private constructor(private readonly client: PoolClient) {}

  static async open(client: PoolClient): Promise<StagingTables> {
    await client.query(`create temp table staged_run (${declared(stagedRunColumns)}) on commit drop`);
    await client.query(`create temp table staged_trial (${declared(stagedTrialColumns)}) on commit drop`);
    return new StagingTables(client);
  }

  async add(lines: { readonly runs: Uint8Array; readonly trials: Uint8Array }): Promise<void> {
    await this.copy('staged_run', lines.runs);
    await this.copy('staged_trial', lines.trials);
  }

  private async copy(table: string, lines: Uint8Array): Promise<void> {
    if (lines.length === 0) return;
    const stream = this.client.query(copyFrom(`copy ${table} from stdin`));
    stream.end(Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength));
    await finished(stream);
  }
}

const declared = (columns: CopyColumns): string =>
  Object.entries(columns)
    .map(([column, type]) => `${column} ${type}`)
    .join(', ');
