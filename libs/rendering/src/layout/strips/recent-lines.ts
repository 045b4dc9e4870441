import type { Inline, Span } from '../../model/report-content.ts';
import { breakLines } from '../../typesetting/break-lines.ts';
import type { TextLine } from '../../typesetting/styled-text.ts';
import type { TypeRole, TypeScale } from '../../theme/type-scale.ts';
import { passages } from './passages.ts';

/** Longer sentences seldom come again; where they do, they are put together of several spans. */
const longestSpan = 64;
const longest = 500;
const mostOfAnAge = 2_000;

type Lines = readonly TextLine[];

/** What was broken in one look to one width, by its text: keys made of all that would be hashed anew each time. */
interface Shelf {
  readonly width: number;
  young: Map<string, Lines>;
  old: Map<string, Lines>;
}

/**
 * Lines of texts that were broken lately. Labels, captions and the fixed texts of categories come again with every finding;
 * what did not come again while thousands of others did is let go.
 */
export class RecentLines {
  /** By role and look; of each there are a few widths. */
  readonly #roles = new Map<TypeRole, Map<number, Shelf[]>>();
  readonly #scale: TypeScale;
  #count = 0;

  constructor(scale: TypeScale) {
    this.#scale = scale;
  }

  /** The lines of a text, broken anew unless that was done lately. */
  get(inline: Inline, role: TypeRole, width: number, bold: boolean | undefined): Lines {
    const text = textKey(inline);
    if (text === null) return this.#broken(inline, role, width, bold);
    const shelf = this.#shelf(role, lookOf(inline, bold), width);
    let lines = shelf.young.get(text);
    if (lines !== undefined) return lines;
    lines = shelf.old.get(text) ?? this.#broken(inline, role, width, bold);
    if (this.#count >= mostOfAnAge) this.#age();
    shelf.young.set(text, lines);
    this.#count++;
    return lines;
  }

  #broken(inline: Inline, role: TypeRole, width: number, bold: boolean | undefined): Lines {
    return breakLines(passages(inline, role, this.#scale, bold), width);
  }

  #shelf(role: TypeRole, look: number, width: number): Shelf {
    let looks = this.#roles.get(role);
    if (looks === undefined) this.#roles.set(role, (looks = new Map<number, Shelf[]>()));
    let shelves = looks.get(look);
    if (shelves === undefined) looks.set(look, (shelves = []));
    for (const shelf of shelves) if (shelf.width === width) return shelf;
    const shelf: Shelf = { width, young: new Map(), old: new Map() };
    shelves.push(shelf);
    return shelf;
  }

  #age(): void {
    for (const looks of this.#roles.values()) {
      for (const [look, shelves] of looks) {
        const used = shelves.filter(({ young }) => young.size > 0);
        for (const shelf of used) [shelf.old, shelf.young] = [shelf.young, new Map<string, Lines>()];
        if (used.length > 0) looks.set(look, used);
        else looks.delete(look);
      }
    }
    this.#count = 0;
  }
}

const scales = new WeakMap<TypeScale, RecentLines>();

export function recentLines(scale: TypeScale): RecentLines {
  let recent = scales.get(scale);
  if (!recent) {
    recent = new RecentLines(scale);
    scales.set(scale, recent);
  }
  return recent;
}

const isOwn = (span: Span): boolean =>
  span.link !== undefined || span.pageOf !== undefined || span.masked !== undefined;

/** Null for what is not kept: long texts, and those that lead to a place of their own. Lengths keep a text from posing as two. */
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
