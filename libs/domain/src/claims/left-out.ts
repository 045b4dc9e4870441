import type { ReportFacts } from '../report-facts.ts';
import { rowKeysOf } from '../outline.ts';
import type { LeftOutRow } from '../rows.ts';
import { type RowSource, type SectionKey, sectionKeys, sections } from '../sections.ts';
import { totalRuns } from '../metrics.ts';
import { countedRuns, type Of } from './population.ts';

/** Something imported that stands in no count, or in none by that name. */
export interface LeftOutClaim extends Of<'left_out'>, LeftOutRow {}

/** Why a section is not in a report: it would be empty, or nobody asked for it. */
export type SectionAbsence =
  'no_runs' | 'none_assessed' | 'nothing_succeeded' | 'filtered_out' | 'no_goals' | 'no_tags' | 'not_asked';

export interface AbsentSection {
  readonly section: SectionKey;
  readonly reason: SectionAbsence;
}

/** Sections of the catalogue that the report has not. */
export interface AbsentSectionsClaim extends Of<'absent_sections'> {
  readonly absent: readonly AbsentSection[];
}

export function absentSections(facts: Pick<ReportFacts, 'outline' | 'rows' | 'finding_count'>): AbsentSectionsClaim {
  const shown = new Set(rowKeysOf(facts.outline));
  const absent = sectionKeys
    .filter((section) => !shown.has(section))
    .map((section) => ({ section, reason: reasonOf(section, facts) }));
  return { kind: 'absent_sections', about: {}, population: countedRuns, absent };
}

/** By the rows that the section is drawn of: where they are there, it was not asked for. */
function reasonOf(
  section: SectionKey,
  { rows, finding_count }: Pick<ReportFacts, 'rows' | 'finding_count'>,
): SectionAbsence {
  const { source } = sections[section];
  const runs = rows.targets.reduce((sum, target) => sum + totalRuns(target), 0);
  const hasRows =
    source === 'findings'
      ? finding_count > 0
      : source === 'asr_by_goal'
        ? rows.targets.some((target) => target.distinct_goals > 0)
        : source === 'compliance_items'
          ? rows.compliance_items.some((row) => totalRuns(row) > 0)
          : rows[source].length > 0;
  if (hasRows) return 'not_asked';
  if (runs === 0) return 'no_runs';
  return emptyBecause(source, rows);
}

function emptyBecause(source: RowSource, { targets }: ReportFacts['rows']): SectionAbsence {
  switch (source) {
    case 'asr_by_goal':
      return 'no_goals';
    case 'compliance_items':
      return 'no_tags';
    case 'findings':
    case 'finding_categories':
    case 'severities': {
      const told = targets.some(({ succeeded, resisted, hits_only }) => succeeded + resisted + hits_only > 0);
      if (!told) return 'none_assessed';
      const found = targets.some((target) =>
        [target.open, target.open_close, target.closed].some((counts) => Object.values(counts).some((n) => n > 0)),
      );
      return found ? 'filtered_out' : 'nothing_succeeded';
    }
    default:
      return 'no_runs';
  }
}
