import { partialFrom, severities, type Severity, type SeverityRow, type SeveritySource } from '#domain';
import { cell, notes, prose, quietCell } from '../../model/blocks.ts';
import { findingId } from '../../model/finding-id.ts';
import { isFiltered, unfilteredNote } from '../../sentences/filter-sentences.ts';
import { bandOfSeverity } from '../../sentences/finding-sentences.ts';
import { formatCount, listInWords, percentValue } from '../../format/numbers.ts';
import { severityLead } from '../../sentences/severity-sentences.ts';
import type { Block, Inline, TableBlock, TableCell } from '../../model/report-content.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import type { TargetSetting } from '../../sentences/target-settings.ts';
import { severityMarks } from '../../theme/colours.ts';
import type { SectionComposer } from './section-composer.ts';

/** Bar over the open runs that succeeded, table over all findings; of several targets each has its own. */
export const severityBreakdown: SectionComposer = (setting, number) => {
  const { targets, head, facts } = setting;
  const several = targets.length > 1;
  const parts = (several ? targets : [head]).flatMap((target, index): Block[] => [
    ...(several
      ? [
          {
            kind: 'heading' as const,
            number: `${number}.${index + 1}`,
            text: target.name,
            anchor: `section-severity_breakdown-${index + 1}` as const,
          },
          prose('text', severityLead(setting, target)),
        ]
      : []),
    { kind: 'severity_bar', counts: target.row.open },
    table(setting, target),
  ]);
  return {
    lead: [{ text: several ? 'Each target by itself; nothing is summed over them.' : severityLead(setting, head) }],
    blocks: [
      ...parts,
      ...notes([
        'The bar holds open findings that succeeded. Where a severity comes from stands beside its number, and with each finding.',
        targets.some(({ close }) => close > 0) &&
          `Came close means: resisted, with a score of ${partialFrom} or more, where the score grades the harm.`,
        unfilteredNote(facts, setting.runs),
      ]),
    ],
  };
};

function table(setting: ReportSetting, target: TargetSetting): TableBlock {
  const own = setting.facts.rows.severities.filter(({ target_key }) => target_key === target.key);
  const rows = new Map(own.map((row) => [row.severity, row]));
  const total = own.reduce((sum, row) => sum + totalOf(row), 0);
  const closed = own.some((row) => row.remediated + row.accepted > 0);
  const right = 'right' as const;
  return {
    kind: 'table',
    columns: [
      { title: 'Severity', width: 70 },
      { title: 'Succeeded', subtitle: 'open', width: 54, align: right },
      { title: 'Came close', subtitle: 'open', width: 58, align: right },
      ...(closed
        ? [
            { title: 'Remediated', width: 58, align: right },
            { title: 'Accepted', width: 48, align: right },
          ]
        : []),
      { title: 'Total', width: 36, align: right },
      { title: 'Share %', width: 42, align: right },
      { title: 'Severity from', width: '*', indent: 14 },
      { title: 'First finding', width: 76, indent: 8 },
    ],
    rows: severities.map((severity) => {
      const row = rows.get(severity);
      const sum = row ? totalOf(row) : 0;
      return {
        cells: [
          { lines: [[{ text: severityMarks[severity].word }]], severity },
          cell(formatCount(row?.succeeded ?? 0)),
          cell(formatCount(row?.partial ?? 0)),
          ...(closed ? [cell(formatCount(row?.remediated ?? 0)), cell(formatCount(row?.accepted ?? 0))] : []),
          cell(formatCount(sum)),
          total === 0 ? quietCell('n/a') : cell(percentValue(sum / total)),
          row && sum > 0 ? cell(sourcesInWords(row)) : quietCell('n/a'),
          firstFinding(severity, sum, target, setting),
        ],
      };
    }),
  };
}

const totalOf = (row: SeverityRow): number => row.succeeded + row.partial + row.remediated + row.accepted;

const sourceWords: Readonly<Record<Exclude<SeveritySource, 'score_band'>, string>> = {
  human: 'an analyst',
  source: 'the source file',
  category_default: 'default of the category',
  fallback: 'default',
};

/** "score from 0.70 to below 0.90: 5, the source file: 2". A band stands only where it decided. */
function sourcesInWords({ severity, sources, by_policy }: SeverityRow): string {
  const parts = [
    ...(by_policy > 0 ? [['severity policy', by_policy] as const] : []),
    ...(['human', 'source', 'score_band', 'category_default', 'fallback'] as const).flatMap((source) => {
      const count = sources[source] ?? 0;
      const word = source === 'score_band' ? `score ${bandOfSeverity(severity)}` : sourceWords[source];
      return count > 0 ? [[word, count] as const] : [];
    }),
  ];
  const [first, ...others] = parts;
  if (first && others.length === 0) return first[0];
  return listInWords(parts.map(([word, count]) => `${word}: ${formatCount(count)}`));
}

function firstFinding(
  severity: Severity,
  counted: number,
  target: TargetSetting,
  { findings, links, facts, targets }: ReportSetting,
): TableCell {
  const first = findings.firstOf(severity, targets.length > 1 ? target.key : null);
  if (first === null) {
    if (counted === 0) return quietCell('none');
    return quietCell(isFiltered(facts.filter) ? 'left out by the filter' : 'not shown');
  }
  const place = links.finding(first);
  const inline: Inline =
    place === null
      ? [{ text: findingId(first) }]
      : [
          { text: findingId(first), link: place },
          { text: ' p.\u00A0', tone: 'quiet' },
          { text: '', tone: 'quiet', pageOf: place },
        ];
  return { lines: [inline] };
}
