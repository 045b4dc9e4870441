import { readFileSync } from 'node:fs';
import * as fontkit from 'fontkit';
import type { Font } from 'fontkit';
import { type FaceName, fontFiles } from './font-files.ts';

/** Pairs of ASCII letters, nearly all there are, are looked up in a table. */
const plain = 128;

/** Measures of one font file, in thousandths of its size, each looked up once. */
export class FontFace {
  readonly #font: Font;
  readonly #scale: number;
  readonly #advances = new Map<number, number>();
  readonly #kerns = new Map<string, number>();
  readonly #plainAdvances = new Float64Array(plain).fill(Number.NaN);
  readonly #plainKerns = new Float64Array(plain * plain).fill(Number.NaN);
  readonly #covered = new Map<number, boolean>();
  readonly ascent: number;
  readonly descent: number;

  constructor(readonly name: FaceName) {
    const font = fontkit.create(readFileSync(fontFiles[name]));
    if (!('layout' in font)) throw new Error(`${name} is a font collection`);
    this.#font = font;
    this.#scale = 1000 / font.unitsPerEm;
    this.ascent = font.ascent * this.#scale;
    this.descent = font.descent * this.#scale;
  }

  /** Whether the face draws this code point with a glyph that reads back as this code point. */
  covers(codePoint: number): boolean {
    let covered = this.#covered.get(codePoint);
    if (covered === undefined) {
      covered = this.#font.hasGlyphForCodePoint(codePoint) && this.#owns(codePoint);
      this.#covered.set(codePoint, covered);
    }
    return covered;
  }

  /** A glyph that several code points share can be read back as one of them only: the lowest that is no mere variant. */
  #owns(codePoint: number): boolean {
    const sharing = this.#font.stringsForGlyph(this.#font.glyphForCodePoint(codePoint).id);
    const proper = sharing.filter((text) => text.normalize('NFKC') === text);
    const owners = proper.length > 0 ? proper : sharing;
    return Math.min(...owners.map((text) => text.codePointAt(0) ?? 0)) === codePoint;
  }

  advance(codePoint: number): number {
    if (codePoint >= plain) return this.#advanceOf(codePoint);
    let advance = this.#plainAdvances[codePoint] ?? Number.NaN;
    if (Number.isNaN(advance)) {
      advance = this.#advanceOf(codePoint);
      this.#plainAdvances[codePoint] = advance;
    }
    return advance;
  }

  #advanceOf(codePoint: number): number {
    let advance = this.#advances.get(codePoint);
    if (advance === undefined) {
      advance = this.#font.glyphForCodePoint(codePoint).advanceWidth * this.#scale;
      this.#advances.set(codePoint, advance);
    }
    return advance;
  }

  /** Number of the glyph in the file. */
  glyphOf(codePoint: number): number {
    return this.#font.glyphForCodePoint(codePoint).id;
  }

  /** What the pair of code points moves together (negative) or apart. */
  kern(left: number, right: number): number {
    if (left >= plain || right >= plain) return this.#kernOf(String.fromCodePoint(left, right));
    const at = left * plain + right;
    let kern = this.#plainKerns[at] ?? Number.NaN;
    if (Number.isNaN(kern)) {
      kern = this.#kernOf(String.fromCodePoint(left, right));
      this.#plainKerns[at] = kern;
    }
    return kern;
  }

  #kernOf(pair: string): number {
    let kern = this.#kerns.get(pair);
    if (kern === undefined) {
      const { positions, glyphs } = this.#font.layout(pair, { liga: false, clig: false });
      const [first] = positions;
      kern = glyphs.length === 2 && first ? (first.xAdvance - (glyphs[0]?.advanceWidth ?? 0)) * this.#scale : 0;
      this.#kerns.set(pair, kern);
    }
    return kern;
  }
}
