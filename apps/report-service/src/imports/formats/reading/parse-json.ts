import { storableText } from './storable-text.ts';
import { excerpt, warn } from './warn.ts';
import type { ReadTally } from '../staged-record.ts';

/** Deeper JSON is refused: no tool writes it, and code that walks it would run out of stack. */
export const deepestJson = 64;

export class JsonFault extends Error {
  constructor(
    readonly type: 'json_invalid' | 'json_too_deep',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'JsonFault';
  }
}

/**
 * Reads JSON as red-team tools write it: NaN and Infinity (Python dumps) become null, NUL and lone surrogates become
 * visible escapes, both with a warning. Throws JsonFault.
 */
export function parseJson(source: string, tally: ReadTally): unknown {
  const value = parseLeniently(source, tally);
  // Raw NULs and surrogates cannot be in checked UTF-8 JSON, so only an escape can bring one.
  const cleanse = mayHoldUnstorable.test(source);
  return walk(value, cleanse, tally, 0);
}

const mayHoldUnstorable = /\\u(?:0000|[dD][89a-fA-F])/;

function parseLeniently(source: string, tally: ReadTally): unknown {
  try {
    return JSON.parse(source);
  } catch (cause) {
    const replaced = withoutNonFinite(source);
    if (replaced.count > 0) {
      try {
        const value: unknown = JSON.parse(replaced.source);
        warn(tally, 'NaN or Infinity read as null', replaced.count);
        return value;
      } catch {
        // The first fault is the one to report.
      }
    }
    const reason = cause instanceof Error ? cause.message : 'not JSON';
    throw new JsonFault('json_invalid', `Not valid JSON: ${excerpt(reason, 150)}`, { cause });
  }
}

function walk(value: unknown, cleanse: boolean, tally: ReadTally, depth: number): unknown {
  if (typeof value === 'string') return cleanse ? cleansed(value, tally) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepestJson) throw new JsonFault('json_too_deep', `JSON nested deeper than ${deepestJson} levels.`);
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) {
      const item: unknown = value[i];
      if (typeof item === 'object' || cleanse) value[i] = walk(item, cleanse, tally, depth + 1);
    }
    return value;
  }
  const members = value as Record<string, unknown>;
  if (!cleanse) {
    for (const key in members) {
      const member = members[key];
      if (typeof member === 'object') walk(member, false, tally, depth + 1);
    }
    return members;
  }
  return Object.fromEntries(
    Object.entries(members).map(([key, member]) => [cleansed(key, tally), walk(member, true, tally, depth + 1)]),
  );
}

function cleansed(text: string, tally: ReadTally): string {
  return storableText(text, (count) => {
    warn(tally, 'NUL or lone surrogate stored as a visible escape', count);
  });
}

/** Replaces the bare tokens NaN, Infinity and -Infinity by null; strings are skipped whole and never touched. */
export function withoutNonFinite(source: string): { readonly source: string; readonly count: number } {
  const pieces: string[] = [];
  let count = 0;
  let kept = 0;
  let at = 0;
  while (at < source.length) {
    const character = source.charCodeAt(at);
    if (character === quote) {
      at = endOfString(source, at);
      continue;
    }
    const token = nonFiniteTokens.find((candidate) => source.startsWith(candidate, at));
    if (token === undefined) {
      at += 1;
      continue;
    }
    pieces.push(source.slice(kept, at), 'null');
    at += token.length;
    kept = at;
    count += 1;
  }
  pieces.push(source.slice(kept));
  return { source: pieces.join(''), count };
}

const quote = 0x22;
const nonFiniteTokens = ['NaN', '-Infinity', 'Infinity'] as const;

function endOfString(source: string, start: number): number {
  let at = start + 1;
  while (at < source.length) {
    const character = source.charCodeAt(at);
    if (character === 0x5c) at += 2;
    else if (character === quote) return at + 1;
    else at += 1;
  }
  return at;
}
