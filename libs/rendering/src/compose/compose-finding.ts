import { firstCharacters } from '../text/characters-of.ts';
import { shortenName } from '../text/shorten-field.ts';
import { severityMarks } from '../theme/colours.ts';
import { attackInWords, displayName } from '../format/display-names.ts';
import { detailRows } from './finding-detail.ts';
import { findingId } from '../model/finding-id.ts';
import { trialsInWords, whyThisSeverity } from '../sentences/finding-sentences.ts';
import type { DigestedFinding } from '../model/findings-digest.ts';
import { asString } from '../evidence/masked-text.ts';
import { ofTotal, score } from '../format/numbers.ts';
import type { FindingContent, FindingValues, Inline, Span, TableRow } from '../model/report-content.ts';
import type { ReportLinks } from '../model/report-links.ts';
import type { WithheldRow } from '../evidence/withhold-evidence.ts';

const longestTitle = 90;

interface FindingSetting {
  readonly links: ReportLinks;
  /** Whether the one before has another severity: a heavier line parts them. */
  readonly startsGroup: boolean;
  /** Whether its own pages are wanted as well. */
  readonly details: boolean;
}

/** One finding, for table and detail; `rank` counts from 1 in the order of the report. */
export function composeFinding(row: WithheldRow, rank: number, setting: FindingSetting): FindingContent {
  const digested = digestFinding(row, rank);
  return {
    ...digested,
    status: row.finding_status,
    values: findingValues(row),
    row: tableRow(row, rank, digested.title, setting),
    why: whyThisSeverity(row),
    blocks:
      !setting.details || setting.links.section('evidence') === null
        ? []
        : [{ kind: 'labelled', rows: detailRows(row, setting.links) }],
  };
}

/** What of a finding is said on other pages than its own. */
export const digestFinding = (row: WithheldRow, rank: number): DigestedFinding => ({
  rank,
  target: row.target_key,
  id: findingId(rank),
  title: findingTitle(row),
  severity: row.severity,
  category: row.category,
  outcome: row.outcome,
  masked: row.masked,
  trialsInWords: trialsInWords(row),
  attackInWords: shortenName(attackInWords(row.attack_name, row.transforms), 160),
  trials: ofTotal(row.succeeded_trials, row.trials),
  attack: shortenName([row.attack_name, ...row.transforms].join(' + '), 160),
  compliance: Object.entries(row.compliance).flatMap(([framework, items]) =>
    items.map((item) => `${framework}:${item}`),
  ),
});

const longestGoal = 20_000;
const longestName = 400;

function findingValues(row: WithheldRow): FindingValues {
  const name = (text: string | null): string | null => (text === null ? null : shortenName(text, longestName));
  return {
    finding_type: row.finding_type,
    severity_source: row.severity_source,
    goal: row.goal === null ? null : shortenName(asString(row.goal), longestGoal),
    attack_name: shortenName(row.attack_name, longestName),
    transforms: row.transforms.map((transform) => shortenName(transform, longestName)),
    best_score: row.best_score,
    trials: row.trials,
    succeeded_trials: row.succeeded_trials,
    not_assessed_trials: row.not_assessed_trials,
    assessment: shortenName(row.assessment, longestName),
    target_model: name(row.target_model),
    evaluator_model: name(row.evaluator_model),
    compliance: row.compliance,
    source_ref: name(row.source_ref),
  };
}

/** First sentence of the goal, at most 90 characters; without a goal the category and the attack. */
export function findingTitle(row: Pick<WithheldRow, 'goal' | 'category' | 'attack_name'>): string {
  const goal = row.goal === null ? '' : asString(row.goal).replace(/\s+/g, ' ').trim();
  if (goal === '') return shortenName(`${displayName(row.category)} by ${row.attack_name}`, 200);
  const sentence = /^.+?[.!?](?=\s|$)/.exec(goal.slice(0, 400))?.[0] ?? goal;
  const whole = sentence.replace(/[.]$/, '');
  if (firstCharacters(whole, longestTitle) === whole) return whole;
  const cut = firstCharacters(whole, longestTitle - 1);
  return `${cut.replace(/\s+\S*$/, '') || cut}…`;
}

function tableRow(row: WithheldRow, rank: number, title: string, { links, startsGroup }: FindingSetting): TableRow {
  const target = links.finding(rank);
  const id: Span = target === null ? { text: findingId(rank) } : { text: findingId(rank), link: target };
  const page: Inline =
    target === null || target.startsWith('row-')
      ? []
      : [
          { text: 'p.\u00A0', tone: 'faint' },
          { text: '', tone: 'faint', pageOf: target },
        ];
  const faint = (text: string): Inline => [{ text, tone: 'faint' }];
  return {
    rank,
    anchor: `row-${rank}`,
    ...(startsGroup ? { startsGroup: true } : {}),
    cells: [
      { lines: page.length === 0 ? [[id]] : [[id], page] },
      row.severity === null
        ? { lines: [[{ text: 'none', tone: 'quiet' }]] }
        : { lines: [[{ text: severityMarks[row.severity].word }]], severity: row.severity },
      { lines: [[{ text: title }], faint(shortenName(row.category, 200))], clampFirst: 2 },
      {
        lines: [
          [{ text: shortenName(row.attack_name, 200) }],
          faint(row.transforms.length === 0 ? 'no transform' : shortenName(row.transforms.join(' + '), 200)),
        ],
      },
      {
        lines: [
          [{ text: ofTotal(row.succeeded_trials, row.trials) }],
          faint(row.best_score === null ? 'n/a' : score(row.best_score)),
        ],
      },
      { lines: [[{ text: row.finding_status.replaceAll('_', ' ') }]] },
    ],
  };
}
