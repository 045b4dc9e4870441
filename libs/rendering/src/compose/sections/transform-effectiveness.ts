import {
  addCounts,
  type AttackByTransformRow,
  attackSuccessRate,
  canonicalJson,
  type Difference,
  lift,
  type LiftStratumRow,
  noRuns,
  type Rate,
  type ReportFacts,
  type RunCounts,
  totalRuns,
  type TransformRow,
  withinNoise,
} from '#domain';
import { cell, notes, prose, quietCell } from '../../model/blocks.ts';
import { isTransform } from '../../sentences/compose-glance.ts';
import { unfilteredNote } from '../../sentences/filter-sentences.ts';
import { formatCount, ofTotal, percent, plural, points, pointsInterval } from '../../format/numbers.ts';
import type { Block, HeatGridBlock, LiftRow, TableBlock, TableCell } from '../../model/report-content.ts';
import { shortenName } from '../../text/shorten-field.ts';
import { listSome } from './compose-tally.ts';
import type { SectionComposer } from './section-composer.ts';

const mostChartRows = 40;
const mostGridColumns = 9;
const mostGridRows = 60;

/** Lift over the same attacks or goals without the transform; n/a, never 0, where there is none. */
export const transformEffectiveness: SectionComposer = (setting, number) => {
  const rows = setting.facts.rows.asr_by_transform
    .filter(isTransform)
    .map((row) => liftRow(row, setting.facts.rows.lift_strata))
    .sort(byLift);
  const pairs = setting.facts.rows.attack_by_transform;
  const blocks: Block[] = [];
  if (rows.length > 0) {
    blocks.push({
      kind: 'heading',
      number: `${number}.1`,
      text: 'Lift over baseline',
      anchor: 'section-transform_effectiveness-1',
      note: 'ASR with the transform minus ASR of untransformed runs that share an attack or a goal with it, in percentage points; 95 % Newcombe interval. Without such runs there is no baseline and no lift.',
    });
    blocks.push({ kind: 'lift_chart', rows: rows.slice(0, mostChartRows) });
    // The chart prints every number of its rows; a table only follows when rows had to stay out of it.
    if (rows.length > mostChartRows) blocks.push(liftTable(rows));
  }
  if (pairs.length > 0) {
    blocks.push({
      kind: 'heading',
      number: `${number}.2`,
      text: 'Attack × transform',
      anchor: 'section-transform_effectiveness-2',
      note: 'ASR, then succeeded / assessed. Darker means more successes; hatched means not tried, which is not 0.',
    });
    blocks.push(...grid(pairs, setting.facts.rows, setting.counts));
  }
  blocks.push(
    ...notes([
      rows.length > mostChartRows &&
        `The chart shows the first ${mostChartRows} of ${plural(rows.length, 'transform')}; the table has all.`,
      unfilteredNote(setting.facts, setting.runs),
    ]),
  );
  if (blocks.length === 0) blocks.push(prose('text', 'There is nothing to compare: every run was sent as written.'));
  return { lead: [{ text: transformLead(rows) }], blocks };
};

export const transformsName = (transforms: readonly string[]): string =>
  transforms.length === 0 ? 'baseline' : transforms.join(', ');

/** Rate of the untransformed runs that a transform is compared with. */
export function baselineOf(row: TransformRow, strata: readonly LiftStratumRow[]): Rate | null {
  const key = canonicalJson(row.transforms);
  const own = strata.filter(
    (stratum) => stratum.target_key === row.target_key && canonicalJson(stratum.transforms) === key,
  );
  return attackSuccessRate({
    succeeded: own.reduce((sum, { baseline }) => sum + baseline.succeeded, 0),
    resisted: own.reduce((sum, { baseline }) => sum + baseline.resisted, 0),
  });
}

function liftRow(row: TransformRow, strata: readonly LiftStratumRow[]): LiftRow {
  const rate = attackSuccessRate(row);
  const baseline = baselineOf(row, strata);
  return {
    name: shortenName(transformsName(row.transforms), 200),
    rate,
    baseline,
    lift: rate && baseline ? lift(rate, baseline) : null,
  };
}

function byLift(a: LiftRow, b: LiftRow): number {
  const difference = (b.lift?.value ?? -2) - (a.lift?.value ?? -2);
  return difference !== 0 ? difference : a.name < b.name ? -1 : 1;
}

/** Says "raises" only when the interval of the difference excludes zero. */
export function transformLead(rows: readonly LiftRow[]): string {
  const compared = rows.filter((row): row is LiftRow & { lift: Difference } => row.lift !== null);
  if (rows.length === 0) return 'No run used a transform.';
  if (compared.length === 0) return `None of ${plural(rows.length, 'transform')} has a baseline to compare with.`;
  const raising = compared.filter(({ lift: own }) => own.low > 0);
  const lowering = compared.filter(({ lift: own }) => own.high < 0);
  const unsettled = compared.filter(({ lift: own }) => withinNoise(own)).length;
  const noise =
    unsettled === 0
      ? ''
      : ` For ${unsettled === compared.length ? 'every' : plural(unsettled, 'other transform')}${unsettled === compared.length ? ' transform' : ''} the interval spans zero: too few runs to tell.`;
  const [first] = raising;
  if (first && raising.length === 1)
    return `Only ${first.name} raises the success rate beyond chance (${points(first.lift.value)} points, interval ${pointsInterval(first.lift)}).${noise}`;
  if (raising.length > 1)
    return `${listSome(
      raising.map((row) => row.name),
      4,
    )} raise the success rate beyond chance.${noise}`;
  if (lowering.length > 0)
    return `No transform raises the success rate beyond chance; ${listSome(
      lowering.map((row) => row.name),
      4,
    )} ${lowering.length === 1 ? 'lowers' : 'lower'} it.${noise}`;
  return `No transform changes the success rate beyond chance: within noise${compared.length === 1 ? '' : ` for all ${formatCount(compared.length)}`}.`;
}

const rateInWords = (rate: Rate | null): TableCell =>
  rate === null ? quietCell('none') : cell(ofTotal(rate.succeeded, rate.assessed));

function liftTable(rows: readonly LiftRow[]): TableBlock {
  const right = 'right' as const;
  return {
    kind: 'table',
    columns: [
      { title: 'Transform', width: '*' },
      { title: 'With k\u00A0/\u00A0n', width: 58, align: right },
      { title: 'ASR', width: 48, align: right },
      { title: 'Baseline k\u00A0/\u00A0n', width: 58, align: right },
      { title: 'ASR', width: 48, align: right },
      { title: 'Lift, points', width: 48, align: right },
      { title: '95 % interval', width: 82, align: right },
    ],
    rows: rows.map((row) => ({
      cells: [
        cell(row.name),
        row.rate === null ? cell('0 / 0') : rateInWords(row.rate),
        row.rate === null ? quietCell('n/a') : cell(percent(row.rate.value)),
        rateInWords(row.baseline),
        row.baseline === null ? quietCell('n/a') : cell(percent(row.baseline.value)),
        row.lift === null ? quietCell('n/a') : cell(points(row.lift.value)),
        row.lift === null ? quietCell('n/a') : cell(pointsInterval(row.lift)),
      ],
    })),
  };
}

/** The transforms with the most runs as columns, the others summed up in one; margins count all of them. */
function grid(pairs: readonly AttackByTransformRow[], tallies: ReportFacts['rows'], total: RunCounts): Block[] {
  // Margins come from the tallies of the runs, so that they agree with the other tables to the last run.
  const transforms = withTallies(
    sumsBy(pairs, (row) => transformsName(row.transforms)),
    tallies.asr_by_transform.map((row) => ({ ...row, name: transformsName(row.transforms) })),
  );
  const attacks = withTallies(
    sumsBy(pairs, (row) => row.attack),
    tallies.asr_by_attack,
  );
  const cells = sumsBy(pairs, (row) => `${row.attack}\u0000${transformsName(row.transforms)}`);
  const ordered = [...transforms]
    .sort((a, b) => totalRuns(b[1]) - totalRuns(a[1]) || (a[0] < b[0] ? -1 : 1))
    .map(([name]) => name);
  const shown = ordered.length > mostGridColumns + 1 ? ordered.slice(0, mostGridColumns) : ordered;
  const others = ordered.slice(shown.length);
  const summed = (counts: readonly (RunCounts | undefined)[]): RunCounts | null => {
    const some = counts.filter((one) => one !== undefined);
    return some.length === 0 ? null : some.reduce(addCounts, noRuns);
  };
  const names = [...attacks.keys()].sort((a, b) => rateOf(attacks.get(b)) - rateOf(attacks.get(a)) || (a < b ? -1 : 1));
  const row = (attack: string): HeatGridBlock['rows'][number] => {
    const at = (transform: string): RunCounts | undefined => cells.get(`${attack}\u0000${transform}`);
    const own = shown.map((transform) => at(transform) ?? null);
    return {
      name: shortenName(attack, 200),
      cells: others.length > 0 ? [...own, summed(others.map(at))] : own,
      all: attacks.get(attack) ?? null,
    };
  };
  const columnSums = shown.map((transform) => transforms.get(transform) ?? null);
  const block: HeatGridBlock = {
    kind: 'heat_grid',
    columns: [
      ...shown.map((name) => shortenName(name, 120)),
      ...(others.length > 0 ? [`other (${formatCount(others.length)})`] : []),
    ],
    rows: names.slice(0, mostGridRows).map(row),
    all: others.length > 0 ? [...columnSums, summed(others.map((name) => transforms.get(name)))] : columnSums,
    total,
  };
  const open = pairs.some((pair) => attackSuccessRate(pair) === null && pair.not_assessed > 0);
  return [
    block,
    ...notes([
      open && '* Tried, but no run could be assessed.',
      others.length > 0 &&
        `Other: ${listSome(
          others.map((name) => shortenName(name, 80)),
          20,
        )}.`,
      names.length > mostGridRows &&
        `The ${mostGridRows} attacks with the highest rates of ${formatCount(names.length)}; margins count all.`,
      'Transforms that were used together are a column of their own.',
    ]),
  ];
}

function sumsBy(
  pairs: readonly AttackByTransformRow[],
  name: (row: AttackByTransformRow) => string,
): Map<string, RunCounts> {
  const sums = new Map<string, RunCounts>();
  for (const row of pairs) sums.set(name(row), addCounts(sums.get(name(row)) ?? noRuns, row));
  return sums;
}

/** Exact counts of a name where its tally was read, else the sum of its cells. */
function withTallies(
  sums: Map<string, RunCounts>,
  tallies: readonly (RunCounts & { readonly name: string })[],
): Map<string, RunCounts> {
  for (const row of tallies) if (sums.has(row.name)) sums.set(row.name, row);
  return sums;
}

const rateOf = (counts: RunCounts | undefined): number => (counts ? (attackSuccessRate(counts)?.value ?? -1) : -1);
