import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import {
  AppError,
  type ImportCounts,
  type ImportOptions,
  type ImportView,
  type Problem,
  type ProjectRef,
} from '#contracts';
import { changedRows, Database } from '#platform';
import type { EntityManager } from 'typeorm';
import { type ImportRow, importView } from './import-row.ts';
import type { ReadTally } from './formats/staged-record.ts';

/** What an import goes through that has not ended. */
export const importSteps = ['receiving', 'reading', 'finalising'] as const;
export type ImportStep = (typeof importSteps)[number];

/** The import's own row: how far it came, what it kept, why it ended. */
@Injectable()
export class ImportJournal {
  private readonly logger = new Logger(ImportJournal.name);

  constructor(private readonly database: Database) {}

  async open(project: ProjectRef, id: string, fileName: string | null, options: ImportOptions): Promise<void> {
    const rows = await this.query(
      project,
      `insert into findings.import_run (id, organization_id, project_id, status, file_name, options, options_hash)
       values ($1, $2, $3, 'receiving', $4, $5, $6) on conflict (id) do nothing returning id`,
      [id, project.organizationId, project.projectId, fileName, options, hashOptions(options)],
    );
    if (rows.length === 0) throw new AppError('already_exists', { detail: 'An import with this id already exists.' });
  }

  /** Never fails, since nothing depends on a note, and never leads back: it may come late. */
  async note(project: ProjectRef, id: string, step: ImportStep, count: number): Promise<void> {
    const column = step === 'receiving' ? 'bytes_read' : 'rows_read';
    try {
      await this.query(
        project,
        `update findings.import_run set status = $2, ${column} = $3, heartbeat_at = now()
         where id = $1 and status = any($4::text[])`,
        [id, step, count, importSteps.slice(0, importSteps.indexOf(step) + 1)],
      );
    } catch (error) {
      this.logger.warn({ importId: id, err: error }, 'progress of an import was not noted');
    }
  }

  async reading(
    project: ProjectRef,
    id: string,
    file: { readonly sha256: string; readonly bytes: number },
    format: string,
  ): Promise<void> {
    await this.query(
      project,
      `update findings.import_run set status = 'reading', sha256 = $2, bytes_read = $3, format = $4, heartbeat_at = now()
       where id = $1 and status = any($5::text[])`,
      [id, file.sha256, file.bytes, format, importSteps],
    );
  }

  async complete(
    tx: EntityManager,
    id: string,
    tally: ReadTally,
    file: {
      readonly skippedReasons: ReadonlyMap<string, number>;
      readonly claims: Readonly<Record<string, unknown>>;
    },
    counts: ImportCounts,
  ): Promise<void> {
    const warnings = [...tally.warnings].map(([text, count]) => (count > 1 ? `${text} (${count} times)` : text));
    // What was ended meanwhile stays ended: whoever reads its row has seen that nothing was kept.
    const rows = await changedRows(
      tx,
      `update findings.import_run set status = 'completed', rows_read = $2, counts = $3, warnings = $4, source_reported = $5,
         completed_at = now(), heartbeat_at = now() where id = $1 and status = any($6::text[]) returning id`,
      [
        id,
        tally.rows_read,
        { ...counts, skipped_reasons: Object.fromEntries(file.skippedReasons) },
        JSON.stringify(warnings),
        Object.keys(file.claims).length > 0 ? file.claims : null,
        importSteps,
      ],
    );
    if (rows.length === 0) {
      throw new AppError('conflict', {
        detail: 'The import was ended before it was complete; nothing of it was kept.',
      });
    }
  }

  async fail(project: ProjectRef, id: string, problems: readonly Problem[]): Promise<void> {
    await this.query(
      project,
      `update findings.import_run set status = 'failed', error = $2, completed_at = now()
       where id = $1 and status not in ('completed', 'failed')`,
      [id, JSON.stringify(problems.slice(0, 50))],
    );
  }

  /** The row of a repeat says nothing that the first import does not. */
  async forget(project: ProjectRef, id: string): Promise<void> {
    await this.query(project, `delete from findings.import_run where id = $1 and status <> 'completed'`, [id]);
  }

  async get(project: ProjectRef, id: string): Promise<ImportView> {
    const [row] = await this.query(project, 'select * from findings.import_run where project_id = $1 and id = $2', [
      project.projectId,
      id,
    ]);
    if (!row) throw new AppError('not_found');
    return importView(row);
  }

  async findCompleted(project: ProjectRef, sha256: string, options: ImportOptions): Promise<ImportView | null> {
    const [row] = await this.query(
      project,
      `select * from findings.import_run
       where project_id = $1 and sha256 = $2 and options_hash = $3 and status = 'completed' and cardinality(lacks) = 0
       order by created_at limit 1`,
      [project.projectId, sha256, hashOptions(options)],
    );
    return row ? importView(row) : null;
  }

  /** The completed import of the same file and options as `id`. */
  async findTwin(project: ProjectRef, id: string): Promise<ImportView | null> {
    const [row] = await this.query(
      project,
      `select twin.* from findings.import_run mine
       join findings.import_run twin on twin.project_id = mine.project_id and twin.sha256 = mine.sha256
         and twin.options_hash = mine.options_hash and twin.status = 'completed' and cardinality(twin.lacks) = 0
       where mine.project_id = $1 and mine.id = $2`,
      [project.projectId, id],
    );
    return row ? importView(row) : null;
  }

  /** Rows of a SELECT or an INSERT; nobody asks the others for theirs. */
  private query(project: ProjectRef, sql: string, parameters: unknown[]): Promise<ImportRow[]> {
    return this.database.transaction(project.organizationId, (tx) => tx.query<ImportRow[]>(sql, parameters));
  }
}

/** Raised when files are read otherwise than before, so that a file imported by an earlier release can be imported again. */
const rulesOfReading = 3;

/** Identity of the options: the same file under another threshold, or read by other rules, is another import. */
function hashOptions(options: ImportOptions): string {
  const entries = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  const canonical = JSON.stringify([rulesOfReading, ...entries]);
  return createHash('sha256').update(canonical).digest('hex');
}
