import { cellKind, lineCells, type LineCells } from './line-cells.ts';
import { lineOrder } from './line-order.ts';
import { orderedLine } from './ordered-line.ts';
import { plainLines } from './plain-lines.ts';
import { isSoftBreak } from '../text/name-words.ts';
import { endInName, tolerance } from './line-ends.ts';
import type { LineRun, Passage, TextLine } from './styled-text.ts';

const ideograph =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303F\uFF00-\uFFEF]/u;
const notAtLineStart = /[、。，．：；！？）」』】〉》”’…ー々%‰℃,.:;!?)\]}]/u;
const notAtLineEnd = /[（「『【〈《“‘([{]/u;
/** No script of this kind stands below U+1100. */
const lowestIdeograph = 0x1100;

/** Breaks passages into lines no wider than `width`: at spaces, between ideographs, between the words of names, in the end anywhere. */
export function breakLines(passages: readonly Passage[], width: number): TextLine[] {
  const [only, second] = passages;
  if (only?.kind === 'text' && second === undefined) {
    const plain = plainLines(only.text, only.style, width);
    if (plain !== null) return plain;
  }
  return breakCells(passages, width);
}

function breakCells(passages: readonly Passage[], width: number): TextLine[] {
  const cells = lineCells(passages);
  const { kinds, widths, length } = cells;
  const order = cells.rightToLeft ? lineOrder(cells) : null;
  const made = (from: number, to: number): TextLine =>
    cells.shaped ? orderedLine(cells, from, to, order) : lineOf(cells, from, to);
  const lines: TextLine[] = [];
  let start = 0;
  let x = 0;
  let spaceBreak = -1;
  let nameBreak = -1;
  let i = 0;

  const cut = (end: number, next: number): void => {
    lines.push(made(start, end));
    start = next;
    x = 0;
    spaceBreak = -1;
    nameBreak = -1;
    i = next;
  };

  while (i < length) {
    const kind = kinds[i];
    if (kind === cellKind.newline) {
      cut(i, i + 1);
      continue;
    }
    const cell = widths[i] ?? 0;
    if (kind !== cellKind.space && x + cell > width + tolerance && i > start) {
      const at = spaceBreak > start ? spaceBreak : endInName(start, i, nameBreak, (cell) => letterAt(cells, cell));
      cut(at, at);
      continue;
    }
    x += cell;
    i++;
    if (kind === cellKind.space) spaceBreak = i;
    else if (i < length && kinds[i] === cellKind.glyph) {
      const after = breakAfter(cells, i - 1);
      if (after === 'line') spaceBreak = i;
      else if (after === 'name') nameBreak = i;
    }
  }
  lines.push(made(start, length));
  return lines;
}

/** Between a cell and the glyph that follows it. */
function breakAfter(cells: LineCells, at: number): 'line' | 'name' | null {
  const { text, starts, piece } = cells;
  if (piece[at] !== piece[at + 1] || cells.pieceAt(at)?.kind !== 'text') {
    const [kind, next] = [cells.pieceAt(at)?.kind, cells.pieceAt(at + 1)?.kind];
    if (kind === 'escape' || next === 'escape') return 'line';
    if (kind === 'shaped' || next === 'shaped') {
      if (betweenThaiWords(cells, at)) return 'line';
    } else if (kind !== 'text' || next !== 'text') return null;
  }
  const [from, end] = [starts[at] ?? 0, starts[at + 1] ?? 0];
  const [code, following] = [text.charCodeAt(from), text.charCodeAt(end)];
  if (code >= lowestIdeograph || following >= lowestIdeograph) {
    const [cell, next] = [text.slice(from, end), text.slice(end, starts[at + 2])];
    if (ideograph.test(cell) || ideograph.test(next))
      return notAtLineStart.test(next) || notAtLineEnd.test(cell) ? null : 'line';
  }
  return isSoftBreak(code) && !isSoftBreak(following) ? 'name' : null;
}

/** Code of a cell that is one letter as it stands; NaN of any other, and behind the end. */
function letterAt(cells: LineCells, at: number): number {
  const from = cells.starts[at] ?? 0;
  const alone = at < cells.length && cells.kinds[at] === cellKind.glyph && cells.starts[at + 1] === from + 1;
  return alone && cells.pieceAt(at)?.kind === 'text' ? cells.text.charCodeAt(from) : Number.NaN;
}

function betweenThaiWords(cells: LineCells, at: number): boolean {
  const [word, next] = [cells.pieceAt(at)?.word, cells.pieceAt(at + 1)?.word];
  return word !== next && word?.script === 'Thai' && next?.script === 'Thai';
}

function lineOf(cells: LineCells, start: number, end: number): TextLine {
  const { kinds, piece, starts, text, widths } = cells;
  const runs: LineRun[] = [];
  let x = 0;
  let width = 0;
  let i = start;
  while (i < end) {
    const first = i;
    const of = cells.pieceAt(first);
    if (!of) break;
    const from = x;
    let runWidth = 0;
    do {
      const cell = widths[i] ?? 0;
      runWidth += cell;
      x += cell;
      if (kinds[i] !== cellKind.space) width = x;
      i++;
    } while (i < end && of.kind === 'text' && piece[i] === piece[first]);
    const { kind, face, style, target } = of;
    const run: LineRun = { kind, text: text.slice(starts[first], starts[i]), face, x: from, width: runWidth, style };
    runs.push(target === undefined ? run : { ...run, target });
  }
  return { runs, width };
}
