import type { BestTrial, EvidenceLevel, FindingRow } from '#domain';
import { WithheldQuotes } from './mask-quotes.ts';
import { maskSecrets } from './mask-secrets.ts';
import { maskedPassages, type MaskedText } from './masked-text.ts';

type Texts = 'original_prompt' | 'prompt' | 'response' | 'reasoning' | 'turns' | 'triggers';

export interface WithheldTrial extends Omit<BestTrial, Texts> {
  readonly original_prompt: MaskedText | null;
  readonly prompt: MaskedText | null;
  readonly response: MaskedText | null;
  readonly reasoning: MaskedText | null;
  readonly triggers: readonly string[];
  readonly turns: readonly { readonly role: string; readonly content: MaskedText }[];
}

/** A finding of which only what this reader may see is left: everything printed is composed from it. */
export interface WithheldRow extends Omit<
  FindingRow,
  'goal' | 'prompt_start' | 'notes' | 'not_assessed_reason' | 'best_trial'
> {
  readonly goal: MaskedText | null;
  readonly prompt_start: MaskedText | null;
  readonly notes: MaskedText | null;
  readonly not_assessed_reason: MaskedText | null;
  readonly best_trial: WithheldTrial | null;
  readonly level: EvidenceLevel;
  /** Passages withheld in it. */
  readonly masked: number;
}

/** Applied first, before anything is composed: what is not in the result cannot be printed. */
export function withholdEvidence(row: FindingRow, level: EvidenceLevel): WithheldRow {
  const shown = level === 'full' ? (text: string): MaskedText => [text] : maskSecrets;
  const orNull = (text: string | null): MaskedText | null => (text === null ? null : shown(text));
  const quotes = withheldQuotes(row, level);
  const trial =
    level === 'none' || row.best_trial === null ? null : withheldTrial(row.best_trial, row, level, shown, quotes);
  const notes = orNull(row.notes);
  const withheld = {
    ...row,
    goal: orNull(row.goal),
    prompt_start: level === 'none' ? null : orNull(row.prompt_start),
    notes: notes && quotes ? quotes.mask(notes) : notes,
    not_assessed_reason: orNull(row.not_assessed_reason),
    best_trial: trial,
    level,
  };
  return { ...withheld, masked: countMasked(withheld) };
}

function withheldTrial(
  trial: BestTrial,
  row: FindingRow,
  level: EvidenceLevel,
  shown: (text: string) => MaskedText,
  quotes: WithheldQuotes | null,
): WithheldTrial {
  const orNull = (text: string | null): MaskedText | null => (text === null ? null : shown(text));
  const judged = (text: string): MaskedText => quotes?.mask(shown(text)) ?? shown(text);
  const harmful = withholdsAnswers(row, level);
  const answer = (text: string): MaskedText => (harmful && text !== '' ? [{ masked: text.length }] : shown(text));
  return {
    ...trial,
    original_prompt: orNull(trial.original_prompt),
    prompt: orNull(trial.prompt),
    response: trial.response === null ? null : answer(trial.response),
    reasoning: trial.reasoning === null ? null : judged(trial.reasoning),
    triggers: level === 'full' ? trial.triggers : [],
    turns: trial.turns.map(({ role, content }) => ({
      role,
      content: isJudge(role) ? judged(content) : speaksForAttacker(role) ? shown(content) : answer(content),
    })),
  };
}

/** What a broken target said is the harm itself: a masked copy does not hand it on. */
const withholdsAnswers = ({ outcome }: FindingRow, level: EvidenceLevel): boolean =>
  level === 'masked' && outcome === 'succeeded';

/** Who judges or notes an answer likes to quote it. */
function withheldQuotes(row: FindingRow, level: EvidenceLevel): WithheldQuotes | null {
  if (row.best_trial === null || !withholdsAnswers(row, level)) return null;
  const { response, turns } = row.best_trial;
  const answers = turns.filter(({ role }) => !speaksForAttacker(role)).map(({ content }) => content);
  return new WithheldQuotes(response === null ? answers : [response, ...answers]);
}

const isJudge = (role: string): boolean => role.toLowerCase() === 'judge';

const attackers: ReadonlySet<string> = new Set(['user', 'attacker', 'human', 'system', 'developer', 'judge']);
const speaksForAttacker = (role: string): boolean => attackers.has(role.toLowerCase());

function countMasked(row: Omit<WithheldRow, 'masked'>): number {
  const trial = row.best_trial;
  const texts = [
    row.goal,
    row.notes,
    row.not_assessed_reason,
    ...(trial
      ? [
          trial.original_prompt,
          trial.prompt,
          trial.response,
          trial.reasoning,
          ...trial.turns.map((turn) => turn.content),
        ]
      : []),
  ];
  return texts.reduce((sum, text) => sum + maskedPassages(text), 0);
}
