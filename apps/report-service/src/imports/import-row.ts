import type { ImportCounts, ImportView, Problem } from '#contracts';

/** A row of `findings.import_run`, as the driver gives it. */
export interface ImportRow {
  readonly id: string;
  readonly status: ImportView['status'];
  readonly format: string | null;
  readonly file_name: string | null;
  readonly sha256: string | null;
  readonly bytes_read: string;
  readonly rows_read: number;
  readonly counts: Partial<ImportCounts> & { readonly skipped_reasons?: Readonly<Record<string, number>> };
  readonly warnings: readonly string[];
  readonly error: readonly Problem[] | null;
  readonly created_at: Date;
  readonly completed_at: Date | null;
}

export function importView(row: ImportRow): ImportView {
  const { counts } = row;
  const skipped = counts.skipped_reasons ?? {};
  return {
    id: row.id,
    status: row.status,
    format: row.format,
    file_name: row.file_name,
    sha256: row.sha256,
    bytes_read: Number(row.bytes_read),
    rows_read: row.rows_read,
    assessments: counts.assessments ?? 0,
    attack_runs: counts.attack_runs ?? 0,
    trials: counts.trials ?? 0,
    succeeded: counts.succeeded ?? 0,
    resisted: counts.resisted ?? 0,
    not_assessed: counts.not_assessed ?? 0,
    suspected_target_errors: counts.suspected_target_errors ?? 0,
    folded: counts.folded ?? 0,
    skipped: Object.values(skipped).reduce((sum, count) => sum + count, 0),
    skipped_reasons: skipped,
    warnings: row.warnings,
    errors: row.error ?? [],
    created_at: row.created_at.toISOString(),
    completed_at: row.completed_at?.toISOString() ?? null,
  };
}
