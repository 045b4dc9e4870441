import {
  type ComplianceClaim,
  complianceClaim,
  type ComplianceItemRow,
  countedRuns,
  frameworks,
  holdsTasks,
  numberClaim,
  type Framework,
  type Rate,
  type RunCounts,
} from '#domain';
import { cell, fewNote, fewSign, notes, quietCell } from '../../model/blocks.ts';
import { findingSpans } from '../../model/finding-id.ts';
import { formatCount, intervalValue, ofTotal, percentValue, plural } from '../../format/numbers.ts';
import type { Anchor, Block, Inline, StateMark, TableBlock, TableCell, TableRow } from '../../model/report-content.ts';
import {
  complianceLead,
  functionsNote,
  itemCaveats,
  listOfItems,
  stateMeaning,
  tagOrigin,
  untaggedRuns,
} from '../../sentences/compliance-sentences.ts';
import { unfilteredNote } from '../../sentences/filter-sentences.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import { stateWords } from '../../model/printed-words.ts';
import { shortenName } from '../../text/shorten-field.ts';
import { byTarget, type PartTarget } from './by-target.ts';
import type { SectionBody, SectionComposer } from './section-composer.ts';

const linkedFindings = 2;

interface Item {
  readonly id: string;
  readonly name: string;
  readonly row: ComplianceItemRow | null;
  readonly claim: ComplianceClaim;
}

interface CoveredFramework {
  readonly key: string;
  readonly name: string;
  readonly short: string;
  /** Of the list; null of one that is not ours. */
  readonly known: Framework | null;
  readonly anchor: Anchor;
  readonly items: readonly Item[];
}

/** Every item of every chosen framework, also those that no run touches: never a bare "compliant". Each target apart. */
export const compliance: SectionComposer = (setting, number) =>
  byTarget(setting, 'compliance', number, targetKeys(setting), (target, own) => ofTarget(setting, target, own));

/** Targets with runs, whether tagged or not: of one without tags every item is not tested. */
const targetKeys = ({ facts }: ReportSetting): readonly string[] => [
  ...facts.rows.compliance_items.map((row) => row.target_key),
  ...facts.rows.framework_gaps.filter((row) => row.runs > 0).map((row) => row.target_key),
];

function ofTarget(setting: ReportSetting, target: PartTarget, number: string): SectionBody {
  const covered = coveredFrameworks(setting, target);
  const blocks: Block[] = [overview(covered, number)];
  covered.forEach((framework, index) => {
    blocks.push({
      kind: 'heading',
      number: `${number}.${index + 1}`,
      text: framework.name,
      anchor: framework.anchor,
    });
    blocks.push(...notes(headNotes(framework, setting, target)));
    blocks.push(itemTable(framework, target, setting));
  });
  const states = new Set(covered.flatMap((framework) => framework.items.map((item) => item.claim.state)));
  const few = covered.some((framework) => framework.items.some((item) => fewSign(item.claim.rate) !== ''));
  blocks.push({
    kind: 'states',
    rows: order.filter((state) => states.has(state)).map((state) => ({ state, meaning: stateMeaning(state) })),
  });
  blocks.push(...notes([few && fewNote, unfilteredNote(setting.facts, setting.runs)]));
  const runs = runsOf(setting, target);
  const lead = setting.ledger.state(numberClaim('runs', runs, { target: target.key }), complianceLead(runs));
  return { lead: [{ text: lead }], blocks };
}

const order: readonly StateMark[] = [
  'failed',
  'held',
  'too_little',
  'not_assessed',
  'not_tested',
  'unknown',
  'evidence',
];

function runsOf({ facts, runs }: ReportSetting, target: PartTarget): number {
  const row = facts.rows.targets.find(({ target_key }) => target_key === target.key);
  return row === undefined ? runs : row.succeeded + row.resisted + row.not_assessed + row.hits_only;
}

function coveredFrameworks(setting: ReportSetting, target: PartTarget): CoveredFramework[] {
  const { facts } = setting;
  const rows = new Map<string, Map<string, ComplianceItemRow>>();
  for (const row of facts.rows.compliance_items) {
    if (row.target_key !== target.key) continue;
    const own = rows.get(row.framework) ?? new Map<string, ComplianceItemRow>();
    rows.set(row.framework, own.set(row.item, row));
  }
  const attemptsKnown = !facts.rows.asr_by_attack.some((row) => row.target_key === target.key && row.hit_log_runs > 0);
  const known = new Map<string, Framework>(frameworks.map((framework) => [framework.key, framework]));
  const chosen = facts.frameworks.length > 0 ? facts.frameworks : [...known.keys()];
  return chosen.map((key): CoveredFramework => {
    const framework = known.get(key);
    const own = rows.get(key) ?? new Map<string, ComplianceItemRow>();
    const named = framework?.items ?? [];
    const others = [...own.keys()].filter((item) => !named.some(({ id }) => id === item)).sort();
    const items = [...named, ...others.map((id) => ({ id, name: 'not in our list of this framework' }))].map(
      ({ id, name }): Item => {
        const row = own.get(id) ?? null;
        const claim = complianceClaim(row, { framework: key, item: id, target: target.key }, attemptsKnown);
        return { id, name, row, claim };
      },
    );
    return {
      key,
      name: framework?.name ?? key,
      short: framework?.short ?? key,
      known: framework ?? null,
      anchor: target.index === 0 ? `framework-${key}` : `framework-${key}-${target.index + 1}`,
      items,
    };
  });
}

function headNotes(framework: CoveredFramework, setting: ReportSetting, target: PartTarget): (string | false)[] {
  const gap = setting.facts.rows.framework_gaps.find(
    (row) => row.target_key === target.key && row.framework === framework.key,
  );
  return [
    framework.known !== null && listOfItems(framework.known),
    holdsTasks(framework.key) && functionsNote,
    gap !== undefined &&
      gap.runs > 0 &&
      setting.ledger.state(
        {
          kind: 'untagged',
          about: { target: target.key, framework: framework.key },
          population: countedRuns,
          runs: gap.runs,
          succeeded: gap.succeeded,
        },
        untaggedRuns(gap.runs, gap.succeeded),
      ),
  ];
}

const having = (framework: CoveredFramework, state: StateMark): number =>
  framework.items.filter((item) => item.claim.state === state).length;

function overview(covered: readonly CoveredFramework[], number: string): TableBlock {
  const right = 'right' as const;
  const judged = (framework: CoveredFramework, state: StateMark): TableCell =>
    holdsTasks(framework.key) ? quietCell('n/a') : cell(formatCount(having(framework, state)));
  const evidence = covered.some((framework) => holdsTasks(framework.key));
  const unknown = covered.some((framework) => having(framework, 'unknown') > 0);
  return {
    kind: 'table',
    columns: [
      { title: 'Framework', width: '*' },
      { title: 'Items', width: 40, align: right },
      { title: 'Failed', width: 46, align: right },
      { title: 'Held', width: 42, align: right },
      { title: 'Too little', width: 52, align: right },
      ...(evidence ? [{ title: 'Evidence', width: 52, align: right }] : []),
      { title: 'Not assessed', width: 52, align: right },
      { title: 'Not tested', width: 52, align: right },
      ...(unknown ? [{ title: 'Unknown', width: 52, align: right }] : []),
      { title: 'Page', width: 34, align: right },
    ],
    rows: covered.map((framework, index) => ({
      cells: [
        {
          lines: [
            [
              { text: `${number}.${index + 1} `, tone: 'faint' },
              { text: shortenName(framework.name, 120), link: framework.anchor },
            ],
          ],
        },
        cell(formatCount(framework.items.length)),
        judged(framework, 'failed'),
        judged(framework, 'held'),
        judged(framework, 'too_little'),
        ...(evidence
          ? [holdsTasks(framework.key) ? cell(formatCount(having(framework, 'evidence'))) : quietCell('n/a')]
          : []),
        cell(formatCount(having(framework, 'not_assessed'))),
        cell(formatCount(having(framework, 'not_tested'))),
        ...(unknown ? [cell(formatCount(having(framework, 'unknown')))] : []),
        { lines: [[{ text: '', pageOf: framework.anchor }]] },
      ],
    })),
  };
}

function itemTable(framework: CoveredFramework, target: PartTarget, setting: ReportSetting): TableBlock {
  const right = 'right' as const;
  const widest = Math.max(...framework.items.map((item) => item.id.length));
  return {
    kind: 'table',
    columns: [
      { title: 'Item', width: Math.min(104, Math.max(36, 8 + widest * 6.2)) },
      { title: 'Name', width: '*' },
      { title: 'State', width: 76 },
      { title: 'Tags', width: 50 },
      { title: 'k / n', width: 44, align: right },
      { title: 'ASR %', subtitle: '95 % interval', width: 64, align: right },
      { title: 'Worst', width: 44, indent: 10 },
      { title: 'Findings', width: 62 },
    ],
    rows: framework.items.map((item) => itemRow(item, framework.key, target, setting)),
  };
}

function itemRow(item: Item, framework: string, target: PartTarget, setting: ReportSetting): TableRow {
  const { claim, row } = item;
  const worst = row?.worst ?? null;
  const caveats = itemCaveats(claim);
  const { state } = claim;
  // The claim stands behind the word of its state.
  setting.ledger.state(claim, `${item.id} ${item.name}: ${stateWords[state]}`);
  return {
    cells: [
      cell(shortenName(item.id, 80)),
      caveats === ''
        ? cell(item.name)
        : {
            lines: [[{ text: item.name }], [{ text: caveats, tone: 'faint' }]],
          },
      { lines: [[{ text: stateWords[state] }]], state },
      quietCell(tagOrigin(row)),
      countCell(claim.counts, claim.rate),
      claim.rate === null
        ? quietCell('n/a')
        : {
            lines: [
              [{ text: `${fewSign(claim.rate)}${percentValue(claim.rate.value)}` }],
              [{ text: intervalValue(claim.rate), tone: 'faint' }],
            ],
          },
      worst === null ? quietCell('none') : { lines: [[]], severity: worst },
      findingLinks(target.key, `${framework}:${item.id}`, row?.findings ?? 0, setting),
    ],
  };
}

function countCell(counts: RunCounts, rate: Rate | null): TableCell {
  const hits = counts.hits_only > 0 ? plural(counts.hits_only, 'hit') : null;
  if (rate === null) return hits === null ? quietCell('0') : cell(hits);
  const lines = [[{ text: ofTotal(rate.succeeded, rate.assessed) }]];
  return hits === null ? { lines } : { lines: [...lines, [{ text: `+ ${hits}` }]] };
}

function findingLinks(
  target: string,
  tag: string,
  counted: number,
  { findings, links, cut, facts }: ReportSetting,
): TableCell {
  const own = findings.tagged(target, tag);
  if (own.count === 0) {
    if (counted === 0) return quietCell('none');
    return quietCell(
      cut !== null ? 'not shown' : Object.keys(facts.filter).length > 0 ? 'left out by the filter' : 'none',
    );
  }
  const spans = findingSpans(own.ranks.slice(0, linkedFindings), links);
  const more = own.count - Math.min(linkedFindings, own.count);
  // Of a preview's findings alone no count of the others follows.
  const rest = cut === null ? (more > 0 ? ` +${formatCount(more)}` : '') : counted > linkedFindings ? ' …' : '';
  const inline: Inline = rest === '' ? spans : [...spans, { text: rest, tone: 'quiet' }];
  return { lines: [inline] };
}
