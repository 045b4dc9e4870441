import { garakCategory, garakIntentCategory, type Turn } from '#domain';

import { asList, asName, asRecord, asText, type JsonRecord } from '../reading/json-value.ts';

/** What garak's two files share: how it names runs and detectors, and how it writes messages down. */

/** Key of an attempt. The hit log names the same attempt by other fields, so that both files meet in one run. */
export function attemptKey(uuid: string, probe: string, seq: number): string {
  return `${uuid}/${probe}/${seq}`;
}

/** `garak.detectors.judge.Refusal` and `judge.Refusal` are one detector. */
export function detectorName(name: string): string {
  return name.replace(/^(?:garak\.)?detectors?\./, '');
}

/** A message: `{text, lang, …}` since 0.11, a bare string before. Undefined where garak got nothing. */
export function messageText(message: unknown): string | undefined {
  return asText(message) ?? asText(asRecord(message)?.['text']);
}

/** Turns of a conversation: `{turns: [{role, content}]}`, a list of messages, or a bare string. */
export function turnsOf(conversation: unknown): readonly Turn[] {
  if (typeof conversation === 'string') return [{ role: 'user', content: conversation }];
  const turns = asRecord(conversation)?.['turns'] ?? conversation;
  return asList(turns).flatMap((turn) => {
    const { role, content } = asRecord(turn) ?? {};
    const text = messageText(content);
    return text === undefined ? [] : [{ role: asName(role) ?? 'user', content: text }];
  });
}

/** What an attempt is after. */
export interface GarakGoal {
  readonly goal: string | undefined;
  readonly category: string;
}

/**
 * A probe of a fork may try several intents, and names their code on the attempt: then the intent's own text is the goal, or its
 * code beside that of the probe. The category is the intent's where its text says so, never guessed from a code.
 */
export function garakGoal(row: JsonRecord, probe: string): GarakGoal {
  const stub = asRecord(asRecord(row['notes'])?.['stub']);
  const text = asName(stub?.['_content']);
  const ofProbe = asName(row['goal']);
  const intent = asName(row['intent']);
  const category = garakCategory(probe);
  if (intent === undefined) return { goal: ofProbe ?? text, category };
  const told = asName(stub?.['intent']) ?? intent;
  if (text !== undefined && told === intent) return { goal: text, category: garakIntentCategory(text) ?? category };
  return { goal: ofProbe === undefined ? `intent ${intent}` : `${ofProbe} (intent ${intent})`, category };
}

/** What was sent to the target last: the last user turn, else the last turn of any role. */
export function promptText(turns: readonly Turn[]): string | undefined {
  return (turns.findLast(({ role }) => role === 'user') ?? turns.at(-1))?.content;
}

/** Rule 6: the run's buffs, the probe's augmentation, and the encoding that the probe is named after. */
export function garakTransforms(probe: string, augmentation: unknown, buffs: readonly string[]): readonly string[] {
  const [, encoding] = /(?:^|\.)encoding\.(.+)$/.exec(probe) ?? [];
  return [
    ...new Set([...buffs.map(buffName), ...[asName(augmentation), encoding].filter((name) => name !== undefined)]),
  ];
}

/** `encoding.Base64` in the set-up is `Base64` on the attempt. */
function buffName(buff: string): string {
  return buff.slice(buff.lastIndexOf('.') + 1);
}
