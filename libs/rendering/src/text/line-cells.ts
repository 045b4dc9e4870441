import { face } from '../fonts/faces.ts';
import type { FaceName } from '../fonts/font-files.ts';
import { formatCount } from '../content/numbers.ts';
import type { Anchor } from '../content/report-content.ts';
import { gate } from './gate.ts';
import { kerned, measure } from './measure.ts';
import type { LineRun, Passage, PassageStyle } from './styled-text.ts';

/** The smallest thing that a line is made of. */
export interface LineCell {
  readonly kind: LineRun['kind'];
  readonly text: string;
  readonly face: FaceName;
  readonly width: number;
  readonly style: PassageStyle;
  readonly space: boolean;
  readonly newline: boolean;
  readonly target?: Anchor;
}

/** Points around an escape: its ground reaches one point beyond the text, and the next stands off. */
export const escapePadding = { ground: 1, gap: 1 } as const;
const tabStop = 4;

export function lineCells(passages: readonly Passage[]): LineCell[] {
  const cells: LineCell[] = [];
  for (const passage of passages) {
    if (passage.kind === 'text') addText(cells, passage.text, passage.style);
    else if (passage.kind === 'mask') addMask(cells, passage.count, passage.style);
    else addPageNumber(cells, passage.target, passage.style);
  }
  return cells;
}

function addText(cells: LineCell[], text: string, style: PassageStyle): void {
  for (const piece of gate(text, style.family, style.bold)) {
    if (piece.kind === 'text') addRun(cells, piece.text, piece.face, style);
    else if (piece.kind === 'escape') addEscape(cells, piece.text, style);
    else {
      const noteStyle = { ...style, family: style.noteFamily ?? style.family };
      addText(cells, ` [${formatCount(piece.count)} more invisible characters] `, noteStyle);
    }
  }
}

function addRun(cells: LineCell[], text: string, name: FaceName, style: PassageStyle): void {
  const font = face(name);
  const scale = style.size / 1000;
  const kerning = kerned(name);
  let before = '';
  let column = 0;
  for (const character of text) {
    if (character === '\n') {
      cells.push({ kind: 'text', text: '', face: name, width: 0, style, space: false, newline: true });
      before = '';
      column = 0;
      continue;
    }
    if (character === '\t') {
      // A tab moves to the next stop, as in a terminal.
      const blanks = tabStop - (column % tabStop);
      for (let i = 0; i < blanks; i++) {
        cells.push({
          kind: 'text',
          text: ' ',
          face: name,
          width: font.advance(0x20) * scale,
          style,
          space: true,
          newline: false,
        });
      }
      column += blanks;
      before = '';
      continue;
    }
    const space = character === ' ';
    const drawn = character === '\u00A0' ? ' ' : character;
    let width = font.advance(drawn.codePointAt(0) ?? 0x20);
    if (kerning && before !== '' && before !== ' ') width += font.kern(before, drawn);
    cells.push({ kind: 'text', text: drawn, face: name, width: width * scale, style, space, newline: false });
    before = drawn;
    column++;
  }
}

function addEscape(cells: LineCell[], text: string, style: PassageStyle): void {
  const name = style.bold ? 'Cousine-Bold' : 'Cousine';
  const width = (measure(text, name) * style.size) / 1000 + 2 * (escapePadding.ground + escapePadding.gap);
  cells.push({ kind: 'escape', text, face: name, width, style, space: false, newline: false });
}

/** A bar as wide as the text that it withholds, up to a line's length that tells nothing more. */
function addMask(cells: LineCell[], count: number, style: PassageStyle): void {
  const width = Math.min(count, 40) * 0.55 * style.size;
  cells.push({ kind: 'mask', text: '', face: 'Cousine', width, style, space: false, newline: false });
}

/** The number is known once all pages are laid out; room for four digits is kept. */
function addPageNumber(cells: LineCell[], target: Anchor, style: PassageStyle): void {
  const name: FaceName = style.bold ? `${style.family}-Bold` : style.family;
  const width = (measure('0000', name) * style.size) / 1000;
  cells.push({ kind: 'page_of', text: '', face: name, width, style, space: false, newline: false, target });
}
