import { face } from '../fonts/faces.ts';
import type { ShapedCluster } from '../fonts/shaping-face.ts';
import { cellKind, type LineCells, type LinePiece } from './line-cells.ts';
import { type LineOrder, mirrored, visualOrder } from './line-order.ts';
import type { LineRun, TextLine } from './styled-text.ts';

/** A line with words whose letters join or move: cells that stand side by side both in the text and on the page make a run. */
export function orderedLine(cells: LineCells, start: number, end: number, order: LineOrder | null): TextLine {
  const fromRight = order !== null && (order.bases[start] ?? 0) % 2 === 1;
  const visual = order
    ? visualOrder(cells, order, start, end)
    : Array.from({ length: end - start }, (_, index) => start + index);
  const hanging = widthOfLastSpaces(cells, start, end);
  const runs: { readonly at: number; readonly run: LineRun }[] = [];
  // Spaces at the end of a line hang over it, whichever side that is.
  let x = fromRight ? -hanging : 0;
  for (let i = 0; i < visual.length;) {
    const first = i++;
    const odd = isOdd(order, visual[first]);
    while (i < visual.length && joins(cells, order, visual[i - 1] ?? 0, visual[i] ?? 0)) i++;
    const members = visual.slice(first, i);
    const width = members.reduce((sum, cell) => sum + (cells.widths[cell] ?? 0), 0);
    const run = runOf(cells, members, odd, x, width);
    if (run) runs.push({ at: Math.min(members[0] ?? 0, members.at(-1) ?? 0), run });
    x += width;
  }
  // Readers of the file take text in the order of its operators: reading order, then.
  const inReadingOrder = runs.sort((a, b) => a.at - b.at).map(({ run }) => run);
  const width = fromRight ? x : x - hanging;
  return { runs: inReadingOrder, width, ...(fromRight ? { rightToLeft: true } : {}) };
}

function widthOfLastSpaces(cells: LineCells, start: number, end: number): number {
  let width = 0;
  for (let i = end - 1; i >= start && cells.kinds[i] === cellKind.space; i--) width += cells.widths[i] ?? 0;
  return width;
}

const isOdd = (order: LineOrder | null, at: number | undefined): boolean =>
  order !== null && at !== undefined && (order.levels[at] ?? 0) % 2 === 1;

/** Whether two cells that are drawn side by side are of one run. */
function joins(cells: LineCells, order: LineOrder | null, at: number, next: number): boolean {
  const odd = isOdd(order, at);
  if (odd !== isOdd(order, next) || next !== (odd ? at - 1 : at + 1)) return false;
  const [piece, following] = [cells.pieceAt(at), cells.pieceAt(next)];
  if (!following || piece?.kind !== following.kind) return false;
  if (piece.kind === 'shaped') return piece.face === following.face && piece.style === following.style;
  // Signs between words that run to the left: each stands on its own, so that they are read in their order.
  return piece.kind === 'text' && !odd && piece === following;
}

/** A run of cells from left to right. */
function runOf(
  cells: LineCells,
  members: readonly number[],
  odd: boolean,
  x: number,
  width: number,
): LineRun | undefined {
  const [first] = members;
  const piece = first === undefined ? undefined : cells.pieceAt(first);
  if (first === undefined || !piece) return undefined;
  const { kind, face: name, style, target } = piece;
  const last = members.at(-1) ?? first;
  const text = cells.text.slice(cells.starts[Math.min(first, last)], cells.starts[Math.max(first, last) + 1]);
  const run: LineRun = { kind, text, face: name, x, width, style, ...(target === undefined ? {} : { target }) };
  if (kind === 'shaped') {
    const clusters = members.flatMap((cell) => clusterOf(cells, cell) ?? []);
    return { ...run, glyphs: { clusters, rightToLeft: odd } };
  }
  const turned = odd && kind === 'text' ? mirroredSign(piece, text) : null;
  return turned ? { ...run, kind: 'shaped', glyphs: { clusters: [turned], rightToLeft: true } } : run;
}

function clusterOf(cells: LineCells, at: number): ShapedCluster | undefined {
  const piece = cells.pieceAt(at);
  return piece?.word?.clusters[at - (piece.from ?? 0)];
}

/** A bracket that is drawn as its counterpart and read as itself. */
function mirroredSign({ face: name }: LinePiece, text: string): ShapedCluster | null {
  const sign = mirrored(text)?.codePointAt(0);
  const font = face(name);
  if (sign === undefined || !font.covers(sign)) return null;
  return { text, advance: font.advance(sign), glyphs: [{ id: font.glyphOf(sign), x: 0, y: 0 }] };
}
