import { addEvasions, type AdversarialMlRow, adversarialRuns, evasionRate } from '#domain';
import { displayName } from '../../format/display-names.ts';
import { formatCount, intervalValue, ofTotal, percentValue, plural } from '../../format/numbers.ts';
import { cell, fewNote, fewSign, notes, prose, quietCell } from '../../model/blocks.ts';
import type { Block, SectionContent, TableBlock, TableRow } from '../../model/report-content.ts';
import { evasionLead, evasionNote } from '../../sentences/adversarial-sentences.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import { targetNames } from '../../sentences/target-names.ts';
import { shortenName } from '../../text/shorten-field.ts';
import { tellApart } from '../../text/tell-apart.ts';

export const adversarialTitle = 'Adversarial ML Results';

/** Results on classifiers, behind the sections of the request: only where they were asked for and there are any. */
export function adversarialMl(setting: ReportSetting, number: string): SectionContent | null {
  const { adversarial_ml: rows, targets } = setting.facts.rows;
  if (!setting.facts.include_adversarial || rows.length === 0) return null;
  const keys = [...new Set(rows.map((row) => row.target_key))];
  const names = targetNames(targets);
  const blocks = keys.flatMap((key, index): Block[] => {
    const own = rows.filter((row) => row.target_key === key);
    if (keys.length === 1) return [evasionTable(own)];
    const title = names.get(key) ?? key;
    const heading: Block = {
      kind: 'heading',
      number: `${number}.${index + 1}`,
      text: title,
      anchor: `section-adversarial_ml-${index + 1}`,
    };
    return [heading, prose('text', stateLead(setting, own, key)), evasionTable(own)];
  });
  const few = rows.some((row) => fewSign(evasionRate(row)) !== '') || fewSign(evasionRate(addEvasions(rows))) !== '';
  return {
    anchor: 'section-adversarial_ml',
    number,
    title: adversarialTitle,
    lead: [
      {
        text:
          keys.length === 1
            ? stateLead(setting, rows, keys[0] ?? '')
            : `${plural(keys.length, 'target')}, each with a rate of its own.`,
      },
    ],
    blocks: [...blocks, ...notes([few && fewNote, evasionNote])],
  };
}

function stateLead({ ledger }: ReportSetting, rows: readonly AdversarialMlRow[], target: string): string {
  const sum = addEvasions(rows);
  const rate = evasionRate(sum);
  const words = evasionLead(rate, runsOf(sum));
  if (rate === null) return words;
  return ledger.state({ kind: 'rate', about: { target }, population: adversarialRuns, rate }, words);
}

type Counts = ReturnType<typeof addEvasions>;

const runsOf = (row: Counts): number => row.succeeded + row.degraded + row.resisted + row.not_assessed + row.hits_only;

function evasionTable(rows: readonly AdversarialMlRow[]): TableBlock {
  const right = 'right' as const;
  const names = tellApart(
    rows.map((row) => row.attack),
    200,
  );
  const cells = (row: Counts, attack: string, kind: string, distance: string): TableRow => {
    const rate = evasionRate(row);
    return {
      cells: [
        { lines: [[{ text: attack }], ...(kind === '' ? [] : [[{ text: kind, tone: 'faint' as const }]])] },
        cell(formatCount(runsOf(row))),
        row.hits_only > 0
          ? { lines: [[{ text: formatCount(row.succeeded) }], [{ text: `+ ${plural(row.hits_only, 'hit')}` }]] }
          : cell(formatCount(row.succeeded)),
        cell(formatCount(row.degraded)),
        cell(formatCount(row.resisted)),
        cell(formatCount(row.not_assessed)),
        rate === null ? quietCell('n/a') : cell(ofTotal(rate.succeeded, rate.assessed)),
        rate === null ? quietCell('n/a') : cell(`${fewSign(rate)}${percentValue(rate.value)}`),
        rate === null ? quietCell('n/a') : cell(intervalValue(rate)),
        distance === '' ? quietCell('n/a') : cell(distance),
      ],
    };
  };
  return {
    kind: 'table',
    columns: [
      { title: 'Attack', subtitle: 'class', width: '*' },
      { title: 'Runs', width: 34, align: right },
      { title: 'Evaded', width: 44, align: right },
      { title: 'Degraded', width: 48, align: right },
      { title: 'Robust', width: 42, align: right },
      { title: 'Not assessed', width: 48, align: right },
      { title: 'k\u00A0/\u00A0n', width: 40, align: right },
      { title: 'Rate %', width: 38, align: right },
      { title: '95 % interval', width: 62, align: right },
      { title: 'Distance', width: 62, align: right },
    ],
    rows: rows.map((row) =>
      cells(
        row,
        names.get(row.attack) ?? row.attack,
        row.adversarial_class === null ? '' : displayName(shortenName(row.adversarial_class, 120)),
        row.best_distance === null
          ? ''
          : `${String(Number(row.best_distance.toPrecision(4)))}${row.distance_norm === null ? '' : ` (${shortenName(row.distance_norm, 40)})`}`,
      ),
    ),
    ...(rows.length > 1 ? { total: cells(addEvasions(rows), 'All', '', '') } : {}),
  };
}
