import type { AssessmentView } from '#contracts';
import { assessmentColumns, assessmentMetrics, type AssessmentRow, columnNames } from '#domain';
import { isoUtc } from './finding-columns.ts';
import { metricsView } from './metrics-view.ts';

/** Characters of a configuration or manifest that a list shows; a longer one is null there. */
const longestListed = 16 * 1024;
const leftOutOfLists = ['target_config', 'attacker_config', 'attack_manifest'];

const selectOf = (shown: (column: string) => string): string =>
  [
    'a.id',
    'a.project_id',
    ...columnNames(assessmentColumns).map((column) =>
      assessmentColumns[column].type === 'timestamptz' ? `${isoUtc(`a.${column}`)} as ${column}` : shown(column),
    ),
    `${isoUtc('a.updated_at')} as updated_at`,
  ].join(', ');

/** The columns of an assessment `a` that stand in its row. */
export const assessmentSelect = selectOf((column) => `a.${column}`);

/** The same in a list, whose bytes are bounded. */
export const listedAssessmentSelect = selectOf((column) =>
  leftOutOfLists.includes(column)
    ? `case when length(a.${column}::text) <= ${longestListed} then a.${column} end as ${column}`
    : `a.${column}`,
);

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
