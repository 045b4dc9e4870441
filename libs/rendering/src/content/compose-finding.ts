import type { FindingRow, SeveritySource } from '#domain';
import { severityBands } from '#domain';
import { shortenName } from '../text/shorten-field.ts';
import { severityMarks } from '../theme/colours.ts';
import { composeEvidence } from './compose-evidence.ts';
import { attackInWords, displayName } from './display-names.ts';
import type { MaskedText } from './masked-text.ts';
import { asSpans, asString } from './masked-text.ts';
import { countInWords, formatCount, ofTotal, score } from './numbers.ts';
import { remedyFor } from './remedies.ts';
import type { ReportLinks } from './report-links.ts';
import type { Block, FindingContent, Inline, LabelledRow, Span, TableBlock, TableRow } from './report-content.ts';
import type { WithheldRow } from './withhold-evidence.ts';
import { withholdEvidence } from './withhold-evidence.ts';

const longestTitle = 90;

export interface FindingSetting {
  readonly evidence: 'full' | 'masked' | 'none';
  readonly links: ReportLinks;
  /** Whether the one before has another severity: a heavier line parts them. */
  readonly startsGroup: boolean;
}

/** `F-001`; wider for reports with thousands. */
export const findingId = (rank: number): string => `F-${String(rank).padStart(3, '0')}`;

/** One finding, for table and detail; `rank` counts from 1 in the order of the report. */
export function composeFinding(row: FindingRow, rank: number, setting: FindingSetting): FindingContent {
  const withheld = withholdEvidence(row, setting.evidence);
  const title = findingTitle(withheld);
  return {
    rank,
    id: findingId(rank),
    title,
    severity: withheld.severity,
    category: withheld.category,
    outcome: withheld.outcome,
    status: withheld.finding_status,
    masked: withheld.masked,
    trialsInWords: trialsInWords(withheld),
    attackInWords: shortenName(attackInWords(withheld.attack_name, withheld.transforms), 160),
    trials: ofTotal(withheld.succeeded_trials, withheld.trials),
    attack: shortenName([withheld.attack_name, ...withheld.transforms].join(' + '), 160),
    compliance: Object.entries(withheld.compliance).flatMap(([framework, items]) =>
      items.map((item) => `${framework}:${item}`),
    ),
    row: tableRow(withheld, rank, title, setting),
    why: whyThisSeverity(withheld),
    blocks:
      setting.links.section('evidence') === null
        ? []
        : [{ kind: 'labelled', rows: detailRows(withheld, setting.links) }],
  };
}

/** First sentence of the goal, at most 90 characters; without a goal the category and the attack. */
export function findingTitle(row: Pick<WithheldRow, 'goal' | 'category' | 'attack_name'>): string {
  const goal = row.goal === null ? '' : asString(row.goal).replace(/\s+/g, ' ').trim();
  if (goal === '') return shortenName(`${displayName(row.category)} by ${row.attack_name}`, 200);
  const sentence = /^.+?[.!?](?=\s|$)/.exec(goal.slice(0, 400))?.[0] ?? goal;
  const whole = sentence.replace(/[.]$/, '');
  if ([...whole].length <= longestTitle) return whole;
  const cut = [...whole].slice(0, longestTitle - 1).join('');
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

const severitySources: Readonly<Record<SeveritySource, string>> = {
  human: 'an analyst',
  source: 'the source file',
  score_band: 'score band',
  category_default: 'default of the category',
  fallback: 'default, because nothing else says one',
};

/** One line under the heading: why this severity, where it comes from, k of n trials, status. */
export function whyThisSeverity(row: WithheldRow): string {
  const status = `Status: ${row.finding_status.replaceAll('_', ' ')}.`;
  return [severitySentence(row), trialsSentence(row), status].join(' ');
}

function severitySentence(row: WithheldRow): string {
  if (row.severity === null) return 'No severity: nothing succeeded or came close.';
  const { word } = severityMarks[row.severity];
  const source = row.severity_source === null ? 'not stated' : severitySources[row.severity_source];
  if (row.severity_source === 'score_band' && row.best_score !== null) {
    const from = severityBands.find(([severity]) => severity === row.severity)?.[1] ?? 0;
    return `${word}, because the judge score ${score(row.best_score)} lies in the band from ${score(from)}. Severity source: score band.`;
  }
  return `${word}. Severity source: ${source}.`;
}

const trialWord = (count: number): string => (count === 1 ? 'trial' : 'trials');

export function trialsInWords(row: Pick<WithheldRow, 'succeeded_trials' | 'trials'>): string {
  return `${formatCount(row.succeeded_trials)} of ${formatCount(row.trials)} ${trialWord(row.trials)}`;
}

function trialsSentence(row: WithheldRow): string {
  if (row.trials === 0) return 'No trial recorded.';
  const open = row.not_assessed_trials > 0 ? `, ${formatCount(row.not_assessed_trials)} not assessed` : '';
  return `Succeeded in ${trialsInWords(row)}${open}.`;
}

/** "Succeeded in 4 of 5 trials of crescendo with persona; best judge score 0.98." */
export function whatHappened(row: WithheldRow): string {
  const attack = shortenName(attackInWords(row.attack_name, row.transforms), 400);
  const best = row.best_score === null ? 'no judge score' : `best judge score ${score(row.best_score)}`;
  switch (row.outcome) {
    case 'succeeded':
      return row.trials === 0
        ? `Succeeded by ${attack}; ${best}.`
        : `Succeeded in ${trialsInWords(row)} of ${attack}; ${best}.`;
    case 'resisted': {
      const close = row.finding_type === 'partial' ? ' It came close.' : '';
      return `Resisted in all ${formatCount(row.trials - row.not_assessed_trials)} assessed ${trialWord(row.trials - row.not_assessed_trials)} of ${attack}; ${best}.${close}`;
    }
    case 'not_assessed':
      return `None of ${countInWords(row.trials)} ${trialWord(row.trials)} of ${attack} could be assessed.`;
  }
}

function detailRows(row: WithheldRow, links: ReportLinks): LabelledRow[] {
  const prose = (role: 'body' | 'text', inline: Inline): Block => ({ kind: 'prose', role, inline });
  const remedy = remedyFor(row.category);
  const rows: (LabelledRow | null)[] = [
    row.goal === null ? null : { label: 'Goal', blocks: [prose('body', longSpans(row.goal))] },
    { label: 'What happened', blocks: happened(row) },
    ...composeEvidence(row),
    remedy
      ? {
          label: 'Safe answer',
          blocks: [
            prose('text', [{ text: 'Expected behaviour: ', strong: true, tone: 'quiet' }, { text: remedy.safeAnswer }]),
          ],
        }
      : null,
    judgeRow(row),
    trialRow(row),
    tagRow(row),
    remedy ? { label: 'Fix', blocks: [prose('text', fixInline(row, links))] } : null,
    row.notes === null
      ? null
      : {
          label: 'Note',
          blocks: [
            prose('text', [
              { text: 'Note of the source or analyst: ', strong: true, tone: 'quiet' },
              ...longSpans(row.notes),
            ]),
          ],
        },
    { label: 'Origin', blocks: [{ kind: 'prose', role: 'small', inline: [{ text: originSentence(row) }] }] },
  ];
  return rows.filter((one) => one !== null);
}

function happened(row: WithheldRow): Block[] {
  const blocks: Block[] = [{ kind: 'prose', role: 'body', inline: [{ text: whatHappened(row) }] }];
  const add = (text: MaskedText): void => {
    blocks.push({ kind: 'prose', role: 'text', inline: asSpans(text) });
  };
  if (row.suspected_target_error) add(['The answer looks like an error of the target, not like a refusal.']);
  if (row.not_assessed_reason !== null) add(['Reason given for not assessed: ', ...row.not_assessed_reason]);
  if (row.distance_norm !== null && row.distance_value !== null) {
    add([`Distance to the original input: ${row.distance_value} (${row.distance_norm}).`]);
  }
  if (row.level === 'none') add(['Prompts, answers and the judge’s words are withheld at this evidence level.']);
  return blocks;
}

function judgeRow(row: WithheldRow): LabelledRow | null {
  const trial = row.best_trial;
  const judge = row.evaluator_model ?? trial?.detector ?? null;
  if (row.best_score === null && judge === null && !trial?.reasoning) return null;
  const opening = [
    row.best_score === null ? 'No score' : `Score ${score(row.best_score)}`,
    ...(judge === null ? [] : [shortenName(judge, 200)]),
  ].join(', ');
  const reasoning: Inline = trial?.reasoning ? [{ text: ' “' }, ...longSpans(trial.reasoning), { text: '”' }] : [];
  return { label: 'Judge', blocks: [{ kind: 'prose', role: 'text', inline: [{ text: `${opening}.` }, ...reasoning] }] };
}

const trialsPerRow = 10;
const mostTrials = 100;

/** Scores of all trials in order, ten a row. */
function trialRow(row: WithheldRow): LabelledRow | null {
  if (row.trial_scores.length < 2) return null;
  const shown = row.trial_scores.slice(0, mostTrials);
  const blocks: Block[] = [];
  for (let from = 0; from < shown.length; from += trialsPerRow) {
    const scores = shown.slice(from, from + trialsPerRow);
    const table: TableBlock = {
      kind: 'table',
      columns: [
        { title: 'Trial', width: 36 },
        ...scores.map((_, i) => ({ title: String(from + i + 1), width: 30, align: 'right' as const })),
        { title: '', width: '*' },
      ],
      rows: [
        {
          cells: [
            { lines: [[{ text: 'Score' }]] },
            ...scores.map((value) => ({
              lines: [[value === null ? { text: 'n/a', tone: 'quiet' as const } : { text: score(value) }]],
            })),
            { lines: [] },
          ],
        },
      ],
    };
    blocks.push(table);
  }
  if (row.trial_scores.length > mostTrials) {
    blocks.push({
      kind: 'prose',
      role: 'small',
      inline: [{ text: `${formatCount(row.trial_scores.length - mostTrials)} further trials are not listed.` }],
    });
  }
  return { label: 'Trials', blocks };
}

function tagRow(row: WithheldRow): LabelledRow | null {
  const tags = [...new Set(Object.values(row.compliance).flat())].slice(0, 60);
  if (tags.length === 0) return null;
  return {
    label: 'Tags',
    blocks: [{ kind: 'prose', role: 'text', inline: [{ text: tags.map((tag) => shortenName(tag, 80)).join('    ') }] }],
  };
}

function fixInline(row: WithheldRow, links: ReportLinks): Inline {
  const remedy = remedyFor(row.category);
  const action = links.action(row.category);
  const more: Inline =
    action === null
      ? []
      : [
          { text: ' See action ' },
          { text: `R${action.number}`, link: action.anchor },
          { text: ' p.\u00A0', tone: 'quiet' },
          { text: '', tone: 'quiet', pageOf: action.anchor },
        ];
  return [{ text: 'Recommended: ', strong: true, tone: 'quiet' }, { text: remedy?.fix ?? '' }, ...more];
}

function originSentence(row: WithheldRow): string {
  const parts = [`Assessment ${shortenName(row.assessment, 200)}`];
  if (row.target_model !== null) parts.push(`target ${shortenName(row.target_model, 200)}`);
  if (row.attack_complexity !== null) parts.push(`attack complexity ${shortenName(row.attack_complexity, 80)}`);
  if (row.source_grade !== null) parts.push(`grade in the source ${shortenName(row.source_grade, 80)}`);
  if (row.source_ref !== null) parts.push(`place in the file ${shortenName(row.source_ref, 200)}`);
  return `${parts.join('; ')}.`;
}

function longSpans(text: MaskedText): Span[] {
  return asSpans(text).map((span) =>
    span.masked === undefined ? { ...span, text: shortenName(span.text, 20_000) } : span,
  );
}
