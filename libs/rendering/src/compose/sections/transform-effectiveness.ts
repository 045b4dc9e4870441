import {
  addCounts,
  attackSuccessRate,
  type AttackByTransformRow,
  type LiftClaim,
  liftClaims,
  noRuns,
  type RunCounts,
  totalRuns,
  type TransformRow,
  wilson,
} from '#domain';
import { cell, notes, prose, quietCell } from '../../model/blocks.ts';
import { formatCount } from '../../format/numbers.ts';
import { liftFigures } from '../../model/chart-texts.ts';
import type { Block, HeatGridBlock, LiftRow, TableBlock, TableCell } from '../../model/report-content.ts';
import { unfilteredNote } from '../../sentences/filter-sentences.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import { TransformNames } from '../../sentences/transform-names.ts';
import {
  combinedNote,
  gridNote,
  liftNote,
  methodInWords,
  type NamedLift,
  pInWords,
  transformLead,
  unmatchedNote,
} from '../../sentences/transform-sentences.ts';
import { inNaturalOrder } from '../../text/natural-order.ts';
import { shortenName } from '../../text/shorten-field.ts';
import { tellApart } from '../../text/tell-apart.ts';
import { byTarget, type PartTarget } from './by-target.ts';
import { listSome } from './compose-tally.ts';
import type { SectionBody, SectionComposer } from './section-composer.ts';

const mostChartRows = 40;
const mostGridColumns = 9;
const mostGridRows = 60;

/** Lift over the same attack on the same target without the transform; n/a, never 0, where there is none. */
export const transformEffectiveness: SectionComposer = (setting, number) => {
  const { lead, blocks } = byTarget(
    setting,
    'transform_effectiveness',
    number,
    setting.facts.rows.asr_by_transform.map((row) => row.target_key),
    (target, own) => ofTarget(setting, target, own),
  );
  return { lead, blocks: withGridNote(blocks) };
};

/** The note stands once, at the heading of the first grid, and explains what any of them shows. */
function withGridNote(blocks: readonly Block[]): readonly Block[] {
  const heading = blocks.findIndex((block) => block.kind === 'heat_grid') - 1;
  const note = gridNote(blocks.filter((block) => block.kind === 'heat_grid'));
  return blocks.map((block, index) =>
    index === heading && block.kind === 'heading' && note !== '' ? { ...block, note } : block,
  );
}

function ofTarget(setting: ReportSetting, target: PartTarget, number: string): SectionBody {
  const { asr_by_transform, attack_by_transform, lift_strata } = setting.facts.rows;
  const rows = asr_by_transform.filter((row) => row.target_key === target.key);
  const pairs = attack_by_transform.filter((row) => row.target_key === target.key);
  const names = new TransformNames(rows.map((row) => row.transforms));
  const used = rows.filter((row) => row.transforms.length > 0);
  const claims = liftClaims(
    target.key,
    used.map((row) => row.transforms),
    lift_strata,
  );
  const lifts = claims
    .map((claim, index): NamedLift & { readonly row: TransformRow | undefined } => ({
      claim,
      name: names.of(claim.about.transforms ?? []),
      row: used[index],
    }))
    .sort(byLift);
  const charted = lifts.map(liftRow);
  // A chart of rows that have no lift would be an empty axis.
  const compared = charted.some((row) => row.lift !== null);
  const anchor = (part: number): `section-${string}` =>
    `section-transform_effectiveness${target.index === 0 ? '' : `-target-${target.index + 1}`}-${part}`;
  const blocks: Block[] = [];
  const unmatched = lifts.reduce((sum, one) => sum + unmatchedRuns(one.row, one.claim), 0);
  let part = 0;
  if (charted.length > 0) {
    blocks.push({
      kind: 'heading',
      number: `${number}.${++part}`,
      text: 'Lift over baseline',
      anchor: anchor(part),
      ...(target.index === 0 ? { note: liftNote } : {}),
    });
    if (compared) blocks.push({ kind: 'lift_chart', rows: charted.slice(0, mostChartRows) });
    // The chart prints every number of its rows; a table only follows when rows had to stay out of it.
    if (!compared || charted.length > mostChartRows) blocks.push(liftTable(charted, compared));
    blocks.push(
      ...notes([
        unmatched > 0 &&
          setting.ledger.state(
            lifts.map(({ claim }) => claim),
            unmatchedNote(unmatched),
          ),
      ]),
    );
  }
  if (pairs.length > 0) {
    blocks.push({
      kind: 'heading',
      number: `${number}.${++part}`,
      text: 'Attack × transform',
      anchor: anchor(part),
    });
    blocks.push(...grid(pairs, rows, names));
  }
  blocks.push(
    ...notes([
      compared &&
        charted.length > mostChartRows &&
        `The chart shows the first ${mostChartRows} of ${formatCount(charted.length)}; the table has all.`,
      unfilteredNote(setting.facts, setting.runs),
    ]),
  );
  if (blocks.length === 0) blocks.push(prose('text', 'There is nothing to compare: every run was sent as written.'));
  const onlyHits = rows.length > 0 && rows.every((row) => totalRuns(row) === row.hits_only);
  return { lead: [{ text: stateLead(setting, lifts, onlyHits) }], blocks };
}

/** Each lift is a claim of its own behind the one sentence. */
function stateLead({ ledger }: Pick<ReportSetting, 'ledger'>, lifts: readonly NamedLift[], onlyHits: boolean): string {
  const sentence = transformLead(lifts, onlyHits);
  for (const { claim } of lifts) ledger.state(claim, sentence);
  return sentence;
}

function liftRow({ name, claim, row }: NamedLift & { readonly row: TransformRow | undefined }): LiftRow {
  const { lift, adjusted } = claim;
  const own = row === undefined ? null : attackSuccessRate(row);
  return {
    name: shortenName(name, 200),
    hits: row?.hits_only ?? 0,
    rate: lift === null ? own : wilson(lift.with.succeeded, lift.with.succeeded + lift.with.resisted),
    baseline: lift === null ? null : wilson(lift.baseline.succeeded, lift.baseline.succeeded + lift.baseline.resisted),
    lift: lift?.difference ?? null,
    how: lift === null ? 'n/a' : methodInWords(lift),
    p: adjusted === null ? 'n/a' : pInWords(adjusted),
  };
}

/** Assessed runs with the transform whose attack has no baseline. */
function unmatchedRuns(row: TransformRow | undefined, { lift }: LiftClaim): number {
  if (row === undefined || lift === null) return 0;
  return row.succeeded + row.resisted - lift.with.succeeded - lift.with.resisted;
}

function byLift(a: NamedLift, b: NamedLift): number {
  const difference = (b.claim.lift?.difference.value ?? -2) - (a.claim.lift?.difference.value ?? -2);
  return difference !== 0 ? difference : inNaturalOrder(a.name, b.name);
}

/** Where nothing is compared there is no interval, p or method to print. */
function liftTable(rows: readonly LiftRow[], compared: boolean): TableBlock {
  const right = 'right' as const;
  return {
    kind: 'table',
    columns: [
      { title: 'Transform', width: '*' },
      { title: 'With k\u00A0/\u00A0n', width: compared ? 58 : 84, align: right },
      { title: 'Baseline k\u00A0/\u00A0n', width: compared ? 58 : 84, align: right },
      { title: 'Lift, points', width: compared ? 48 : 84, align: right },
      ...(compared
        ? [
            { title: '95 % interval', width: 82, align: right },
            { title: 'p, corrected', width: 48, align: right },
            { title: 'Compared', width: 84, indent: 10 },
          ]
        : []),
    ],
    rows: rows.map((row) => {
      const [withIt = '', baseline = '', lift = '', interval = '', p = ''] = liftFigures(row);
      const figure = (text: string): TableCell => (row.lift === null ? quietCell(text) : cell(text));
      return {
        cells: [
          cell(row.name),
          cell(withIt),
          row.baseline === null ? quietCell(baseline) : cell(baseline),
          figure(lift),
          ...(compared ? [figure(interval), figure(p), figure(row.how)] : []),
        ],
      };
    }),
  };
}

const sumOf = (rows: readonly RunCounts[]): RunCounts => rows.reduce<RunCounts>(addCounts, noRuns);

/** The transforms with the most runs as columns, the others summed up in one; margins count all of them. */
function grid(pairs: readonly AttackByTransformRow[], rows: readonly TransformRow[], names: TransformNames): Block[] {
  const byAttack = grouped(pairs, (pair) => pair.attack);
  const columns = grouped(pairs, (pair) => names.of(pair.transforms));
  const ordered = [...columns]
    .map(([name, own]) => ({ name, own, total: sumOf(own) }))
    .sort((a, b) => totalRuns(b.total) - totalRuns(a.total) || inNaturalOrder(a.name, b.name));
  const shown = ordered.length > mostGridColumns + 1 ? ordered.slice(0, mostGridColumns) : ordered;
  const others = ordered.slice(shown.length);
  const attackNames = tellApart(byAttack.keys(), 200);
  const attacks = [...byAttack]
    .map(([attack, own]) => ({ name: attackNames.get(attack) ?? attack, own, total: sumOf(own) }))
    .sort((a, b) => rateOf(b.total) - rateOf(a.total) || inNaturalOrder(a.name, b.name));
  const at = (own: readonly AttackByTransformRow[], wanted: ReadonlySet<string>): RunCounts | null => {
    const some = own.filter((pair) => wanted.has(names.of(pair.transforms)));
    return some.length === 0 ? null : sumOf(some);
  };
  const sets = [
    ...shown.map(({ name }) => new Set([name])),
    ...(others.length > 0 ? [new Set(others.map(({ name }) => name))] : []),
  ];
  const block: HeatGridBlock = {
    kind: 'heat_grid',
    columns: [
      ...shown.map(({ name }) => shortenName(name, 120)),
      ...(others.length > 0 ? [`other (${formatCount(others.length)})`] : []),
    ],
    rows: attacks.slice(0, mostGridRows).map(({ name, own, total }) => ({
      name: shortenName(name, 200),
      cells: sets.map((set) => at(own, set)),
      all: total,
    })),
    all: sets.map((set) => at(pairs, set)),
    total: sumOf(pairs),
  };
  const open = pairs.some((pair) => attackSuccessRate(pair) === null && pair.not_assessed > 0);
  return [
    block,
    ...notes([
      open && '* Tried, but no run could be assessed.',
      others.length > 0 &&
        `Other: ${listSome(
          others.map(({ name }) => shortenName(name, 80)),
          20,
        )}.`,
      attacks.length > mostGridRows &&
        `The ${mostGridRows} attacks with the highest rates of ${formatCount(attacks.length)}; margins count all.`,
      rows.some((row) => row.transforms.length > 1) && combinedNote,
    ]),
  ];
}

function grouped<Row>(rows: readonly Row[], nameOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(nameOf(row));
    if (group) group.push(row);
    else groups.set(nameOf(row), [row]);
  }
  return groups;
}

const rateOf = (counts: RunCounts): number => attackSuccessRate(counts)?.value ?? -1;
