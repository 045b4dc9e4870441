import bidiFactory from 'bidi-js';
import type { Bidi } from 'bidi-js';
import { cellKind, type LineCells } from './line-cells.ts';

// A CommonJS module that is its function itself; its types promise a `default`.
const bidi = (bidiFactory as unknown as () => Bidi)();

/** What an escape, a mask or a picture is to the order of the text around it: a neutral sign. */
const neutral = '\uFFFC';
const isolateStart = '\u2066';
const isolateEnd = '\u2069';

/** The directions of a text by the Unicode Bidirectional Algorithm, a level a cell; odd ones run from right to left. */
export interface LineOrder {
  readonly levels: Uint8Array;
  /** Levels of the paragraphs that the cells stand in. */
  readonly bases: Uint8Array;
}

/**
 * Every cell is one character to the algorithm. Controls that steer direction are escapes by now, hence neutral: the
 * only isolates are ours, around our notes.
 */
export function lineOrder(cells: LineCells): LineOrder {
  const signs = Array.from({ length: cells.length }, (_, at) => signOf(cells, at));
  for (const [first, last] of cells.notes) {
    signs[first] = isolateStart;
    signs[last] = isolateEnd;
  }
  const { levels, paragraphs } = bidi.getEmbeddingLevels(signs.join(''));
  const bases = new Uint8Array(cells.length);
  for (const { start, end, level } of paragraphs) bases.fill(level, start, end + 1);
  return { levels, bases };
}

function signOf(cells: LineCells, at: number): string {
  if (cells.kinds[at] === cellKind.newline) return '\n';
  const { kind } = cells.pieceAt(at) ?? {};
  if (kind !== 'text' && kind !== 'shaped') return neutral;
  const from = cells.starts[at] ?? 0;
  const code = cells.text.charCodeAt(from);
  if (code < 0xd800 || code > 0xdfff) return cells.text.charAt(from);
  return /^\p{L}/u.test(cells.text.slice(from, from + 2)) ? 'x' : neutral;
}

/** The cells of a line from left to right: rule L1 for the spaces at its end, L2 for the rest. */
export function visualOrder(cells: LineCells, order: LineOrder, start: number, end: number): readonly number[] {
  const levels = order.levels.slice(start, end);
  const base = order.bases[start] ?? 0;
  for (let i = end - 1; i >= start && cells.kinds[i] === cellKind.space; i--) levels[i - start] = base;
  const visual = Array.from(levels, (_, index) => start + index);
  let highest = 0;
  let lowestOdd = Number.POSITIVE_INFINITY;
  for (const level of levels) {
    if (level > highest) highest = level;
    if (level % 2 === 1 && level < lowestOdd) lowestOdd = level;
  }
  for (let level = highest; level >= lowestOdd; level--) {
    for (let i = 0; i < levels.length; i++) {
      if ((levels[i] ?? 0) < level) continue;
      const from = i;
      while (i < levels.length && (levels[i] ?? 0) >= level) i++;
      reverse(visual, from, i - 1);
    }
  }
  return visual;
}

function reverse(list: number[], from: number, to: number): void {
  for (let [a, b] = [from, to]; a < b; a++, b--) [list[a], list[b]] = [list[b] ?? 0, list[a] ?? 0];
}

/** Rule L4: what a bracket looks like where text runs from right to left. */
export const mirrored = (character: string): string | null => bidi.getMirroredCharacter(character);
