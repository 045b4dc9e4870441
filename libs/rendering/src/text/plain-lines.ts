import { face } from '../fonts/faces.ts';
import type { FaceName } from '../fonts/font-files.ts';
import type { FontFace } from '../fonts/font-face.ts';
import type { FamilyName } from '../theme/type-scale.ts';
import { isDrawnPlainly, manyLineEnds } from './gate.ts';
import { isSoftBreak, tolerance } from './line-ends.ts';
import { kerned } from './measure.ts';
import type { PassageStyle, TextLine } from './styled-text.ts';

const space = 0x20;
const newline = 0x0a;
/** Letters and signs of the scripts that neither join nor break between letters stand below. */
const highest = 0x2100;
const unknown = 0;
const plain = 1;
const other = 2;

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

/** Widths of the characters of the text that is being broken. */
let widths = new Float64Array(4_096);
/** The room of a huge text is not kept. */
const keptRoom = 65_536;

/**
 * The lines of a text that one face draws letter by letter, as nearly all are: the same that any text is broken into, without
 * the cells that others need. Null for what is not so plain.
 */
export function plainLines(text: string, style: PassageStyle, width: number): TextLine[] | null {
  const drawn = drawnFace(style.family, style.bold);
  if (!measured(text, drawn, style) || text.includes(manyLineEnds)) return null;
  const { length } = text;
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
    let xInName = 0;
    let inkedInName = 0;
    let i = start;
    let full = false;
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code === newline) break;
      const wide = x + (widths[i] ?? 0);
      if (code === space) {
        x = wide;
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
      if (!isSoftBreak(code)) continue;
      const following = text.charCodeAt(i + 1);
      // NaN at the end of the text.
      if (following > space && !isSoftBreak(following)) {
        inName = i + 1;
        xInName = x;
        inkedInName = inked;
      }
    }
    if (full && atSpace > start) {
      i = atSpace;
      x = xAtSpace;
      inked = inkedAtSpace;
    } else if (full && inName > start) {
      i = inName;
      x = xInName;
      inked = inkedInName;
    }
    lines.push(lineOf(start === 0 && i === length ? text : text.slice(start, i), drawn.name, x, inked, style));
    if (i === length) return lines;
    start = full ? i : i + 1;
  }
}

const lineOf = (text: string, name: FaceName, runWidth: number, width: number, style: PassageStyle): TextLine =>
  text === ''
    ? { runs: [], width: 0 }
    : { runs: [{ kind: 'text', text, face: name, x: 0, width: runWidth, style }], width };

/** Fills in the widths; false at the first character that is not plain. */
function measured(text: string, drawn: PlainFace, style: PassageStyle): boolean {
  const { advances, font, kerning, kinds } = drawn;
  const { length } = text;
  if (widths.length < length || (widths.length > keptRoom && length <= keptRoom))
    widths = new Float64Array(Math.max(4_096, 2 * length));
  const into = widths;
  const scale = style.size / 1000;
  let before = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === newline) {
      into[i] = 0;
      before = 0;
      continue;
    }
    if (code >= highest) return false;
    if (kinds[code] === unknown) learn(code, drawn, style);
    if (kinds[code] === other) return false;
    let advance = advances[code] ?? 0;
    if (kerning && before !== 0) advance += font.kern(before, code);
    into[i] = advance * scale;
    // Nothing is kerned behind a space.
    before = code === space ? 0 : code;
  }
  return true;
}

function learn(code: number, { advances, font, kinds, name }: PlainFace, style: PassageStyle): void {
  kinds[code] = isDrawnPlainly(code, name, style) ? plain : other;
  if (kinds[code] === plain) advances[code] = font.advance(code);
}
