import type { Span } from '../model/report-content.ts';
import { charactersOf } from '../text/characters-of.ts';

interface PromptDiff {
  readonly spans: readonly Span[];
  readonly added: boolean;
  readonly removed: boolean;
  /** Too different for a comparison by words: all of it is marked. */
  readonly whole: boolean;
}

/** Words that a comparison table may have on each side. */
const longestSide = 600;
const wholeFrom = 0.6;

/** What was sent, with what the original lacked marked and what it had more struck out. */
export function diffPrompts(original: string, sent: string): PromptDiff {
  const before = words(original);
  const after = words(sent);
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const removed = before.slice(start, before.length - end);
  const added = after.slice(start, after.length - end);
  const marked: PromptDiff = { spans: [{ text: sent, marked: true }], added: true, removed: false, whole: true };
  if (removed.length > longestSide || added.length > longestSide) return marked;

  const middle = align(removed, added);
  const kept =
    characters(before.slice(0, start).join('')) +
    characters(before.slice(before.length - end).join('')) +
    middle.common;
  if (1 - kept / Math.max(1, characters(original), characters(sent)) > wholeFrom) return marked;
  const spans: Span[] = [
    { text: after.slice(0, start).join('') },
    ...middle.spans,
    { text: after.slice(after.length - end).join('') },
  ];
  return {
    spans: joined(spans),
    added: spans.some((span) => span.marked),
    removed: spans.some((span) => span.struck),
    whole: false,
  };
}

/** Words, the spaces between them, and runs of characters that do not print, which would else hide inside a word. */
const words = (text: string): string[] => text.match(/[\p{Cf}\p{Co}\p{Cn}]+|\s+|[^\s\p{Cf}\p{Co}\p{Cn}]+/gu) ?? [];
const characters = (text: string): number => charactersOf(text).length;

/** Longest common subsequence of words. */
function align(before: readonly string[], after: readonly string[]): { spans: Span[]; common: number } {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const spans: Span[] = [];
  let [i, j, common] = [0, 0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      spans.push({ text: old });
      common += characters(old);
      i++;
      j++;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      spans.push({ text: old, struck: true });
      i++;
    } else if (fresh !== undefined) {
      spans.push({ text: fresh, marked: true });
      j++;
    }
  }
  return { spans, common };
}

function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (span.text === '') continue;
    if (last && last.marked === span.marked && last.struck === span.struck) {
      result[result.length - 1] = { ...last, text: last.text + span.text };
    } else result.push(span);
  }
  return result;
}
