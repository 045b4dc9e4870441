import type { AssessmentView } from '#contracts';
import { assessmentColumns, assessmentMetrics, type AssessmentRow, columnNames } from '#domain';
import { isoUtc } from './finding-columns.ts';
import { metricsView } from './metrics-view.ts';

/** The columns of an assessment `a` that stand in its row. */
export const assessmentSelect = [
  'a.id',
  'a.project_id',
  ...columnNames(assessmentColumns).map((column) =>
    assessmentColumns[column].type === 'timestamptz' ? `${isoUtc(`a.${column}`)} as ${column}` : `a.${column}`,
  ),
  `${isoUtc('a.updated_at')} as updated_at`,
].join(', ');

export type StoredAssessment = Omit<AssessmentView, 'coverage' | 'source_reported' | 'metrics'>;

/** `counted` is what the resolver of reports says of it; undefined when nothing was imported. */
export const assessmentView = (stored: StoredAssessment, counted: AssessmentRow | undefined): AssessmentView => ({
  ...stored,
  coverage: counted?.coverage ?? null,
  source_reported:
    counted?.sources
      .map(({ source_reported, file_reported }) => source_reported ?? file_reported)
      .find((claim) => claim !== null) ?? null,
  metrics: metricsView(assessmentMetrics(counted)),
});
