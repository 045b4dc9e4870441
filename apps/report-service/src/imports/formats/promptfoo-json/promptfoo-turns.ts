import type { Turn } from '#domain';

import { asList, asName, asPrintedText, asRecord } from '../reading/json-value.ts';

/** A conversation, where a strategy of several turns kept one: chat messages, or pairs of prompt and output. */
export function promptfooTurns(...places: readonly unknown[]): readonly Turn[] | undefined {
  for (const place of places) {
    const metadata = asRecord(place);
    const turns = [
      ...fromMessages(metadata?.['messages']),
      ...(metadata?.['messages'] === undefined ? fromHistory(metadata?.['redteamHistory']) : []),
    ];
    if (turns.length > 0) return turns;
  }
  return undefined;
}

function fromMessages(messages: unknown): readonly Turn[] {
  return asList(messages).flatMap((message) => {
    const { role, content } = asRecord(message) ?? {};
    const text = asPrintedText(content);
    return text === undefined ? [] : [{ role: asName(role) ?? 'user', content: text }];
  });
}

function fromHistory(history: unknown): readonly Turn[] {
  return asList(history).flatMap((exchange) => {
    const { prompt, output } = asRecord(exchange) ?? {};
    const [sent, answer] = [asPrintedText(prompt), asPrintedText(output)];
    return [
      ...(sent === undefined ? [] : [{ role: 'user', content: sent }]),
      ...(answer === undefined ? [] : [{ role: 'assistant', content: answer }]),
    ];
  });
}
