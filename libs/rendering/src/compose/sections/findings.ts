import { severities } from '#domain';
import { emptyFindings } from '../../sentences/compose-glance.ts';
import { convertedNote } from '../../model/blocks.ts';
import { findingColumns } from '../../model/finding-columns.ts';
import { constraintsInWords } from '../../sentences/filter-sentences.ts';
import { formatCount, listInWords } from '../../format/numbers.ts';
import { findingsCounted } from '../../sentences/preview-notice.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import type { SectionComposer } from './section-composer.ts';

/** The table itself is filled from the stream of findings. */
export const findings: SectionComposer = (setting) => ({
  lead: [{ text: findingsLead(setting) }],
  blocks:
    setting.findings.count > 0
      ? [{ kind: 'findings_table' }]
      : [
          {
            kind: 'table',
            columns: findingColumns,
            rows: [],
            empty: emptyFindings(setting, 'all'),
          },
        ],
});

export function findingsLead(setting: FindingsSetting): string {
  const { findings: all, facts, links, cut } = setting;
  const constraints = constraintsInWords(facts.filter);
  const filter = constraints.length === 0 ? '' : ` Filter: ${constraints.join('; ')}.`;
  if (all.count === 0) return 'No findings are listed.';
  const parts = severities
    .map((severity) => ({ severity, count: all.countOf(severity) }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${formatCount(count)} ${severity}`);
  const without = all.countOf(null);
  const named = without > 0 ? [...parts, `${formatCount(without)} without severity`] : parts;
  const leads = links.section('evidence') === null ? '' : ' The identifier leads to the detail.';
  return `${findingsCounted(all.count, cut)}: ${listInWords(named)}. Sorted by severity, then what succeeded and is open, then score.${leads}${all.converted > 0 ? ` ${convertedNote}` : ''}${filter}`;
}

type FindingsSetting = Pick<ReportSetting, 'findings' | 'facts' | 'links' | 'cut'>;
