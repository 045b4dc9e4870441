import type { LineCell } from './line-cells.ts';
import { lineCells } from './line-cells.ts';
import type { LineRun, Passage, TextLine } from './styled-text.ts';

const ideograph =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303F\uFF00-\uFFEF]/u;
const notAtLineStart = /[、。，．：；！？）」』】〉》”’…ー々%‰℃,.:;!?)\]}]/u;
const notAtLineEnd = /[（「『【〈《“‘([{]/u;
/** Names break here when no space does. */
const softBreak = /[-_/.,;:|\\)\]}>=&?]/;

/** No script of this kind stands below U+1100. */
const isIdeograph = (text: string): boolean => text.charCodeAt(0) >= 0x1100 && ideograph.test(text);

/** Breaks passages into lines no wider than `width`: at spaces, between ideographs, inside names, in the end anywhere. */
export function breakLines(passages: readonly Passage[], width: number): TextLine[] {
  const cells = lineCells(passages);
  const lines: TextLine[] = [];
  let start = 0;
  let x = 0;
  let spaceBreak = -1;
  let nameBreak = -1;
  let i = 0;

  const cut = (end: number, next: number): void => {
    lines.push(lineOf(cells, start, end));
    start = next;
    x = 0;
    spaceBreak = -1;
    nameBreak = -1;
    i = next;
  };

  while (i < cells.length) {
    const cell = cells[i];
    if (!cell) break;
    if (cell.newline) {
      cut(i, i + 1);
      continue;
    }
    // A hair of tolerance: a text measured for its own column must fit it.
    if (!cell.space && x + cell.width > width + 0.01 && i > start) {
      const at = spaceBreak > start ? spaceBreak : nameBreak > start ? nameBreak : i;
      cut(at, at);
      continue;
    }
    x += cell.width;
    i++;
    if (cell.space) spaceBreak = i;
    else {
      const kind = breakAfter(cell, cells[i]);
      if (kind === 'line') spaceBreak = i;
      else if (kind === 'name') nameBreak = i;
    }
  }
  lines.push(lineOf(cells, start, cells.length));
  return lines;
}

function breakAfter(cell: LineCell, next: LineCell | undefined): 'line' | 'name' | null {
  if (!next || next.space || next.newline) return null;
  if (cell.kind === 'escape' || next.kind === 'escape') return 'line';
  if (cell.kind !== 'text' || next.kind !== 'text') return null;
  if (isIdeograph(cell.text) || isIdeograph(next.text)) {
    return notAtLineStart.test(next.text) || notAtLineEnd.test(cell.text) ? null : 'line';
  }
  return softBreak.test(cell.text) && !softBreak.test(next.text) ? 'name' : null;
}

function lineOf(cells: readonly LineCell[], start: number, end: number): TextLine {
  const runs: LineRun[] = [];
  let x = 0;
  let width = 0;
  let i = start;
  while (i < end) {
    const first = cells[i];
    if (!first) break;
    let text = first.text;
    let runWidth = first.width;
    const from = x;
    x += first.width;
    if (!first.space) width = x;
    i++;
    if (first.kind === 'text') {
      for (let next = cells[i]; i < end && next && joins(first, next); next = cells[i]) {
        text += next.text;
        runWidth += next.width;
        x += next.width;
        if (!next.space) width = x;
        i++;
      }
    }
    const run: LineRun = { kind: first.kind, text, face: first.face, x: from, width: runWidth, style: first.style };
    runs.push(first.target === undefined ? run : { ...run, target: first.target });
  }
  return { runs, width };
}

const joins = (a: LineCell, b: LineCell): boolean => b.kind === 'text' && a.face === b.face && a.style === b.style;
