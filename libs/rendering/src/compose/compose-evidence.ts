import { omissionNote, shortenField, shortenName } from '../text/shorten-field.ts';
import { characterKind, isPlain } from '../text/hidden-characters.ts';
import { decodePrompt, suggestsEncoding } from '../evidence/decode-prompt.ts';
import { diffPrompts } from '../evidence/diff-prompts.ts';
import { asSpans, lengthOf, maskedCharacters, type MaskedText } from '../evidence/masked-text.ts';
import { formatCount, plural } from '../format/numbers.ts';
import type { Block, EvidenceBlock, Inline, LabelledRow, Span, TurnContent } from '../model/report-content.ts';
import type { WithheldRow, WithheldTrial } from '../evidence/withhold-evidence.ts';

const doNotRun = 'attack prompt, do not run';

/** The best trial as the source holds it: prompt, what it hides, answer, turns. */
export function composeEvidence(row: WithheldRow): LabelledRow[] {
  const trial = row.best_trial;
  if (!trial) return [];
  const rows: LabelledRow[] = [];
  const prompts = promptBlocks(row, trial);
  if (prompts.length > 0) rows.push({ label: 'Prompt', blocks: prompts });
  const decoded = decodedBlocks(row, trial);
  if (decoded.length > 0) rows.push({ label: 'Decoded', blocks: decoded });
  if (trial.response !== null) rows.push({ label: 'Response', blocks: [responseBlock(row, trial, trial.response)] });
  if (trial.turns.length > 0) rows.push({ label: 'Turns', blocks: [turnsBlock(trial)] });
  return rows;
}

const whole = (text: MaskedText): string | null => (text.length === 1 && typeof text[0] === 'string' ? text[0] : null);
const sameText = (a: MaskedText, b: MaskedText): boolean => JSON.stringify(a) === JSON.stringify(b);

function promptBlocks(row: WithheldRow, trial: WithheldTrial): EvidenceBlock[] {
  const { original_prompt: original, prompt: sent } = trial;
  const transforms = row.transforms.length === 0 ? null : shortenName(row.transforms.join(' + '), 200);
  if (sent === null) return original === null ? [] : [quoted('original', 'Original', doNotRun, original)];
  if (original === null) {
    const caption = transforms === null ? 'Sent' : `Sent, after ${transforms}`;
    return [quoted('sent', caption, doNotRun, sent)];
  }
  if (sameText(original, sent)) {
    const caption = transforms === null ? 'Original, sent unchanged (no transform)' : 'Original, sent unchanged';
    return [quoted('sent', caption, doNotRun, sent)];
  }
  const caption = transforms === null ? 'Sent' : `Sent, after ${transforms}`;
  const [before, after] = [whole(original), whole(sent)];
  const first = quoted('original', 'Original', undefined, original);
  if (before === null || after === null || before.length + after.length > 20_000)
    return [first, quoted('sent', caption, doNotRun, sent)];
  const diff = diffPrompts(before, after);
  const legend = [
    diff.whole ? 'More than 60 % differs from the original; the whole prompt is marked as added.' : null,
    diff.added && !diff.whole ? 'Underlined on tint: added.' : null,
    diff.removed ? 'Struck out: removed.' : null,
    signLegend(after),
  ];
  return [first, { kind: 'evidence', role: 'sent', caption, note: doNotRun, inline: diff.spans, ...legendOf(legend) }];
}

const legendOf = (parts: readonly (string | null)[]): { legend?: string } => {
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? {} : { legend: said.join(' ') };
};

function quoted(
  role: EvidenceBlock['role'],
  caption: string,
  note: string | undefined,
  text: MaskedText,
): EvidenceBlock {
  const notes = [
    note,
    shortened(text) ? `${formatCount(lengthOf(text))} characters, the middle left out` : undefined,
  ].filter((one) => one !== undefined);
  return {
    kind: 'evidence',
    role,
    caption,
    ...(notes.length === 0 ? {} : { note: notes.join('; ') }),
    inline: quotedSpans(text),
    ...legendOf([signLegend(textOf(text)), maskLegend(text)]),
  };
}

const textOf = (text: MaskedText): string => text.map((part) => (typeof part === 'string' ? part : '')).join('');
const shortened = (text: MaskedText): boolean =>
  text.some((part) => typeof part === 'string' && shortenField(part).cut !== null);

/** Nothing is left out without its count. */
function quotedSpans(text: MaskedText): Span[] {
  return asSpans(text).flatMap((span): Span[] => {
    if (span.masked !== undefined) return [span];
    const { head, cut } = shortenField(span.text);
    if (cut === null) return [span];
    return [{ text: head }, { text: `\n${omissionNote(cut.omitted)}\n`, tone: 'quiet' }, { text: cut.tail }];
  });
}

function signLegend(text: string): string | null {
  if (isPlain(text)) return null;
  for (const character of text.slice(0, 20_000)) {
    if (characterKind(character, character.codePointAt(0) ?? 0) !== 'plain') {
      return 'White on grey: a character that does not print here, as its code point.';
    }
  }
  return null;
}

function maskLegend(text: MaskedText): string | null {
  const count = maskedCharacters(text);
  return count === 0 ? null : `Black bar: ${plural(count, 'character')} masked.`;
}

function decodedBlocks(row: WithheldRow, trial: WithheldTrial): Block[] {
  const prompt = trial.prompt ?? trial.original_prompt;
  if (prompt === null) return [];
  const found = decodePrompt(textOf(prompt), row.transforms);
  if (found.length > 0) {
    return found.map(({ caption, text }): Block => ({
      kind: 'evidence',
      role: 'decoded',
      caption,
      note: 'derived by us, not sent as text',
      inline: quotedSpans([text]),
    }));
  }
  if (!suggestsEncoding(row.transforms)) return [];
  return [
    { kind: 'prose', role: 'small', inline: [{ text: 'Not decoded', strong: true }] },
    {
      kind: 'prose',
      role: 'text',
      inline: [{ text: 'None of our decoders turns all of this prompt into text.', tone: 'quiet' }],
    },
  ];
}

function responseBlock(row: WithheldRow, trial: WithheldTrial, response: MaskedText): EvidenceBlock {
  // How many trials of a hit were tried is not in its file.
  const best = row.coverage === 'hits_only' ? 'Best hit' : 'Best trial';
  const caption = row.trials > 1 ? `${best}, ${formatCount(trial.number)} of ${formatCount(row.trials)}` : 'Answer';
  const count = lengthOf(response);
  const empty = count === 0;
  const shown = shortened(response) ? 'the middle left out' : 'shown in full';
  const note = empty
    ? 'empty answer'
    : maskedCharacters(response) > 0
      ? plural(count, 'character')
      : `${plural(count, 'character')}, ${shown}`;
  const spans = quotedSpans(response);
  const scored = markTriggers(spans, trial.triggers);
  return {
    kind: 'evidence',
    role: 'response',
    caption,
    note,
    inline: empty ? [{ text: '[empty]', tone: 'quiet' }] : scored.inline,
    ...legendOf([
      scored.found ? 'Underlined on tint: the words that the source names as the reason.' : null,
      signLegend(textOf(response)),
      maskLegend(response),
    ]),
  };
}

/** Marks the source's own trigger words; without any there is no mark and no guess. */
function markTriggers(spans: readonly Span[], triggers: readonly string[]): { inline: Inline; found: boolean } {
  const wanted = triggers.filter((trigger) => trigger.trim() !== '').slice(0, 50);
  if (wanted.length === 0) return { inline: spans, found: false };
  let found = false;
  const inline = spans.flatMap((span): Span[] => {
    if (span.masked !== undefined || span.tone) return [span];
    const parts: Span[] = [];
    let at = 0;
    while (at < span.text.length) {
      const next = nearest(span.text, wanted, at);
      if (!next) break;
      found = true;
      if (next.from > at) parts.push({ ...span, text: span.text.slice(at, next.from) });
      parts.push({ ...span, text: span.text.slice(next.from, next.to), marked: true });
      at = next.to;
    }
    return at < span.text.length ? [...parts, { ...span, text: span.text.slice(at) }] : parts;
  });
  return { inline, found };
}

function nearest(text: string, wanted: readonly string[], from: number): { from: number; to: number } | null {
  let best: { from: number; to: number } | null = null;
  for (const trigger of wanted) {
    const at = text.indexOf(trigger, from);
    if (at >= 0 && (best === null || at < best.from)) best = { from: at, to: at + trigger.length };
  }
  return best;
}

const mostTurns = 60;

function turnsBlock(trial: WithheldTrial): Block {
  const all = trial.turns;
  const kept = all.length <= mostTurns ? all : [...all.slice(0, mostTurns / 2), ...all.slice(-mostTurns / 2)];
  const turns = kept.map((turn, index): TurnContent => {
    const number = index < mostTurns / 2 || all.length <= mostTurns ? index + 1 : all.length - mostTurns + index + 1;
    return { number, speaker: speakerOf(turn.role), inline: quotedSpans(turn.content) };
  });
  const omitted = all.length - kept.length;
  const masked = all.reduce((sum, turn) => sum + maskedCharacters(turn.content), 0);
  const end = [
    `End of trial ${formatCount(trial.number)}: ${plural(all.length, 'turn')}.`,
    ...(omitted > 0
      ? [`Turns ${mostTurns / 2 + 1} to ${all.length - mostTurns / 2} (${plural(omitted, 'turn')}) are left out.`]
      : []),
    ...(masked > 0 ? [`Black bars: ${plural(masked, 'character')} masked.`] : []),
  ];
  return { kind: 'turns', turns, end: end.join(' ') };
}

function speakerOf(role: string): TurnContent['speaker'] {
  const name = role.toLowerCase();
  if (['user', 'attacker', 'human'].includes(name)) return 'Attacker';
  if (['assistant', 'target', 'model', 'bot', 'ai'].includes(name)) return 'Target';
  if (['judge', 'evaluator', 'grader'].includes(name)) return 'Judge';
  return ['system', 'developer'].includes(name) ? 'System' : 'Other';
}
