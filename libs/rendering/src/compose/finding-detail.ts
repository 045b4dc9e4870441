import { shortenName } from '../text/shorten-field.ts';
import { composeEvidence } from './compose-evidence.ts';
import { whatHappened } from '../sentences/finding-sentences.ts';
import { otherVerdicts, primaryVerdict } from '../sentences/judge-sentences.ts';
import { asSpans, type MaskedText } from '../evidence/masked-text.ts';
import { formatCount, score } from '../format/numbers.ts';
import { remedyFor } from '#domain';
import type { ReportLinks } from '../model/report-links.ts';
import type { Block, Inline, LabelledRow, Span, TableBlock } from '../model/report-content.ts';
import type { WithheldRow } from '../evidence/withhold-evidence.ts';

/** What a finding's detail says, in the order of its labels. */
export function detailRows(row: WithheldRow, links: ReportLinks): LabelledRow[] {
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
  const others = otherVerdicts(trial);
  if (row.best_score === null && judge === null && !trial?.reasoning && others === '') return null;
  const reasoning: Inline = trial?.reasoning ? [{ text: ' “' }, ...longSpans(trial.reasoning), { text: '”' }] : [];
  const blocks: Block[] = [
    { kind: 'prose', role: 'text', inline: [{ text: primaryVerdict(row, judge) }, ...reasoning] },
  ];
  if (others !== '') blocks.push({ kind: 'prose', role: 'text', inline: [{ text: others }] });
  return { label: 'Judge', blocks };
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
  // A hit log holds no trial that failed.
  return { label: row.coverage === 'hits_only' ? 'Hits' : 'Trials', blocks };
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
