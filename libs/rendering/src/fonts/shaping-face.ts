import { readFileSync } from 'node:fs';
import * as fontkit from 'fontkit';
import type { Font, Glyph, GlyphRun } from 'fontkit';
import { type FaceName, fontFiles } from './font-files.ts';

/** A glyph at its place from the left end of its cluster's baseline, in thousandths of the font size; `y` upwards. */
interface PlacedGlyph {
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

/** Letters that are drawn as one, in reading order, with the glyphs that draw them. The first glyph is a base where there is one. */
export interface ShapedCluster {
  readonly text: string;
  readonly advance: number;
  readonly glyphs: readonly PlacedGlyph[];
}

/** Opens a cluster only at its first letter: what follows here belongs to the letter before. */
const continues = /^[\p{M}\u0E33]/u;
export const continuesCluster = (character: string): boolean => continues.test(character);

const dottedCircle = 0x25cc;

/** One font file whose letters join or move. */
class ShapingFace {
  readonly #font: Font;
  readonly #scale: number;
  readonly #covered = new Map<number, boolean>();
  /** A glyph that draws nothing. */
  readonly blank: number;

  constructor(name: FaceName) {
    const font = fontkit.create(readFileSync(fontFiles[name]));
    if (!('layout' in font)) throw new Error(`${name} is a font collection`);
    // fontkit keeps one glyph for an id, with the code points of its first use; here each use has its own.
    const kept = font.getGlyph.bind(font);
    font.getGlyph = (id, codePoints = []) =>
      Object.create(kept(id), { codePoints: { value: codePoints, enumerable: true } }) as Glyph;
    this.#font = font;
    this.#scale = 1000 / font.unitsPerEm;
    this.blank = font.glyphForCodePoint(0x20).id;
  }

  covers(codePoint: number): boolean {
    let covered = this.#covered.get(codePoint);
    if (covered === undefined) {
      covered = this.#font.hasGlyphForCodePoint(codePoint);
      this.#covered.set(codePoint, covered);
    }
    return covered;
  }

  /** The glyphs of a word in clusters, in reading order; null when the font cannot draw all of it. */
  shape(text: string, tag: string, rightToLeft: boolean): readonly ShapedCluster[] | null {
    try {
      // The type knows strings alone; fontkit takes glyphs as well.
      const glyphs = this.#inDrawingOrder(text) as unknown as string;
      const run = this.#font.layout(glyphs, undefined, tag, undefined, rightToLeft ? 'rtl' : 'ltr');
      return this.#clusters(run, text, rightToLeft);
    } catch {
      // Rare sequences make fontkit throw: they are printed as code points, as what no font covers.
      return null;
    }
  }

  /** Thai sara am is a ring and a letter; the ring stands below the tone marks that are typed before it. */
  #inDrawingOrder(text: string): Glyph[] {
    const glyphs: Glyph[] = [];
    const add = (codePoint: number, standsFor: number[]): void => {
      glyphs.push(this.#font.getGlyph(this.#font.glyphForCodePoint(codePoint).id, standsFor));
    };
    const characters = Array.from(text, (character) => character.codePointAt(0) ?? 0);
    characters.forEach((codePoint, index) => {
      let next = index;
      while (isThaiToneMark(characters[next])) next++;
      if (next > index && !isThaiToneMark(characters[index - 1]) && characters[next] === saraAm) add(nikhahit, []);
      const behindTone = codePoint === saraAm && isThaiToneMark(characters[index - 1]);
      add(behindTone ? saraAa : codePoint, [codePoint]);
    });
    return glyphs;
  }

  #clusters({ glyphs, positions }: GlyphRun, text: string, rightToLeft: boolean): readonly ShapedCluster[] | null {
    if (glyphs.some((glyph) => glyph.id === 0)) return null;
    const clusters: ShapedCluster[] = [];
    const count = glyphs.length;
    // Glyphs come as they are drawn, from left to right; clusters are found in reading order.
    const at = (index: number): number => (rightToLeft ? count - 1 - index : index);
    const missing = new Tally();
    let first = 0;
    let [from, end] = [0, 0];
    for (let i = 0; i < count; i++) {
      for (const codePoint of glyphs[at(i)]?.codePoints ?? []) {
        // Put there by the font, under a mark without a letter.
        if (codePoint === dottedCircle && !text.includes('\u25CC')) continue;
        missing.add(codePoint, 1);
        const expected = text.codePointAt(end) ?? -1;
        missing.add(expected, -1);
        end += expected > 0xffff ? 2 : 1;
      }
      const last = i === count - 1;
      const open = missing.open || end === from || (glyphs[at(i + 1)]?.codePoints.length ?? 1) === 0;
      if (!last && (open || continuesCluster(text.slice(end, end + 2)))) continue;
      const [left, right] = rightToLeft ? [at(i), at(first)] : [first, i];
      clusters.push(this.#cluster(text.slice(from, end), glyphs, positions, left, right));
      [from, first] = [end, i + 1];
    }
    return missing.open || end !== text.length ? null : clusters;
  }

  #cluster(
    text: string,
    glyphs: GlyphRun['glyphs'],
    positions: GlyphRun['positions'],
    left: number,
    right: number,
  ): ShapedCluster {
    const bases: PlacedGlyph[] = [];
    const marks: PlacedGlyph[] = [];
    let advance = 0;
    for (let i = left; i <= right; i++) {
      const [glyph, position] = [glyphs[i], positions[i]];
      if (!glyph || !position) continue;
      const placed = {
        id: glyph.id,
        x: (advance + position.xOffset) * this.#scale,
        y: position.yOffset * this.#scale,
      };
      (position.xAdvance > 0 ? bases : marks).push(placed);
      advance += position.xAdvance;
    }
    return { text, advance: advance * this.#scale, glyphs: [...bases, ...marks] };
  }
}

const nikhahit = 0x0e4d;
const saraAa = 0x0e32;
const saraAm = 0x0e33;
const isThaiToneMark = (codePoint: number | undefined): boolean =>
  codePoint !== undefined && codePoint >= 0x0e48 && codePoint <= 0x0e4b;

/** Compares what glyphs stand for with the text, whatever order the glyphs are in. */
class Tally {
  readonly #counts = new Map<number, number>();

  /** Whether one side holds what the other lacks. */
  get open(): boolean {
    return this.#counts.size > 0;
  }

  add(codePoint: number, by: 1 | -1): void {
    const count = (this.#counts.get(codePoint) ?? 0) + by;
    if (count === 0) this.#counts.delete(codePoint);
    else this.#counts.set(codePoint, count);
  }
}

const opened = new Map<FaceName, ShapingFace>();

/** Opens a face at its first use and keeps it. */
export function shapingFace(name: FaceName): ShapingFace {
  let found = opened.get(name);
  if (!found) {
    found = new ShapingFace(name);
    opened.set(name, found);
  }
  return found;
}
