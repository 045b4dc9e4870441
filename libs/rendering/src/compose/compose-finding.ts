import { trialsClaim } from '#domain';
import { firstCharacters } from '../text/characters-of.ts';
import { shortenName } from '../text/shorten-field.ts';
import { severityMarks } from '../theme/colours.ts';
import { attackInWords, attackWithTransforms, displayName } from '../format/display-names.ts';
import { detailRows } from './finding-detail.ts';
import { convertedSign } from '../model/blocks.ts';
import { findingId } from '../model/finding-id.ts';
import { scoreInWords, trialsInShort, trialsInWords, whyThisSeverity } from '../sentences/finding-sentences.ts';
import type { DigestedFinding } from '../model/findings-digest.ts';
import { asString } from '../evidence/masked-text.ts';
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
  /** Printed name of its target, where the report has several. */
  readonly target: string | null;
}

/** One finding, for table and detail; `rank` counts from 1 in the order of the report. */
export function composeFinding(row: WithheldRow, rank: number, setting: FindingSetting): FindingContent {
  const digested = digestFinding(row, rank);
  return {
    ...digested,
    values: findingValues(row),
    row: tableRow(row, digested, setting),
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
  status: row.finding_status,
  bestScore: row.best_score,
  scoreMeaning: row.score_meaning,
  scoreConverted: row.best_score_scale !== null,
  coverage: row.coverage,
  close: row.outcome === 'resisted' && row.finding_type === 'partial',
  adversarial: row.attack_domain === 'adversarial_ml',
  masked: row.masked,
  trialCounts: trialsClaim(row, findingId(rank)),
  trialsInWords: trialsInWords(row),
  attackInWords: shortenName(attackInWords(row.attack_name, row.transforms), 160),
  trials: trialsInShort(row),
  attack: shortenName(attackWithTransforms(row.attack_name, row.transforms).join(' + '), 160),
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
    coverage: row.coverage,
    assessment: shortenName(row.assessment, longestName),
    target_model: name(row.target_model),
    evaluator_model: name(row.evaluator_model),
    compliance: row.compliance,
    source_ref: name(row.source_ref),
    source_score: name(row.best_trial?.source_score ?? null),
    score_scale: row.best_score_scale,
    score_meaning: row.score_meaning,
    other_verdicts: Object.entries(row.best_trial?.secondary_verdicts ?? {})
      .map(([judge, verdict]) => ({ judge: shortenName(judge, longestName), verdict }))
      .sort((one, other) => (one.judge < other.judge ? -1 : 1)),
  };
}

/**
 * First sentence of the goal, at most 90 characters. Without a goal the category, the attack, and the first words of the
 * prompt, which tell findings of one attack apart; a reader who may not see prompts gets none.
 */
export function findingTitle(row: Pick<WithheldRow, 'goal' | 'category' | 'attack_name' | 'prompt_start'>): string {
  const goal = row.goal === null ? '' : inOneLine(asString(row.goal));
  if (goal !== '') return firstSentence(goal);
  const told = shortenName(`${displayName(row.category)} by ${row.attack_name}`, 200);
  const prompt = row.prompt_start === null ? '' : inOneLine(asString(row.prompt_start));
  if (prompt === '') return told;
  const start = firstCharacters(prompt, longestPrompt);
  return `${told}: ${start === prompt ? prompt : `${start.replace(/\s+\S*$/, '') || start}…`}`;
}

const longestPrompt = 60;
const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function firstSentence(goal: string): string {
  const sentence = /^.+?[.!?](?=\s|$)/.exec(goal.slice(0, 400))?.[0] ?? goal;
  const whole = sentence.replace(/[.]$/, '');
  if (firstCharacters(whole, longestTitle) === whole) return whole;
  const cut = firstCharacters(whole, longestTitle - 1);
  return `${cut.replace(/\s+\S*$/, '') || cut}…`;
}

function tableRow(row: WithheldRow, digested: DigestedFinding, setting: FindingSetting): TableRow {
  const { links, startsGroup } = setting;
  const { rank, title } = digested;
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
  const category = shortenName(displayName(row.category), 200);
  return {
    rank,
    anchor: `row-${rank}`,
    ...(startsGroup ? { startsGroup: true } : {}),
    cells: [
      { lines: page.length === 0 ? [[id]] : [[id], page] },
      row.severity === null
        ? { lines: [[{ text: 'none', tone: 'quiet' }]] }
        : { lines: [[{ text: severityMarks[row.severity].word }]], severity: row.severity },
      {
        lines: [
          [{ text: title }],
          faint(setting.target === null ? category : `${category}; target: ${shortenName(setting.target, 120)}`),
        ],
        clampFirst: 2,
      },
      {
        lines: [
          [{ text: shortenName(row.attack_name, 200) }],
          faint(row.transforms.length === 0 ? 'no transform' : shortenName(row.transforms.join(' + '), 200)),
        ],
      },
      {
        lines: [[{ text: digested.trials }], faint(scoreCell(row))],
      },
      { lines: [[{ text: outcomeWord(digested) }], faint(row.finding_status.replaceAll('_', ' '))] },
    ],
  };
}

const scoreCell = ({ best_score: best, best_score_scale: scale }: WithheldRow): string =>
  best === null ? 'n/a' : `${scoreInWords(best)}${scale === null ? '' : convertedSign}`;

const outcomeWord = ({ outcome, close }: DigestedFinding): string =>
  close ? 'came close' : outcome.replaceAll('_', ' ');
