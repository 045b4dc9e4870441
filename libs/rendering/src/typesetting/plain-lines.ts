import { face } from '../fonts/faces.ts';
import type { FaceName } from '../fonts/font-files.ts';
import type { FontFace } from '../fonts/font-face.ts';
import type { FamilyName } from '../theme/type-scale.ts';
import { isDrawnPlainly, manyLineEnds } from './gate.ts';
import { isSoftBreak } from '../text/name-words.ts';
import { endInName, tolerance } from './line-ends.ts';
import { kerned } from './measure.ts';
import type { PassageStyle, TextLine } from './styled-text.ts';

const space = 0x20;
const newline = 0x0a;
/** Letters and signs of the scripts that neither join nor break between letters stand below. */
const highest = 0x2100;
const unknown = 0;
const plain = 1;
const other = 2;
const softBreak = 3;

/** What a face is asked of each character of a report, filled in as they come. */
interface PlainFace {
  readonly name: FaceName;
  readonly font: FontFace;
  readonly kerning: boolean;
  /** Whether it draws a character alone, as it stands. */
  readonly kinds: Uint8Array;
  /** In thousandths of the size. */
  readonly advances: Float64Array;
}

const faces = new Map<FaceName, PlainFace>();

function drawnFace(family: FamilyName, bold: boolean): PlainFace {
  const name: FaceName = bold ? boldOf[family] : family;
  let found = faces.get(name);
  if (found === undefined) {
    const [kinds, advances] = [new Uint8Array(highest), new Float64Array(highest)];
    found = { name, font: face(name), kerning: kerned(name), kinds, advances };
    faces.set(name, found);
  }
  return found;
}

const boldOf = { Arimo: 'Arimo-Bold', Tinos: 'Tinos-Bold', Cousine: 'Cousine-Bold' } as const;

/**
 * The lines of a text that one face draws letter by letter, as nearly all are: the same that any text is broken into, without
 * the cells that others need. Null for what is not so plain.
 */
export function plainLines(text: string, style: PassageStyle, width: number): TextLine[] | null {
  if (text.includes(manyLineEnds)) return null;
  const drawn = drawnFace(style.family, style.bold);
  const { advances, font, kerning, kinds, name } = drawn;
  const { length } = text;
  const scale = style.size / 1000;
  const limit = width + tolerance;
  const lines: TextLine[] = [];
  let start = 0;
  for (;;) {
    /** Widths of the line up to `i`: with the spaces at its end, and without. */
    let x = 0;
    let inked = 0;
    /** Where the line may end, and its widths up to there. */
    let atSpace = -1;
    let xAtSpace = 0;
    let inkedAtSpace = 0;
    let inName = -1;
    let i = start;
    let full = false;
    /** What a character is kerned with: none begins a text, or stands behind a space or a line end. */
    let before = start === 0 ? 0 : kernedWith(text.charCodeAt(start - 1));
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code === newline) break;
      if (code >= highest) return null;
      let kind = kinds[code];
      if (kind === unknown) kind = learn(code, drawn, style);
      if (kind === other) return null;
      let advance = advances[code] ?? 0;
      if (kerning && before !== 0) advance += font.kern(before, code);
      const wide = x + advance * scale;
      if (code === space) {
        x = wide;
        before = 0;
        atSpace = i + 1;
        xAtSpace = x;
        inkedAtSpace = inked;
        continue;
      }
      if (wide > limit && i > start) {
        full = true;
        break;
      }
      x = inked = wide;
      before = code;
      if (kind !== softBreak) continue;
      const following = text.charCodeAt(i + 1);
      // NaN at the end of the text.
      if (following > space && !isSoftBreak(following)) inName = i + 1;
    }
    if (full && atSpace > start) {
      i = atSpace;
      x = xAtSpace;
      inked = inkedAtSpace;
    } else if (full) {
      const end = endInName(start, i, inName, (at) => text.charCodeAt(at));
      if (end < i) {
        i = end;
        x = inked = wordWidth(text, start, end, drawn, scale);
      }
    }
    lines.push(lineOf(start === 0 && i === length ? text : text.slice(start, i), name, x, inked, style));
    if (i === length) return lines;
    start = full ? i : i + 1;
  }
}

/** Of letters without a space between them; in the order in which they are added up on the way. */
function wordWidth(
  text: string,
  start: number,
  end: number,
  { advances, font, kerning }: PlainFace,
  scale: number,
): number {
  let width = 0;
  let before = start === 0 ? 0 : kernedWith(text.charCodeAt(start - 1));
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    let advance = advances[code] ?? 0;
    if (kerning && before !== 0) advance += font.kern(before, code);
    width += advance * scale;
    before = code;
  }
  return width;
}

const kernedWith = (code: number): number => (code === space || code === newline ? 0 : code);

const lineOf = (text: string, name: FaceName, runWidth: number, width: number, style: PassageStyle): TextLine =>
  text === ''
    ? { runs: [], width: 0 }
    : { runs: [{ kind: 'text', text, face: name, x: 0, width: runWidth, style }], width };

function learn(code: number, { advances, font, kinds, name }: PlainFace, style: PassageStyle): number {
  const kind = !isDrawnPlainly(code, name, style) ? other : isSoftBreak(code) ? softBreak : plain;
  kinds[code] = kind;
  if (kind !== other) advances[code] = font.advance(code);
  return kind;
}
