import type { FaceName } from '../../fonts/font-files.ts';
import { face } from '../../fonts/faces.ts';
import type { FontFace } from '../../fonts/font-face.ts';
import { kerned } from '../../typesetting/measure.ts';
import type { OperatorBytes } from './operator-bytes.ts';
import { fontOf } from './page-definition.ts';
import type { PdfDocument, PdfFont } from './pdf-document.ts';

/** ASCII, nearly all there is, is looked up in tables. */
const plain = 0x80;
/** Two bytes as they are; `noGlyph` for a character that did not come yet, or of which a byte must be escaped. */
const noGlyph = 0xffff;
/** A letter in parts, and `) -1234.56 (`. */
const mostOfCharacter = 16 + 16;
/** What is known of a pair of letters. */
const notMeasured = 0;
const notKerned = 1;
const kernedPair = 2;

/** A face as a document holds it: which glyphs it uses, and how texts are written in them. */
export class WrittenFont {
  readonly id: string;
  readonly #font: PdfFont;
  readonly #kerned: FontFace | null;
  readonly #plainGlyphs = new Uint16Array(plain).fill(noGlyph);
  /** Which pairs of ASCII are kerned. */
  readonly #pairs = new Uint8Array(plain * plain);
  readonly #glyphs = new Map<number, Uint8Array>();
  readonly #byId = new Map<number, Uint8Array>();
  readonly #kerns = new Map<number, Uint8Array>();

  constructor(document: PdfDocument, name: FaceName) {
    this.#font = document.provideFont(fontOf(name), name.endsWith('-Bold'), false);
    this.#kerned = kerned(name) ? face(name) : null;
    this.id = this.#font.id;
  }

  ref(): unknown {
    return this.#font.ref();
  }

  /** Writes what shows a text, without ligatures. */
  show(text: string, out: OperatorBytes): void {
    const { length } = text;
    const bytes = out.reserve(length * mostOfCharacter + 8);
    const plainGlyphs = this.#plainGlyphs;
    const pairs = this.#pairs;
    const kerns = this.#kerned !== null;
    let at = out.length;
    bytes[at++] = 0x5b; // [
    bytes[at++] = 0x28; // (
    let before = 0;
    for (let i = 0; i < length; i++) {
      let code = text.charCodeAt(i);
      if (code >= 0xd800 && code < 0xdc00) {
        code = text.codePointAt(i) ?? code;
        if (code > 0xffff) i++;
      }
      if (kerns && before !== 0) {
        const pair = code < plain && before < plain ? (pairs[before * plain + code] ?? notMeasured) : notMeasured;
        if (pair !== notKerned) at += this.#kern(before, code, bytes, at);
      }
      const glyph = code < plain ? (plainGlyphs[code] ?? noGlyph) : noGlyph;
      if (glyph === noGlyph) at += this.#put(code, bytes, at);
      else {
        bytes[at++] = glyph >> 8;
        bytes[at++] = glyph & 0xff;
      }
      // Nothing is kerned behind a space.
      before = code === 0x20 ? 0 : code;
    }
    out.length = at;
    out.text(')] TJ');
  }

  /**
   * Whether a glyph of the file reads as these characters to those that know nothing of the text it stands in. The first
   * that are asked for decide: a letter and its dots may be glyphs of their own, and the letter another's without them.
   */
  reads(id: number, codePoints: readonly number[]): boolean {
    const { subset, unicode } = this.#font;
    const own = subset.includeGlyph(id);
    const said = unicode[own];
    if (said === undefined || said.length === 0) unicode[own] = codePoints;
    return unicode[own]?.join() === codePoints.join();
  }

  /** Writes what shows one glyph of the file. */
  showGlyph(id: number, out: OperatorBytes): void {
    let glyph = this.#byId.get(id);
    if (glyph === undefined) {
      const { subset, widths, unicode, scale, font } = this.#font;
      const own = subset.includeGlyph(id);
      widths[own] ??= font.getGlyph(id).advanceWidth * scale;
      unicode[own] ??= [];
      glyph = literal(own.toString(16).padStart(4, '0'));
      this.#byId.set(id, glyph);
    }
    out.text('(').put(glyph).text(') Tj');
  }

  /** What moves a pair, and how many bytes that is. */
  #kern(before: number, code: number, bytes: Uint8Array, at: number): number {
    const kern = this.#kerned?.kern(before, code) ?? 0;
    if (before < plain && code < plain) this.#pairs[before * plain + code] = kern === 0 ? notKerned : kernedPair;
    if (kern === 0) return 0;
    let moved = this.#kerns.get(kern);
    if (moved === undefined) {
      moved = Buffer.from(`) ${Math.round(-kern * 100) / 100} (`, 'latin1');
      this.#kerns.set(kern, moved);
    }
    bytes.set(moved, at);
    return moved.length;
  }

  /** What shows a character, and how many bytes that is. */
  #put(code: number, bytes: Uint8Array, at: number): number {
    const glyph = this.#glyph(code);
    if (code < plain && glyph.length === 2) this.#plainGlyphs[code] = 256 * (glyph[0] ?? 0) + (glyph[1] ?? 0);
    bytes.set(glyph, at);
    return glyph.length;
  }

  #glyph(code: number): Uint8Array {
    let glyph = this.#glyphs.get(code);
    if (glyph === undefined) {
      glyph = literal(this.#font.encode(String.fromCodePoint(code))[0].join(''));
      this.#glyphs.set(code, glyph);
    }
    return glyph;
  }
}

/** Bytes as they stand between brackets: half as long as in hexadecimal. */
const literal = (hex: string): Uint8Array =>
  Buffer.from(
    Buffer.from(hex, 'hex')
      .toString('latin1')
      .replace(/[\\()]/g, String.raw`\$&`)
      .replaceAll('\r', String.raw`\r`),
    'latin1',
  );
