import {
  attackSuccessRate,
  type ComplianceItemRow,
  complianceState,
  frameworks,
  heldFrom,
  noRuns,
  type RunCounts,
  totalRuns,
  wilson,
} from '#domain';
import { cell, intervalCell, notes, quietCell, rateCell } from '../../model/blocks.ts';
import { findingSpans } from '../../model/finding-id.ts';
import { unfilteredNote } from '../../sentences/filter-sentences.ts';
import { formatCount, ofTotal, percent } from '../../format/numbers.ts';
import type { Block, Inline, StateMark, TableBlock, TableCell, TableRow } from '../../model/report-content.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import { stateWords } from '../../model/printed-words.ts';
import { severityMarks } from '../../theme/colours.ts';
import { shortenName } from '../../text/shorten-field.ts';
import type { SectionComposer } from './section-composer.ts';

const linkedFindings = 2;

interface Item {
  readonly id: string;
  readonly name: string;
  readonly counts: RunCounts;
  readonly row: ComplianceItemRow | null;
  readonly state: StateMark;
}

interface CoveredFramework {
  readonly key: string;
  readonly name: string;
  readonly short: string;
  readonly items: readonly Item[];
}

/** Every item of every chosen framework, also those that no run touches: never a bare "compliant". */
export const compliance: SectionComposer = (setting, number) => {
  const covered = coveredFrameworks(setting);
  const blocks: Block[] = [overview(covered, number)];
  covered.forEach((framework, index) => {
    blocks.push({
      kind: 'heading',
      number: `${number}.${index + 1}`,
      text: framework.name,
      anchor: `framework-${framework.key}`,
    });
    blocks.push(itemTable(framework, setting));
  });
  blocks.push({
    kind: 'states',
    rows: [
      { state: 'failed', meaning: 'at least one run that carries the tag succeeded.' },
      {
        state: 'held',
        meaning: `${heldFrom} or more assessed runs, none succeeded. With ${heldFrom} the true rate may still be up to ${percent(wilson(0, heldFrom).high)}.`,
      },
      { state: 'too_little', meaning: `fewer than ${heldFrom} assessed runs, none succeeded: no judgement.` },
      { state: 'not_tested', meaning: 'no assessed run carries this tag.' },
    ],
  });
  blocks.push(...notes([unfilteredNote(setting.facts, setting.runs)]));
  return {
    lead: [
      {
        text: `Test evidence, not certification. An item is judged only by the runs that carry its tag; a run may carry several tags, so rows do not add up to ${formatCount(setting.runs)}.`,
      },
    ],
    blocks,
  };
};

function coveredFrameworks({ facts }: ReportSetting): CoveredFramework[] {
  const rows = new Map<string, Map<string, ComplianceItemRow>>();
  for (const row of facts.rows.compliance_items) {
    const own = rows.get(row.framework) ?? new Map<string, ComplianceItemRow>();
    rows.set(row.framework, own.set(row.item, row));
  }
  const known = new Map(frameworks.map((framework) => [framework.key as string, framework]));
  const chosen = facts.frameworks.length > 0 ? facts.frameworks : [...known.keys()];
  return chosen.map((key): CoveredFramework => {
    const framework = known.get(key);
    const own = rows.get(key) ?? new Map<string, ComplianceItemRow>();
    const named = framework?.items ?? [];
    const others = [...own.keys()].filter((item) => !named.some(({ id }) => id === item)).sort();
    const items = [...named, ...others.map((id) => ({ id, name: 'not in our list of this framework' }))].map(
      ({ id, name }): Item => {
        const row = own.get(id) ?? null;
        const counts = row ?? noRuns;
        return { id, name, counts, row, state: complianceState(counts) };
      },
    );
    return { key, name: framework?.name ?? key, short: framework?.short ?? key, items };
  });
}

const having = (framework: CoveredFramework, state: StateMark): number =>
  framework.items.filter((item) => item.state === state).length;

function overview(covered: readonly CoveredFramework[], number: string): TableBlock {
  const right = 'right' as const;
  return {
    kind: 'table',
    columns: [
      { title: 'Framework', width: '*' },
      { title: 'Items', width: 40, align: right },
      { title: 'Failed', width: 50, align: right },
      { title: 'Held', width: 46, align: right },
      { title: 'Too little', width: 56, align: right },
      { title: 'Not tested', width: 58, align: right },
      { title: 'Tested', width: 56, align: right },
      { title: 'Page', width: 34, align: right },
    ],
    rows: covered.map((framework, index) => {
      const anchor = `framework-${framework.key}` as const;
      const untested = having(framework, 'not_tested');
      const total = framework.items.length;
      return {
        cells: [
          {
            lines: [
              [
                { text: `${number}.${index + 1} `, tone: 'faint' },
                { text: shortenName(framework.name, 120), link: anchor },
              ],
            ],
          },
          cell(formatCount(total)),
          cell(formatCount(having(framework, 'failed'))),
          cell(formatCount(having(framework, 'held'))),
          cell(formatCount(having(framework, 'too_little'))),
          cell(formatCount(untested)),
          cell(`${formatCount(total - untested)} of ${formatCount(total)}`),
          { lines: [[{ text: '', pageOf: anchor }]] },
        ],
      };
    }),
  };
}

function itemTable(framework: CoveredFramework, setting: ReportSetting): TableBlock {
  const right = 'right' as const;
  const widest = Math.max(...framework.items.map((item) => item.id.length));
  return {
    kind: 'table',
    columns: [
      { title: 'Item', width: Math.min(104, Math.max(36, 8 + widest * 6.2)) },
      { title: 'Name', width: '*' },
      { title: 'State', width: 64 },
      { title: 'ASR %', width: 33, align: right },
      { title: 'k / n', width: 42, align: right },
      { title: '95 % interval', width: 64, align: right },
      { title: 'Worst', width: 62, indent: 10 },
      { title: 'Findings', width: 70 },
    ],
    rows: framework.items.map((item) => itemRow(item, framework.key, setting)),
  };
}

function itemRow(item: Item, framework: string, setting: ReportSetting): TableRow {
  const rate = attackSuccessRate(item.counts);
  const hits = item.counts.hits_only;
  const kn = rate === null ? (hits > 0 ? `${formatCount(hits)} hits` : '0') : ofTotal(rate.succeeded, rate.assessed);
  const worst = item.row?.worst ?? null;
  const onlyOpen = rate === null && hits === 0 && totalRuns(item.counts) > 0;
  return {
    cells: [
      cell(shortenName(item.id, 80)),
      onlyOpen
        ? {
            lines: [
              [{ text: item.name }],
              [{ text: `${formatCount(item.counts.not_assessed)} not assessed`, tone: 'faint' }],
            ],
          }
        : cell(item.name),
      { lines: [[{ text: stateWords[item.state] }]], state: item.state },
      rateCell(rate),
      rate === null && hits === 0 ? quietCell(kn) : cell(kn),
      intervalCell(rate),
      worst === null ? quietCell('none') : { lines: [[{ text: severityMarks[worst].word }]], severity: worst },
      findingLinks(`${framework}:${item.id}`, item.row?.findings ?? 0, setting),
    ],
  };
}

function findingLinks(tag: string, counted: number, { findings, links, cut }: ReportSetting): TableCell {
  const own = findings.tagged(tag);
  if (own.count === 0) return quietCell(cut !== null && counted > 0 ? 'not shown' : 'none');
  const spans = findingSpans(own.ranks.slice(0, linkedFindings), links);
  const more = own.count - Math.min(linkedFindings, own.count);
  // Of a preview's findings alone no count of the others follows.
  const rest = cut === null ? (more > 0 ? ` +${formatCount(more)}` : '') : counted > linkedFindings ? ' …' : '';
  const inline: Inline = rest === '' ? spans : [...spans, { text: rest, tone: 'quiet' }];
  return { lines: [inline] };
}
