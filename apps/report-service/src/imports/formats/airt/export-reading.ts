import type { FindingType, Severity, SeveritySource } from '#domain';

import { InvalidImport } from '../invalid-import.ts';
import type { StagedAssessmentSource, StagedExport, StagedRun, StagedSource } from '../staged-record.ts';

/** What only an export holds: the imports that its rows came by, and what was derived from them (ADR 0024). */
export class ExportReading {
  private readonly sources = new Set<string>();
  begun = false;

  constructor(private readonly formats: readonly string[]) {}

  begin(line: number, assessmentsBefore: number): StagedExport {
    if (this.begun || assessmentsBefore > 0) {
      throw refused(line, 'type', 'The export line must be the first one.', 'value_error');
    }
    this.begun = true;
    return { kind: 'export' };
  }

  source(row: SourceLine, line: number): StagedSource {
    if (!this.begun) throw refused(line, 'type', 'Only an export has source lines.', 'value_error');
    if (this.sources.has(row.id))
      throw refused(line, 'id', 'A source line before this one has this id.', 'value_error');
    if (!this.formats.includes(row.format)) {
      throw refused(line, 'format', `format must be one of ${this.formats.join(', ')}.`, 'type_error');
    }
    this.sources.add(row.id);
    return {
      kind: 'source',
      id: row.id,
      file_name: row.file_name ?? null,
      sha256: row.sha256,
      format: row.format,
      options: row.options ?? {},
      options_hash: row.options_hash,
      bytes_read: row.bytes_read ?? 0,
      rows_read: row.rows_read ?? 0,
      counts: { ...row.counts, skipped_reasons: row.skipped_reasons ?? {} },
      warnings: row.warnings ?? [],
      lacks: row.lacks ?? [],
      source_reported: row.source_reported ?? null,
      created_at: row.created_at,
      completed_at: row.completed_at,
    };
  }

  /** Imports that fed an assessment; none for one that was made without a file. */
  sourcesOf(
    named: readonly StagedAssessmentSource[] | null,
    line: number,
  ): readonly StagedAssessmentSource[] | undefined {
    if (!this.begun && named !== null) throw refused(line, 'sources', 'Only an export has sources.', 'value_error');
    for (const { source } of named ?? []) this.known(source, line, 'sources');
    if (new Set(named?.map(({ source }) => source)).size !== (named?.length ?? 0)) {
      throw refused(line, 'sources', 'names a source twice.', 'value_error');
    }
    return this.begun ? (named ?? []) : undefined;
  }

  /** The import that a run came by. */
  sourceOf(named: string | null, line: number): string | undefined {
    if (!this.begun && named !== null) throw refused(line, 'source', 'Only an export has sources.', 'value_error');
    if (!this.begun) return undefined;
    if (named === null) throw refused(line, 'source', 'source is required in an export.', 'missing');
    this.known(named, line, 'source');
    return named;
  }

  /** What stands as it is: all of it in an export; elsewhere a severity whose line says how it was derived. */
  told(row: DerivedFacts): Partial<Pick<StagedRun, 'told_severity' | 'told_severity_source' | 'told_finding_type'>> {
    const derived = row.severity_source !== undefined && derivedSources.has(row.severity_source);
    return {
      ...((this.begun || derived) && row.severity && { told_severity: row.severity }),
      ...((this.begun || derived) && row.severity_source && { told_severity_source: row.severity_source }),
      ...(this.begun && row.finding_type && { told_finding_type: row.finding_type as FindingType }),
    };
  }

  private known(source: string, line: number, field: string): void {
    if (!this.sources.has(source)) {
      throw refused(line, field, 'No source line before this one has this id.', 'unknown_reference');
    }
  }
}

const derivedSources: ReadonlySet<SeveritySource | null> = new Set(['score_band', 'category_default', 'fallback']);

function refused(line: number, field: string, msg: string, type: string): InvalidImport {
  return new InvalidImport([{ loc: ['line', line, field], msg, type }]);
}

interface DerivedFacts {
  readonly severity?: Severity | null | undefined;
  readonly severity_source?: SeveritySource | null | undefined;
  readonly finding_type?: string | null | undefined;
}

/** A source line after its check. */
export type SourceLine = Omit<StagedSource, 'kind' | keyof OptionalFacts> & Partial<OptionalFacts>;

interface OptionalFacts {
  readonly file_name: string | null;
  readonly options: StagedSource['options'] | null;
  readonly bytes_read: number | null;
  readonly rows_read: number | null;
  readonly counts: Readonly<Record<string, number>> | null;
  readonly skipped_reasons: Readonly<Record<string, number>> | null;
  readonly warnings: readonly string[] | null;
  readonly lacks: readonly string[] | null;
  readonly source_reported: StagedSource['source_reported'];
}
