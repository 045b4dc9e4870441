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
import { Database } from '#platform';
import type { EntityManager } from 'typeorm';
import { type ImportRow, importView } from './import-row.ts';
import type { ReadTally } from './formats/staged-record.ts';

const progressEveryMs = 500;

/** The import's own row: how far it came, what it kept, why it ended. */
@Injectable()
export class ImportJournal {
  private readonly logger = new Logger(ImportJournal.name);
  private readonly lastProgress = new Map<string, number>();

  constructor(private readonly database: Database) {}

  async open(project: ProjectRef, id: string, fileName: string | null, options: ImportOptions): Promise<void> {
    const rows = await this.query(
      project,
      `insert into findings.import_run (id, organization_id, project_id, status, file_name, options, options_hash)
       values ($1, $2, $3, 'receiving', $4, $5, $6) on conflict (id) do nothing returning id`,
      [id, project.organizationId, project.projectId, fileName, options, hashOptions(options)],
    );
    if (rows.length === 0) throw new AppError('already_exists', { detail: 'An import with this id already exists.' });
    this.lastProgress.set(id, Date.now());
  }

  /** Progress is told at most twice a second, and never waited for: nothing depends on it. */
  received(project: ProjectRef, id: string, bytes: number): void {
    this.tell(project, id, 'bytes_read = $2', bytes);
  }

  progressed(project: ProjectRef, id: string, rows: number): void {
    this.tell(project, id, 'rows_read = $2', rows);
  }

  /** No more progress: from here on the import's transaction holds the row. */
  close(id: string): void {
    this.lastProgress.delete(id);
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
       where id = $1`,
      [id, file.sha256, file.bytes, format],
    );
  }

  /** All rows are read; what is left is SQL. */
  async finalising(project: ProjectRef, id: string, rows: number): Promise<void> {
    await this.query(
      project,
      `update findings.import_run set status = 'finalising', rows_read = $2, heartbeat_at = now() where id = $1`,
      [id, rows],
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
    await tx.query(
      `update findings.import_run set status = 'completed', rows_read = $2, counts = $3, warnings = $4, source_reported = $5,
         completed_at = now(), heartbeat_at = now() where id = $1`,
      [
        id,
        tally.rows_read,
        { ...counts, skipped_reasons: Object.fromEntries(file.skippedReasons) },
        JSON.stringify(warnings),
        Object.keys(file.claims).length > 0 ? file.claims : null,
      ],
    );
  }

  async fail(project: ProjectRef, id: string, problems: readonly Problem[]): Promise<void> {
    await this.query(
      project,
      `update findings.import_run set status = 'failed', error = $2, completed_at = now() where id = $1 and status <> 'completed'`,
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

  private tell(project: ProjectRef, id: string, assignment: string, value: number): void {
    const last = this.lastProgress.get(id);
    const now = Date.now();
    if (last === undefined || now - last < progressEveryMs) return;
    this.lastProgress.set(id, now);
    this.query(project, `update findings.import_run set ${assignment}, heartbeat_at = now() where id = $1`, [
      id,
      value,
    ]).catch((error: unknown) => {
      this.logger.warn({ importId: id, err: error }, 'progress of an import was not noted');
    });
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
