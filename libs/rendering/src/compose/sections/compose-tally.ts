import {
  addCounts,
  attackSuccessRate,
  type ClaimAbout,
  countedRuns,
  countsClaim,
  type Dimension,
  highestRate,
  mostSuccesses,
  noRuns,
  noSuccess,
  numberClaim,
  type Rate,
  ratedRuns,
  restOf,
  type RunCounts,
  type SectionKey,
  type TallyRow,
  totalRuns,
} from '#domain';
import { cell, fewNote, fewSign, notes, quietCell, rateCell } from '../../model/blocks.ts';
import { displayName } from '../../format/display-names.ts';
import { formatCount, intervalValue, listInWords, ofTotal, plural, score } from '../../format/numbers.ts';
import type { Block, DotRow, TableBlock, TableCell } from '../../model/report-content.ts';
import { unfilteredNote } from '../../sentences/filter-sentences.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import {
  highestInWords,
  hitsInWords,
  hitsNote,
  leftOutOfTable,
  noRateInWords,
  noSuccessInWords,
  restInWords,
} from '../../sentences/tally-sentences.ts';
import { inNaturalOrder } from '../../text/natural-order.ts';
import { shortenName } from '../../text/shorten-field.ts';
import { tellApart } from '../../text/tell-apart.ts';
import { byTarget, type PartTarget } from './by-target.ts';
import type { SectionBody } from './section-composer.ts';

const mostDots = 60;
const highestShown = 30;
const largestShown = 10;
/** A longer table lists what succeeded and the largest of the others. */
const mostRows = 150;
const largestListed = 30;

export interface TallyKind {
  readonly section: SectionKey;
  readonly dimension: Extract<Dimension, 'attack' | 'category' | 'goal'>;
  readonly noun: string;
  readonly nouns: 'attacks' | 'categories' | 'goals';
  /** Of runs that no row holds: "without a goal". */
  readonly without: string;
}

interface Tally {
  readonly row: TallyRow;
  readonly rate: Rate | null;
  /** As printed. */
  readonly name: string;
}

/** Says something of all rows of one target, under the table. */
type TallyNote = (rows: readonly TallyRow[], about: ClaimAbout) => string;

/** Chart and table of success by a name: an attack, a category, a goal. One of each for every target. */
export function composeTally(
  setting: ReportSetting,
  number: string,
  rows: readonly TallyRow[],
  kind: TallyKind,
  note: TallyNote = () => '',
): SectionBody {
  return byTarget(
    setting,
    kind.section,
    number,
    rows.map((row) => row.target_key),
    (target) =>
      tallyOfTarget(
        setting,
        rows.filter((row) => row.target_key === target.key),
        kind,
        target,
        note,
      ),
  );
}

function tallyOfTarget(
  setting: ReportSetting,
  rows: readonly TallyRow[],
  kind: TallyKind,
  target: PartTarget,
  note: TallyNote,
): SectionBody {
  const about: ClaimAbout = { target: target.key };
  const names = printedNames(rows, kind);
  const printed = (name: string): string => names.get(name) ?? name;
  const tallies = rows
    .map((row): Tally => ({ row, rate: attackSuccessRate(row), name: printed(row.name) }))
    .sort(byRate);
  const total = rows.reduce<RunCounts>(addCounts, noRuns);
  const rate = attackSuccessRate(total);
  const chosen = chosenForChart(tallies);
  const listed = chosenForTable(tallies);
  const chart: Block = {
    kind: 'dot_chart',
    rows: chosen.map(dotRow),
    overall: rate,
    omittedRows: tallies.length - chosen.length,
    note: 'Dot: rate. Line: 95 % Wilson interval. Hollow dot: 0 succeeded.',
  };
  const whole = setting.facts.rows.targets.find((row) => row.target_key === target.key);
  const rest = whole === undefined ? null : restOf(whole, rows);
  const dropped = tallies.filter((tally) => !listed.includes(tally));
  return {
    lead: [{ text: tallyLead(setting, rows, kind, about, printed) }],
    blocks: [
      // A chart of rows that have no rate would be an empty axis.
      ...(tallies.some((tally) => tally.rate !== null) ? [chart] : []),
      tallyTable(listed, tallies, total, kind.noun),
      ...notes([
        dropped.length > 0 &&
          setting.ledger.state(
            numberClaim(kind.nouns, tallies.length, about),
            leftOutOfTable(
              tallies.length,
              dropped.length,
              dropped.reduce<RunCounts>((sum, { row }) => addCounts(sum, row), noRuns),
              kind,
            ),
          ),
        [rate, ...tallies.map((tally) => tally.rate)].some((one) => fewSign(one) !== '') && fewNote,
        total.hits_only > 0 && rate !== null && hitsNote,
        setting.findings.converted > 0 &&
          'Best scores may be converted by us from the source’s own; the findings mark which.',
        rest !== null &&
          whole !== undefined &&
          setting.ledger.state(
            { kind: 'counts', about: { ...about, [kind.dimension]: '' }, population: countedRuns, counts: rest },
            restInWords(rest, whole, kind.without),
          ),
        note(rows, about),
        unfilteredNote(setting.facts, setting.runs),
      ]),
    ],
  };
}

/** Categories by their display names, unless two of them would be one. */
function printedNames(rows: readonly TallyRow[], { dimension }: TallyKind): ReadonlyMap<string, string> {
  const told = tellApart(
    rows.map((row) => row.name),
    1000,
  );
  if (dimension !== 'category') return told;
  const displayed = [...told].map(([name, text]) => [name, displayName(text)] as const);
  const times = new Map<string, number>();
  for (const [, text] of displayed) times.set(text, (times.get(text) ?? 0) + 1);
  return new Map(displayed.map(([name, text]) => [name, (times.get(text) ?? 0) > 1 ? (told.get(name) ?? name) : text]));
}

/** Rate descending, then n descending, then name; without a rate last, those with most hits first. */
function byRate(a: Tally, b: Tally): number {
  const rate = (b.rate?.value ?? -1) - (a.rate?.value ?? -1);
  if (rate !== 0) return rate;
  const n = (b.rate?.assessed ?? 0) - (a.rate?.assessed ?? 0);
  if (n !== 0) return n;
  return b.row.hits_only - a.row.hits_only || inNaturalOrder(a.name, b.name);
}

/** All up to 60; above that the 30 highest and the 10 largest of the others. */
function chosenForChart(tallies: readonly Tally[]): Tally[] {
  if (tallies.length <= mostDots) return [...tallies];
  const rest = tallies.slice(highestShown).sort((a, b) => (b.rate?.assessed ?? 0) - (a.rate?.assessed ?? 0));
  return [...tallies.slice(0, highestShown), ...rest.slice(0, largestShown).sort(byRate)];
}

function chosenForTable(tallies: readonly Tally[]): readonly Tally[] {
  if (tallies.length <= mostRows) return tallies;
  const succeeded = tallies.filter(({ row }) => row.succeeded + row.hits_only > 0).slice(0, mostRows);
  const others = tallies
    .filter((tally) => !succeeded.includes(tally))
    .sort((a, b) => totalRuns(b.row) - totalRuns(a.row) || byRate(a, b))
    .slice(0, largestListed);
  return [...succeeded, ...others].sort(byRate);
}

const dotRow = ({ row, rate, name }: Tally): DotRow => ({
  name: shortenName(name, 200),
  rate,
  notAssessed: row.not_assessed,
  hits: row.hits_only,
  ...(rate === null ? { reason: row.hits_only > 0 ? 'n/a (hits only)' : 'n/a: no run assessed' } : {}),
});

const assessedOf = (rows: readonly TallyRow[]): number =>
  rows.reduce((sum, { succeeded, resisted }) => sum + succeeded + resisted, 0);

/** Which name has the highest rate, as far as the runs settle it; hits beside it. */
function tallyLead(
  { ledger }: Pick<ReportSetting, 'ledger'>,
  rows: readonly TallyRow[],
  kind: TallyKind,
  about: ClaimAbout,
  printed: (name: string) => string,
): string {
  const short = (name: string): string => shortenName(printed(name), 200);
  const highest = highestRate(kind.dimension, rows, about);
  const zero = noSuccess(rows);
  const hits = rows.reduce((sum, row) => sum + row.hits_only, 0);
  const having = kind.dimension === 'goal' ? { having: 'goal' as const } : {};
  const most = mostSuccesses(
    kind.dimension,
    rows.map((row) => ({ ...row, succeeded: 0 })),
    about,
  );
  const opening =
    highest.state !== 'none'
      ? ledger.state(highest, highestInWords(highest, kind, short))
      : zero === null
        ? ledger.state(
            {
              ...countsClaim(about, rows.reduce<RunCounts>(addCounts, noRuns)),
              population: { ...countedRuns, ...having },
            },
            noRateInWords(kind, assessedOf(rows)),
          )
        : ledger.state(
            {
              kind: 'rate',
              about: { ...about, [kind.dimension]: zero.leastTested.name },
              population: ratedRuns,
              rate: zero.leastTested.rate,
            },
            noSuccessInWords(zero, kind, short),
          );
  if (hits === 0) return opening;
  const beside = ledger.state(
    {
      kind: 'counts',
      about,
      population: {
        ...countedRuns,
        coverage: 'hits_only',
        ...having,
      },
      counts: { ...noRuns, hits_only: hits },
    },
    hitsInWords(hits, most, short),
  );
  return `${opening} ${beside}`;
}

/** Its last row counts all, also those that are not listed. */
function tallyTable(listed: readonly Tally[], tallies: readonly Tally[], total: RunCounts, noun: string): TableBlock {
  const right = 'right' as const;
  const rate = attackSuccessRate(total);
  const trials = tallies.reduce((sum, { row }) => sum + row.trials, 0);
  const hitTrials = tallies.reduce((sum, { row }) => sum + row.hit_trials, 0);
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
    rows: listed.map(({ row, rate: own, name }) => ({
      cells: [
        cell(name),
        cell(formatCount(totalRuns(row))),
        cell(formatCount(row.not_assessed)),
        countCell(row, own),
        ...rateCells(row, own),
        row.best_score === null ? quietCell('n/a') : cell(score(row.best_score)),
        trialsCell(row.trials, row.hit_trials),
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
              ...rateCells(total, rate),
              best.length === 0 ? quietCell('n/a') : cell(score(Math.max(...best))),
              trialsCell(trials, hitTrials),
              cell(''),
            ],
          },
        }
      : {}),
  };
}

function rateCells(counts: RunCounts, rate: Rate | null): readonly TableCell[] {
  if (rate === null) return [quietCell(counts.hits_only > 0 ? 'n/a (hits only)' : 'n/a'), quietCell('n/a')];
  return [cell(`${fewSign(rate)}${rateCell(rate).lines[0]?.[0]?.text ?? ''}`), cell(intervalValue(rate))];
}

function countCell(row: RunCounts, rate: Rate | null): TableCell {
  const hits = row.hits_only > 0 ? plural(row.hits_only, 'hit') : null;
  if (rate === null) return hits === null ? cell(ofTotal(0, 0)) : cell(hits);
  const lines = [[{ text: ofTotal(rate.succeeded, rate.assessed) }]];
  return hits === null ? { lines } : { lines: [...lines, [{ text: `+ ${hits}` }]] };
}

/** Trials of a hit log are those that succeeded; how many were tried is not in it. */
function trialsCell(trials: number, hitTrials: number): TableCell {
  if (hitTrials === 0) return cell(formatCount(trials));
  const hits = plural(hitTrials, 'hit');
  return trials === hitTrials
    ? cell(hits)
    : { lines: [[{ text: formatCount(trials - hitTrials) }], [{ text: `+ ${hits}` }]] };
}

export const listSome = (names: readonly string[], most = 8): string =>
  listInWords(names.length > most ? [...names.slice(0, most), `${formatCount(names.length - most)} more`] : names);
