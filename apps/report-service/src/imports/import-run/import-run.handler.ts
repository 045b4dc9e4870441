import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PoolClient } from 'pg';
import type { EntityManager } from 'typeorm';
import { AppError, ImportRun, type ImportView, type ProjectRef } from '#contracts';
import { AuditTrail, CONFIG, type Config, Database, lockProject } from '#platform';
import { finalise } from './finalise.ts';
import { detectFormat } from '../formats/detect-format.ts';
import { importFormats } from '../formats/import-formats.ts';
import { ImportJournal } from '../import-journal.ts';
import { spoolFolder } from '../spool-folder.ts';
import { ImportTurns } from './import-turns.ts';
import { ImportProgress } from './import-progress.ts';
import { InvalidImport } from '../formats/invalid-import.ts';
import { type SpooledFile, spoolFile } from './spool-file.ts';
import { readInThread } from './read-in-thread.ts';
import { StagingTables } from './staging-tables.ts';

@CommandHandler(ImportRun)
export class ImportRunHandler implements ICommandHandler<ImportRun> {
  constructor(
    private readonly database: Database,
    private readonly journal: ImportJournal,
    private readonly audit: AuditTrail,
    private readonly turns: ImportTurns,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  execute(command: ImportRun): Promise<{ import: ImportView; created: boolean }> {
    return this.turns.during(command.project.organizationId, () => this.import(command));
  }

  private async import(command: ImportRun): Promise<{ import: ImportView; created: boolean }> {
    const { project, importId, options } = command;
    // Its own row first, in a transaction of its own: whoever knows the id can watch.
    await this.journal.open(project, importId, command.fileName, options);
    const spool = await this.spoolPath(importId);
    const progress = new ImportProgress(this.journal, project, importId, this.config.imports.staleSeconds * 250);
    try {
      const file = await spoolFile(command.file, spool, this.config.imports.maxBytes, (bytes) => {
        progress.received(bytes);
      });
      const earlier = await this.journal.findCompleted(project, file.sha256, options);
      if (earlier) {
        await this.journal.forget(project, importId);
        return { import: earlier, created: false };
      }
      // A file that waits for its turn is no silent one.
      progress.read(0);
      await this.turns.read(project.organizationId, () => this.read(command, file, spool, progress));
      return { import: await this.journal.get(project, importId), created: true };
    } catch (error) {
      return await this.giveUp(error, project, importId);
    } finally {
      progress.stop();
      await rm(spool, { force: true });
    }
  }

  /** All rows in one transaction: a fault on the last line leaves nothing of the file. */
  private async read(
    { project, importId, fileName, options }: ImportRun,
    file: SpooledFile,
    spool: string,
    progress: ImportProgress,
  ): Promise<void> {
    const format = importFormats.find(({ name }) => name === options.format) ?? (await detectFormat(spool));
    await this.journal.reading(project, importId, file, format.name);
    const readOptions = {
      formats: importFormats.map(({ name }) => name),
      fileSha256: file.sha256,
      ...(fileName !== null && { fileName }),
      ...(options.name !== undefined && { name: options.name }),
      ...(options.target_model !== undefined && { targetModel: options.target_model }),
      ...(options.detector !== undefined && { detector: options.detector }),
      ...(options.threshold !== undefined && { threshold: options.threshold }),
      keepSuspectedErrors: options.suspected_errors === 'keep',
      allowTruncatedTail: options.allow_truncated_tail ?? false,
    };
    const write = async (tx: EntityManager): Promise<void> => {
      const client = (await tx.queryRunner?.connect()) as PoolClient;
      const staging = await StagingTables.open(client);
      const request = { file: spool, format: format.name, options: readOptions };
      const { facts, tally } = await readInThread(request, async (lines, rowsRead) => {
        await staging.add(lines);
        progress.read(rowsRead);
      });
      progress.finalising(tally.rows_read);
      await lockProject(tx, project.projectId);
      const counts = await finalise(client, facts, {
        organizationId: project.organizationId,
        projectId: project.projectId,
        importId,
        fallbackName: options.name ?? fileName ?? format.name,
        accumulates: format.accumulates,
      });
      progress.stop();
      await this.journal.complete(tx, importId, tally, facts, counts);
      await this.audit.record(tx, 'import.created', project, importId, { rows: tally.rows_read });
    };
    await this.database.transaction(project.organizationId, write, { pool: 'imports' });
  }

  private async giveUp(
    error: unknown,
    project: ProjectRef,
    importId: string,
  ): Promise<{ import: ImportView; created: boolean }> {
    if (isSameFileRace(error)) {
      // Another request committed the same file while we read it: its import is the answer.
      const earlier = await this.journal.findTwin(project, importId);
      if (earlier) {
        await this.journal.forget(project, importId);
        return { import: earlier, created: false };
      }
    }
    if (error instanceof InvalidImport) {
      await this.journal.fail(project, importId, error.problems);
      throw new AppError('invalid_import', { errors: error.problems.slice(0, 50) }, { cause: error });
    }
    await this.journal.fail(project, importId, [
      { loc: ['file'], msg: 'the import was interrupted', type: 'interrupted' },
    ]);
    if (isTooSlow(error)) throw new AppError('import_timeout', {}, { cause: error });
    throw error;
  }

  private async spoolPath(importId: string): Promise<string> {
    const folder = spoolFolder(this.config);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return join(folder, importId);
  }
}

/** PostgreSQL gave up a statement for its length. */
function isTooSlow(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014';
}

function isSameFileRace(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'import_run_once';
}
