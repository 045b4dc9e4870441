import { countsClaim } from '#domain';
import { cell, fewSign, intervalCell, moreTargetsRow, quietCell, rateCell } from '../model/blocks.ts';
import { formatCount, plural } from '../format/numbers.ts';
import type { TableBlock, TableCell, TableRow } from '../model/report-content.ts';
import { shortenName } from '../text/shorten-field.ts';
import type { ReportSetting } from './report-setting.ts';
import type { TargetSetting } from './target-settings.ts';

/** "≥ 6.8", "0.0", "n/a". */
export const riskInShort = ({ risk }: Pick<TargetSetting, 'risk'>): string =>
  risk.score === null ? 'n/a' : `${risk.lower_bound ? '≥\u00A0' : ''}${risk.score.value.toFixed(1)}`;

/** A line for each target: its verdict, risk, rate and runs. There is no row for all of them: a rate is of one system. */
export function targetTable({ targets, ledger }: Pick<ReportSetting, 'targets' | 'ledger'>, most: number): TableBlock {
  const shown = targets.length > most ? targets.slice(0, most - 1) : targets;
  const right = 'right' as const;
  const rows = shown.map((target): TableRow => {
    const { name, key, row, risk, rate } = target;
    const verdict = verdictInShort(target);
    ledger.state(risk, `${name}: ${riskInShort(target)}`);
    ledger.state(countsClaim({ target: key }, row), `${name}: ${plural(target.runs, 'run')}`);
    ledger.state([risk, ...(row.hits_only > 0 ? [countsClaim({ target: key }, row)] : [])], verdict);
    return {
      cells: [
        { lines: [[{ text: shortenName(name, 200) }], [{ text: verdict, tone: 'faint' }]], clampFirst: 2 },
        cell(riskInShort(target)),
        rate === null ? quietCell('n/a') : marked(target),
        intervalCell(rate),
        cell(formatCount(target.runs)),
        cell(formatCount(row.not_assessed)),
      ],
    };
  });
  const more = targets.length - shown.length;
  return {
    kind: 'table',
    columns: [
      { title: 'Target', width: '*' },
      { title: 'Risk', width: 40, align: right },
      { title: 'ASR %', width: 48, align: right },
      { title: '95 % interval', width: 70, align: right },
      { title: 'Runs', width: 44, align: right },
      { title: 'Not assessed', width: 52, align: right },
    ],
    rows: more === 0 ? rows : [...rows, moreTargetsRow(more, 6)],
  };
}

const marked = ({ rate }: TargetSetting): TableCell =>
  cell(`${fewSign(rate)}${rateCell(rate).lines[0]?.[0]?.text ?? ''}`);

/** "high risk, 3 open findings that succeeded". */
export function verdictInShort({ risk, open, row, rate }: TargetSetting): string {
  const hits =
    row.hits_only === 0 ? '' : rate === null ? '; hits only' : `; ${plural(row.hits_only, 'hit')} in no rate`;
  switch (risk.state) {
    case 'scored':
      return `${risk.lower_bound ? 'at least ' : ''}${risk.score?.band ?? ''} risk, ${plural(open, 'open finding')} that succeeded${hits}`;
    case 'closed':
      return `no open finding that succeeded; ${formatCount(risk.remediated + risk.accepted)} closed`;
    case 'ungraded':
      return 'no verdict: what succeeded is called no finding';
    case 'none_succeeded':
      return 'no attack succeeded';
    case 'not_assessed':
      return 'no verdict: no run could be assessed';
    case 'no_runs':
      return 'no attack runs';
  }
}
