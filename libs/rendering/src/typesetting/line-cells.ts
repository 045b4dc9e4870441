import { face } from '../fonts/faces.ts';
import type { FaceName } from '../fonts/font-files.ts';
import { formatCount } from '../format/numbers.ts';
import type { Anchor } from '../model/report-content.ts';
import { gate } from './gate.ts';
import { kerned, measure } from './measure.ts';
import type { ShapedWord } from './shape-words.ts';
import { shapedScripts } from '../fonts/shaped-scripts.ts';
import type { LineRun, Passage, PassageStyle } from './styled-text.ts';

/** What neighbouring cells share. Text cells of one face and style next to each other are of one piece. */
export interface LinePiece {
  readonly kind: LineRun['kind'];
  readonly face: FaceName;
  readonly style: PassageStyle;
  readonly target?: Anchor;
  /** Of a `shaped` piece: a cell a cluster, from the cell `from` on. */
  readonly word?: ShapedWord;
  readonly from?: number;
}

/** Points around an escape: its ground reaches one point beyond the text, and the next stands off. */
export const escapePadding = { ground: 1, gap: 1 } as const;
const tabStop = 4;

export const cellKind = { glyph: 0, space: 1, newline: 2 } as const;

/**
 * The smallest things that lines are made of, in columns: an object for each letter of a large report is what memory and
 * garbage collection went to. Cells hold until the next passages are cut up.
 */
export class LineCells {
  length = 0;
  /** What is drawn, of all cells; cell `i` is `text` from `starts[i]` to `starts[i + 1]`. */
  text = '';
  pieces: LinePiece[] = [];
  /** Whether letters join or move, and whether any run from right to left: most texts have none of either. */
  shaped = false;
  rightToLeft = false;
  /** First and last cells of notes of ours, which take no part in the order of what they stand in. */
  readonly notes: (readonly [number, number])[] = [];
  widths = new Float64Array(1_024);
  starts = new Uint32Array(1_025);
  kinds = new Uint8Array(1_024);
  piece = new Uint32Array(1_024);

  clear(): void {
    this.length = 0;
    this.text = '';
    this.pieces = [];
    this.shaped = false;
    this.rightToLeft = false;
    this.notes.length = 0;
  }

  /** A cell of the last piece, whose drawn text ends `size` after that of the cell before. */
  push(width: number, kind: number, size: number): void {
    const at = this.length;
    if (at === this.kinds.length) this.#grow();
    this.widths[at] = width;
    this.kinds[at] = kind;
    this.piece[at] = this.pieces.length - 1;
    this.starts[at + 1] = (this.starts[at] ?? 0) + size;
    this.length = at + 1;
  }

  pieceAt(at: number): LinePiece | undefined {
    return this.pieces[this.piece[at] ?? 0];
  }

  #grow(): void {
    const capacity = 2 * this.kinds.length;
    const [widths, starts] = [new Float64Array(capacity), new Uint32Array(capacity + 1)];
    const [kinds, piece] = [new Uint8Array(capacity), new Uint32Array(capacity)];
    widths.set(this.widths);
    starts.set(this.starts);
    kinds.set(this.kinds);
    piece.set(this.piece);
    [this.widths, this.starts, this.kinds, this.piece] = [widths, starts, kinds, piece];
  }
}

/** Most passages that one report breaks at once are short: the room of a huge one is not kept. */
const keptRoom = 65_536;
let room = new LineCells();

export function lineCells(passages: readonly Passage[]): LineCells {
  if (room.kinds.length > keptRoom) room = new LineCells();
  room.clear();
  for (const passage of passages) {
    if (passage.kind === 'text') addText(room, passage.text, passage.style);
    else if (passage.kind === 'mask') addMask(room, passage.count, passage.style);
    else addPageNumber(room, passage.target, passage.style);
  }
  return room;
}

function addText(cells: LineCells, text: string, style: PassageStyle): void {
  for (const piece of gate(text, style.family, style.bold)) {
    if (piece.kind === 'text') addRun(cells, piece.text, piece.face, style);
    else if (piece.kind === 'escape') addEscape(cells, piece.text, style);
    else if (piece.kind === 'shaped') addWord(cells, piece.word, style);
    else {
      const noteStyle = { ...style, family: style.noteFamily ?? style.family };
      const from = cells.length;
      addText(cells, ` [${formatCount(piece.count)} more ${piece.of}] `, noteStyle);
      cells.notes.push([from, cells.length - 1]);
    }
  }
}

function addRun(cells: LineCells, text: string, name: FaceName, style: PassageStyle): void {
  const last = cells.pieces.at(-1);
  if (last?.kind !== 'text' || last.face !== name || last.style !== style)
    cells.pieces.push({ kind: 'text', face: name, style });
  const font = face(name);
  const scale = style.size / 1000;
  const kerning = kerned(name);
  let before = 0;
  let column = 0;
  /** What is drawn differs from the text in line ends, tabs and no-break spaces. */
  let drawn = '';
  let same = 0;
  for (let i = 0, size = 1; i < text.length; i += size) {
    const code = text.codePointAt(i) ?? 0x20;
    size = code > 0xffff ? 2 : 1;
    if (code === 0x0a) {
      drawn += text.slice(same, i);
      same = i + 1;
      cells.push(0, cellKind.newline, 0);
      before = 0;
      column = 0;
      continue;
    }
    if (code === 0x09) {
      // A tab moves to the next stop, as in a terminal.
      const blanks = tabStop - (column % tabStop);
      drawn += text.slice(same, i) + ' '.repeat(blanks);
      same = i + 1;
      for (let blank = 0; blank < blanks; blank++) cells.push(font.advance(0x20) * scale, cellKind.space, 1);
      column += blanks;
      before = 0;
      continue;
    }
    let glyph = code;
    if (code === 0xa0) {
      drawn += `${text.slice(same, i)} `;
      same = i + 1;
      glyph = 0x20;
    }
    let width = font.advance(glyph);
    if (kerning && before !== 0 && before !== 0x20) width += font.kern(before, glyph);
    cells.push(width * scale, code === 0x20 ? cellKind.space : cellKind.glyph, size);
    before = glyph;
    column++;
  }
  cells.text += same === 0 ? text : drawn + text.slice(same);
}

function addWord(cells: LineCells, word: ShapedWord, style: PassageStyle): void {
  cells.pieces.push({ kind: 'shaped', face: word.face, style, word, from: cells.length });
  cells.shaped = true;
  if (shapedScripts[word.script].rightToLeft) cells.rightToLeft = true;
  for (const { advance, text } of word.clusters) cells.push((advance * style.size) / 1000, cellKind.glyph, text.length);
  cells.text += word.text;
}

function addEscape(cells: LineCells, text: string, style: PassageStyle): void {
  const name = style.bold ? 'Cousine-Bold' : 'Cousine';
  const width = (measure(text, name) * style.size) / 1000 + 2 * (escapePadding.ground + escapePadding.gap);
  cells.pieces.push({ kind: 'escape', face: name, style });
  cells.push(width, cellKind.glyph, text.length);
  cells.text += text;
}

/** A bar as wide as the text that it withholds, up to a line's length that tells nothing more. */
function addMask(cells: LineCells, count: number, style: PassageStyle): void {
  const width = Math.min(count, 40) * 0.55 * style.size;
  cells.pieces.push({ kind: 'mask', face: 'Cousine', style });
  cells.push(width, cellKind.glyph, 0);
}

/** The number is known once all pages are laid out; room for four digits is kept. */
function addPageNumber(cells: LineCells, target: Anchor, style: PassageStyle): void {
  const name: FaceName = style.bold ? `${style.family}-Bold` : style.family;
  const width = (measure('0000', name) * style.size) / 1000;
  cells.pieces.push({ kind: 'page_of', face: name, style, target });
  cells.push(width, cellKind.glyph, 0);
}
