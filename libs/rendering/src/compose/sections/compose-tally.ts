import { addCounts, attackSuccessRate, noRuns, type Rate, type RunCounts, type TallyRow, totalRuns } from '#domain';
import { cell, fewNote, fewSign, notes, quietCell, rateCell } from '../../model/blocks.ts';
import { unfilteredNote } from '../../sentences/filter-sentences.ts';
import { formatCount, intervalValue, listInWords, ofTotal, percent, plural, score } from '../../format/numbers.ts';
import type { Block, DotRow, TableBlock, TableCell } from '../../model/report-content.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import { shortenName } from '../../text/shorten-field.ts';
import type { SectionBody } from './section-composer.ts';

const mostDots = 60;
const highestShown = 30;
const largestShown = 10;

interface Tally {
  readonly row: TallyRow;
  readonly rate: Rate | null;
}

/** Chart and table of success by a name: an attack, a category, a goal. */
export function composeTally(
  setting: ReportSetting,
  rows: readonly TallyRow[],
  noun: string,
  nouns: string,
  note: string,
): SectionBody {
  const tallies = rows.map((row): Tally => ({ row, rate: attackSuccessRate(row) })).sort(byRate);
  const chosen = chosenForChart(tallies);
  const chart: Block = {
    kind: 'dot_chart',
    rows: chosen.map(dotRow),
    overall: setting.rate,
    omittedRows: tallies.length - chosen.length,
    note: `Dot: rate. Line: 95 % Wilson interval. Hollow dot: 0 succeeded. ${note}`.trim(),
  };
  return {
    lead: [{ text: tallyLead(tallies, noun, nouns) }],
    blocks: [
      chart,
      tallyTable(tallies, noun),
      ...notes([
        tallies.some(({ rate }) => fewSign(rate) !== '') && fewNote,
        tallies.some(({ row }) => row.hits_only > 0) &&
          'n/a (hits only): the source lists successes alone; they are in no rate and not in the line “all”.',
        unfilteredNote(setting.facts, setting.runs),
      ]),
    ],
  };
}

/** Rate descending, then n descending, then name; without a rate last. */
function byRate(a: Tally, b: Tally): number {
  const rate = (b.rate?.value ?? -1) - (a.rate?.value ?? -1);
  if (rate !== 0) return rate;
  const n = (b.rate?.assessed ?? 0) - (a.rate?.assessed ?? 0);
  return n !== 0 ? n : a.row.name < b.row.name ? -1 : 1;
}

/** All up to 60; above that the 30 highest and the 10 largest of the others. */
function chosenForChart(tallies: readonly Tally[]): Tally[] {
  if (tallies.length <= mostDots) return [...tallies];
  const rest = tallies.slice(highestShown).sort((a, b) => (b.rate?.assessed ?? 0) - (a.rate?.assessed ?? 0));
  return [...tallies.slice(0, highestShown), ...rest.slice(0, largestShown).sort(byRate)];
}

const reasonFor = (row: RunCounts): string => (row.hits_only > 0 ? 'n/a (hits only)' : 'n/a: no run assessed');

const dotRow = ({ row, rate }: Tally): DotRow => ({
  name: shortenName(row.name, 200),
  rate,
  notAssessed: row.not_assessed,
  ...(rate === null ? { reason: reasonFor(row) } : {}),
});

/** Claims a difference only where intervals part. */
export function tallyLead(tallies: readonly Tally[], noun: string, nouns: string): string {
  const rated = tallies.filter((tally): tally is Tally & { rate: Rate } => tally.rate !== null);
  const [first, second] = rated;
  if (!first) return `No ${noun} has an assessed run, so there is no rate.`;
  const name = `“${shortenName(first.row.name, 120)}”`;
  const counts = `${formatCount(first.rate.succeeded)} of ${formatCount(first.rate.assessed)}`;
  if (first.rate.succeeded === 0) {
    const widest = Math.max(...rated.map(({ rate }) => rate.high));
    return rated.length === 1
      ? `No success with ${name} in ${plural(first.rate.assessed, 'assessed run')}; the true rate may be up to ${percent(first.rate.high)}.`
      : `No success with any of ${plural(rated.length, noun, nouns)}; for the least tested the true rate may be up to ${percent(widest)}.`;
  }
  const opening = `${name} succeeded most often: ${counts}, ${percent(first.rate.value)}`;
  if (!second) return `${opening}.`;
  if (first.rate.low > Math.max(...rated.slice(1).map(({ rate }) => rate.high)))
    return `${opening}; its interval stands clear of every other ${noun}.`;
  const apart = rated.filter(({ rate }) => rate.high < first.rate.low).length;
  if (apart === 0) return `${opening}; the intervals overlap, so the order of the ${nouns} is not settled.`;
  return `${opening}; its interval stands clear of ${formatCount(apart)} of the other ${formatCount(rated.length - 1)}.`;
}

function tallyTable(tallies: readonly Tally[], noun: string): TableBlock {
  const right = 'right' as const;
  const total = tallies.reduce<RunCounts>((sum, { row }) => addCounts(sum, row), noRuns);
  const rate = attackSuccessRate(total);
  const trials = tallies.reduce((sum, { row }) => sum + row.trials, 0);
  const best = tallies.map(({ row }) => row.best_score).filter((value) => value !== null);
  return {
    kind: 'table',
    columns: [
      { title: noun.charAt(0).toUpperCase() + noun.slice(1), width: '*' },
      { title: 'Runs', width: 34, align: right },
      { title: 'Not assessed', width: 46, align: right },
      { title: 'Succeeded k\u00A0/\u00A0n', width: 60, align: right },
      { title: 'ASR %', width: 38, align: right },
      { title: '95 % interval', width: 62, align: right },
      { title: 'Best score', width: 34, align: right },
      { title: 'Trials', width: 38, align: right },
      { title: 'Trials to first success', width: 54, align: right },
    ],
    rows: tallies.map(({ row, rate: own }) => ({
      cells: [
        cell(shortenName(row.name, 1000)),
        cell(formatCount(totalRuns(row))),
        cell(formatCount(row.not_assessed)),
        countCell(row, own),
        own === null
          ? quietCell(row.hits_only > 0 ? 'n/a (hits only)' : 'n/a')
          : cell(`${fewSign(own)}${percentOf(own)}`),
        own === null ? quietCell('n/a') : cell(intervalValue(own)),
        row.best_score === null ? quietCell('n/a') : cell(score(row.best_score)),
        cell(formatCount(row.trials)),
        row.trials_to_success === null ? quietCell('n/a') : cell(row.trials_to_success.toFixed(1)),
      ],
    })),
    ...(tallies.length > 1
      ? {
          total: {
            cells: [
              cell('All'),
              cell(formatCount(totalRuns(total))),
              cell(formatCount(total.not_assessed)),
              countCell(total, rate),
              rateCell(rate),
              rate === null ? quietCell('n/a') : cell(intervalValue(rate)),
              best.length === 0 ? quietCell('n/a') : cell(score(Math.max(...best))),
              cell(formatCount(trials)),
              cell(''),
            ],
          },
        }
      : {}),
  };
}

const percentOf = (rate: Rate): string => rateCell(rate).lines[0]?.[0]?.text ?? '';

function countCell(row: RunCounts, rate: Rate | null): TableCell {
  const hits = row.hits_only > 0 ? plural(row.hits_only, 'hit') : null;
  if (rate === null) return hits === null ? cell(ofTotal(0, 0)) : cell(hits);
  const lines = [[{ text: ofTotal(rate.succeeded, rate.assessed) }]];
  return hits === null ? { lines } : { lines: [...lines, [{ text: `+ ${hits}` }]] };
}

export const listSome = (names: readonly string[], most = 8): string =>
  listInWords(names.length > most ? [...names.slice(0, most), `${formatCount(names.length - most)} more`] : names);
