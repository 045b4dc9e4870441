import type { FaceName } from '../fonts/font-files.ts';
import { face } from '../fonts/faces.ts';
import type { FontFace } from '../fonts/font-face.ts';
import { kerned } from '../text/measure.ts';
import { number } from './operands.ts';
import { fontOf } from './page-definition.ts';
import type { PdfDocument, PdfFont } from './pdf-document.ts';

/** Words of a report come again and again; those of a hostile one need not be kept. */
const mostWords = 20_000;

/** A face as a document holds it: which glyphs it uses, and how words are written in them. */
export class WrittenFont {
  readonly id: string;
  readonly #font: PdfFont;
  readonly #kerned: FontFace | null;
  readonly #glyphs = new Map<string, string>();
  readonly #byId = new Map<number, string>();
  readonly #words = new Map<string, string>();

  constructor(document: PdfDocument, name: FaceName) {
    this.#font = document.provideFont(fontOf(name), name.endsWith('-Bold'), false);
    this.#kerned = kerned(name) ? face(name) : null;
    this.id = this.#font.id;
  }

  ref(): unknown {
    return this.#font.ref();
  }

  /** What shows a text, without ligatures. */
  shown(text: string): string {
    let codes = '';
    // Nothing is kerned behind a space: up to it a word is always written alike.
    for (let from = 0, end = 0; from < text.length; from = end) {
      end = text.indexOf(' ', from) + 1 || text.length;
      codes += this.#word(end - from === text.length ? text : text.slice(from, end));
    }
    return `[(${codes})] TJ`;
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

  /** What shows one glyph of the file. */
  shownGlyph(id: number): string {
    let glyph = this.#byId.get(id);
    if (glyph === undefined) {
      const { subset, widths, unicode, scale, font } = this.#font;
      const own = subset.includeGlyph(id);
      widths[own] ??= font.getGlyph(id).advanceWidth * scale;
      unicode[own] ??= [];
      glyph = `(${literal(own.toString(16).padStart(4, '0'))}) Tj`;
      this.#byId.set(id, glyph);
    }
    return glyph;
  }

  #word(word: string): string {
    let written = this.#words.get(word);
    if (written === undefined) {
      written = this.#write(word);
      if (this.#words.size >= mostWords) this.#words.clear();
      this.#words.set(word, written);
    }
    return written;
  }

  #write(word: string): string {
    let codes = '';
    let before = 0;
    for (const character of word) {
      const code = character.codePointAt(0) ?? 0x20;
      if (this.#kerned && before !== 0) {
        const kern = this.#kerned.kern(before, code);
        if (kern !== 0) codes += `) ${number(-kern)} (`;
      }
      codes += this.#glyph(character);
      before = code;
    }
    return codes;
  }

  #glyph(character: string): string {
    let glyph = this.#glyphs.get(character);
    if (glyph === undefined) {
      glyph = literal(this.#font.encode(character)[0].join(''));
      this.#glyphs.set(character, glyph);
    }
    return glyph;
  }
}

/** Bytes as they stand between brackets, a character each: half as long as in hexadecimal. */
const literal = (hex: string): string =>
  Buffer.from(hex, 'hex')
    .toString('latin1')
    .replace(/[\\()]/g, String.raw`\$&`)
    .replaceAll('\r', String.raw`\r`);
