import { severities, type Severity, severityBands } from '#domain';
import { cell, notes, quietCell } from '../../model/blocks.ts';
import { severityNote } from '../../sentences/compose-glance.ts';
import { findingId } from '../../model/finding-id.ts';
import { unfilteredNote } from '../../sentences/filter-sentences.ts';
import { formatCount, listInWords, percentValue, plural, score } from '../../format/numbers.ts';
import type { Inline, TableBlock, TableCell } from '../../model/report-content.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import { severityMarks } from '../../theme/colours.ts';
import type { SectionComposer } from './section-composer.ts';

/** Bar and table over the runs that succeeded or came close. */
export const severityBreakdown: SectionComposer = (setting) => ({
  lead: [{ text: leadSentence(setting) }],
  blocks: [
    { kind: 'severity_bar', counts: countsOf(setting) },
    table(setting),
    ...notes([
      severityNote(countsOf(setting), setting.cameClose),
      'Bands hold where a graded judge score decides; a severity may also come from an analyst, the source or the default of the category (see each finding).',
      unfilteredNote(setting.facts, setting.runs),
    ]),
  ],
});

function countsOf({ facts }: ReportSetting): Record<Severity, number> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const row of facts.rows.severities) counts[row.severity] += row.succeeded + row.partial;
  return counts;
}

export function leadSentence(setting: ReportSetting): string {
  const counts = countsOf(setting);
  const total = severities.reduce((sum, severity) => sum + counts[severity], 0);
  if (total === 0) return 'Nothing succeeded or came close, so no run has a severity that counts.';
  const parts = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${formatCount(counts[severity])} ${severity}`);
  return `${plural(total, 'run')} succeeded or came close: ${listInWords(parts)}.`;
}

function table(setting: ReportSetting): TableBlock {
  const rows = new Map(setting.facts.rows.severities.map((row) => [row.severity, row]));
  const total = setting.facts.rows.severities.reduce((sum, row) => sum + row.succeeded + row.partial, 0);
  const right = 'right' as const;
  return {
    kind: 'table',
    columns: [
      { title: 'Severity', width: 84 },
      { title: 'Judge score', width: 74, align: right },
      { title: 'Succeeded', width: 62, align: right },
      { title: 'Came close', width: 66, align: right },
      { title: 'Total', width: 48, align: right },
      { title: 'Share %', width: 52, align: right },
      { title: 'First finding', width: '*', indent: 16 },
    ],
    rows: severities.map((severity, index) => {
      const row = rows.get(severity);
      const own = (row?.succeeded ?? 0) + (row?.partial ?? 0);
      return {
        cells: [
          { lines: [[{ text: severityMarks[severity].word }]], severity },
          cell(bandInWords(index)),
          cell(formatCount(row?.succeeded ?? 0)),
          cell(formatCount(row?.partial ?? 0)),
          cell(formatCount(own)),
          total === 0 ? quietCell('n/a') : cell(percentValue(own / total)),
          firstFinding(severity, own, setting),
        ],
      };
    }),
  };
}

function bandInWords(index: number): string {
  const from = severityBands[index]?.[1] ?? 0;
  if (from === 0) return `below ${score(severityBands[index - 1]?.[1] ?? 0)}`;
  const to = index === 0 ? 1 : (severityBands[index - 1]?.[1] ?? 1) - 0.01;
  return `${score(from)} – ${score(to)}`;
}

function firstFinding(severity: Severity, counted: number, { findings, links, cut }: ReportSetting): TableCell {
  const first = findings.firstOf(severity);
  if (first === null) return quietCell(cut !== null && counted > 0 ? 'not shown' : 'none');
  const target = links.finding(first);
  const inline: Inline =
    target === null
      ? [{ text: findingId(first) }]
      : [
          { text: findingId(first), link: target },
          { text: ' p.\u00A0', tone: 'quiet' },
          { text: '', tone: 'quiet', pageOf: target },
        ];
  return { lines: [inline] };
}
