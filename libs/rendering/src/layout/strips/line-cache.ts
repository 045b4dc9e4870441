import type { Inline, Span } from '../../model/report-content.ts';
import { breakLines } from '../../typesetting/break-lines.ts';
import type { TextLine } from '../../typesetting/styled-text.ts';
import type { TypeRole, TypeScale } from '../../theme/type-scale.ts';
import { passages } from './passages.ts';

/** Longer sentences seldom come again; where they do, they are put together of several spans. */
const longestSpan = 64;
const longest = 500;
const generationSize = 2_000;

type Lines = readonly TextLine[];

/** Lines of one look and width, by their text: a key made of all three would be hashed anew each time. */
interface CachedWidth {
  readonly width: number;
  current: Map<string, Lines>;
  previous: Map<string, Lines>;
}

/**
 * Broken lines of short texts, in two generations. Labels, captions and the fixed texts of categories come again with every
 * finding; a text that is not asked for in a whole generation is dropped.
 */
class LineCache {
  /** By role and look; of each there are a few widths. */
  readonly #roles = new Map<TypeRole, Map<number, CachedWidth[]>>();
  readonly #scale: TypeScale;
  #count = 0;

  constructor(scale: TypeScale) {
    this.#scale = scale;
  }

  /** The lines of a text, broken anew unless they are cached. */
  get(inline: Inline, role: TypeRole, width: number, bold: boolean | undefined): Lines {
    const text = textKey(inline);
    if (text === null) return this.#broken(inline, role, width, bold);
    const cached = this.#widthOf(role, lookOf(inline, bold), width);
    let lines = cached.current.get(text);
    if (lines !== undefined) return lines;
    lines = cached.previous.get(text) ?? this.#broken(inline, role, width, bold);
    if (this.#count >= generationSize) this.#nextGeneration();
    cached.current.set(text, lines);
    this.#count++;
    return lines;
  }

  #broken(inline: Inline, role: TypeRole, width: number, bold: boolean | undefined): Lines {
    return breakLines(passages(inline, role, this.#scale, bold), width);
  }

  #widthOf(role: TypeRole, look: number, width: number): CachedWidth {
    let looks = this.#roles.get(role);
    if (looks === undefined) this.#roles.set(role, (looks = new Map<number, CachedWidth[]>()));
    let widths = looks.get(look);
    if (widths === undefined) looks.set(look, (widths = []));
    for (const cached of widths) if (cached.width === width) return cached;
    const cached: CachedWidth = { width, current: new Map(), previous: new Map() };
    widths.push(cached);
    return cached;
  }

  #nextGeneration(): void {
    for (const looks of this.#roles.values()) {
      for (const [look, widths] of looks) {
        const used = widths.filter(({ current }) => current.size > 0);
        for (const cached of used) [cached.previous, cached.current] = [cached.current, new Map<string, Lines>()];
        if (used.length > 0) looks.set(look, used);
        else looks.delete(look);
      }
    }
    this.#count = 0;
  }
}

const caches = new WeakMap<TypeScale, LineCache>();

export function lineCache(scale: TypeScale): LineCache {
  let cache = caches.get(scale);
  if (!cache) {
    cache = new LineCache(scale);
    caches.set(scale, cache);
  }
  return cache;
}

const isOwn = (span: Span): boolean =>
  span.link !== undefined || span.pageOf !== undefined || span.masked !== undefined;

/** Null for what is not cached: long texts, and those that lead to a place of their own. Lengths keep a text from posing as two. */
function textKey(inline: Inline): string | null {
  const [first] = inline;
  if (first === undefined) return '';
  if (inline.length === 1) return first.text.length > longestSpan || isOwn(first) ? null : first.text;
  let key = '';
  let length = 0;
  for (const span of inline) {
    length += span.text.length;
    if (length > longest || isOwn(span)) return null;
    key += `${spanLook(span)}|${span.text.length}|${span.text}`;
  }
  return key;
}

const tones = { quiet: 2, faint: 4, accent: 6 } as const;
const spanLook = ({ strong, tone, mono, marked, struck }: Span): number =>
  (strong ? 1 : 0) + (tone ? tones[tone] : 0) + (mono ? 8 : 0) + (marked ? 16 : 0) + (struck ? 32 : 0);

/** Looks of several spans stand with their texts. */
function lookOf(inline: Inline, bold: boolean | undefined): number {
  const [first] = inline;
  const look = inline.length === 1 && first !== undefined ? spanLook(first) : 64;
  return bold === undefined ? look : look + (bold ? 128 : 256);
}
