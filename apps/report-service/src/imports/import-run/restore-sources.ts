import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { StagedSource } from '../formats/staged-record.ts';

/** Key of the import itself, for rows that name no source. */
export const ownSource = '';

/**
 * Which import the rows of a file belong to: of an ordinary file the import itself, of an export the imports that it
 * brings back. These are rows of their own again, so that hashes, warnings, order and report id are what they were.
 */
export async function restoreSources(
  client: PoolClient,
  sources: ReadonlyMap<string, StagedSource> | null,
  target: { readonly organizationId: string; readonly projectId: string; readonly importId: string },
): Promise<void> {
  await client.query('create temp table staged_source (key text primary key, import_id uuid not null) on commit drop');
  await client.query('insert into staged_source values ($1, $2)', [ownSource, target.importId]);
  if (sources === null) return;
  await client.query('update findings.import_run set restores = true where id = $1', [target.importId]);
  for (const source of sources.values()) {
    const id = randomUUID();
    await client.query(
      `insert into findings.import_run (id, organization_id, project_id, status, format, file_name, sha256, options,
         options_hash, bytes_read, rows_read, counts, warnings, lacks, source_reported, created_at, completed_at, restored_by)
       values ($1, $2, $3, 'completed', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        id,
        target.organizationId,
        target.projectId,
        source.format,
        source.file_name,
        source.sha256,
        source.options,
        source.options_hash,
        source.bytes_read,
        source.rows_read,
        source.counts,
        JSON.stringify(source.warnings),
        source.lacks,
        source.source_reported,
        source.created_at,
        source.completed_at,
        target.importId,
      ],
    );
    await client.query('insert into staged_source values ($1, $2)', [source.id, id]);
  }
}
