import type { Readable } from 'node:stream';
import { Command, Query } from '@nestjs/cqrs';
import type { Problem } from './errors.ts';
import type { Page, PageRequest } from './paging.ts';
import type { ProjectRef } from './project-ref.ts';

export interface ImportOptions {
  readonly format?: string;
  readonly name?: string;
  readonly target_model?: string;
  readonly detector?: string;
  readonly threshold?: number;
  readonly suspected_errors?: 'keep';
  readonly allow_truncated_tail?: boolean;
}

type ImportStatus = 'receiving' | 'reading' | 'finalising' | 'completed' | 'failed';

/** What an import kept, by the rules of docs/import-format.md. */
export interface ImportCounts {
  readonly assessments: number;
  readonly attack_runs: number;
  readonly trials: number;
  readonly succeeded: number;
  readonly resisted: number;
  readonly not_assessed: number;
  readonly suspected_target_errors: number;
  readonly folded: number;
}

/** An import with its counts; final once `status` is `completed`. */
export interface ImportView extends ImportCounts {
  readonly id: string;
  readonly status: ImportStatus;
  readonly format: string | null;
  readonly file_name: string | null;
  readonly sha256: string | null;
  readonly bytes_read: number;
  readonly rows_read: number;
  readonly skipped: number;
  readonly skipped_reasons: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly errors: readonly Problem[];
  readonly created_at: string;
  readonly completed_at: string | null;
}

/** Reads a red-team result file into a project: all of it, or nothing. The same file and options again change nothing. */
export class ImportRun extends Command<{ readonly import: ImportView; readonly created: boolean }> {
  constructor(
    readonly project: ProjectRef,
    readonly importId: string,
    readonly file: Readable,
    readonly fileName: string | null,
    readonly options: ImportOptions,
  ) {
    super();
  }
}

/** One import with its counts, or its progress while it runs; `not_found` for an unknown id. */
export class GetImport extends Query<ImportView> {
  constructor(
    readonly project: ProjectRef,
    readonly importId: string,
  ) {
    super();
  }
}

/** Imports of a project, newest first. */
export class ListImports extends Query<Page<ImportView>> {
  constructor(
    readonly project: ProjectRef,
    readonly page: PageRequest,
  ) {
    super();
  }
}

/** Removes an import with its runs and trials, and assessments that no other import feeds; `not_found` the second time. */
export class DeleteImport extends Command<void> {
  constructor(
    readonly project: ProjectRef,
    readonly importId: string,
  ) {
    super();
  }
}
