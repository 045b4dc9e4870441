import type { FaceName } from '../fonts/font-files.ts';
import type { LaidOutPage } from '../layout/laid-out-report.ts';
import type { TextMark } from '../layout/marks.ts';
import type { RunGlyphs } from '../text/styled-text.ts';
import { number, rgb } from './operands.ts';
import type { At } from './page-drawing.ts';
import type { PdfDocument } from './pdf-document.ts';
import { VectorOperators } from './vector-operators.ts';
import { WrittenFont } from './written-fonts.ts';

/** Writes a page's operators itself: many times faster than a node for each line, and without ligatures. */
export class PageWriter {
  readonly #document: PdfDocument;
  readonly #fonts = new Map<FaceName, WrittenFont>();

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  /** What draws vectors, and above them texts, on the document's page of now. */
  operators({ placed }: Pick<LaidOutPage, 'placed'>): string {
    const { height, fonts } = this.#document.page;
    const vectors = new VectorOperators();
    const texts = new TextOperators(height, (name) => {
      const font = this.#font(name);
      fonts[font.id] ??= font.ref();
      return font;
    });
    for (const { y, marks } of placed) {
      for (const mark of marks) {
        switch (mark.kind) {
          case 'text':
            texts.add(mark, y);
            break;
          case 'rect':
          case 'line':
          case 'circle':
          case 'polygon':
            vectors.add(mark, y);
            break;
          case 'page_number':
          case 'link':
          case 'anchor':
          case 'image':
        }
      }
    }
    return vectors.end() + texts.end();
  }

  /** Names faces to the page of now: texts may be drawn on it later. */
  declare(faces: Iterable<FaceName>): void {
    const { fonts } = this.#document.page;
    for (const name of faces) {
      const font = this.#font(name);
      fonts[font.id] ??= font.ref();
    }
  }

  /** What draws texts on a page of this height whose faces were declared. */
  textOperators(texts: readonly At<TextMark>[], height: number): string {
    const operators = new TextOperators(height, (name) => this.#font(name));
    for (const { mark, y } of texts) operators.add(mark, y);
    return operators.end();
  }

  #font(name: FaceName): WrittenFont {
    const font = this.#fonts.get(name) ?? new WrittenFont(this.#document, name);
    this.#fonts.set(name, font);
    return font;
  }
}

const spanOf = (text: string): string =>
  `/Span <</ActualText <FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>>> BDC\n`;

class TextOperators {
  #drawn: string;
  #colour = '';
  #size = 0;
  #face: FaceName | null = null;
  #font: WrittenFont | null = null;
  /** Where the text before began, in hundredths: distances between them do not add up errors. */
  #left = 0;
  #baseline = 0;
  readonly #height: number;
  readonly #fontOf: (name: FaceName) => WrittenFont;

  constructor(height: number, fontOf: (name: FaceName) => WrittenFont) {
    this.#height = height;
    this.#fontOf = fontOf;
    // The page's space hangs from its top; letters must not.
    this.#drawn = `q 1 0 0 -1 0 ${number(height)} cm BT\n`;
  }

  add(mark: TextMark, y: number): void {
    if (mark.text === '') return;
    if (mark.face !== this.#face || mark.size !== this.#size || this.#font === null) {
      this.#font = mark.face === this.#face && this.#font ? this.#font : this.#fontOf(mark.face);
      this.#face = mark.face;
      this.#size = mark.size;
      this.#drawn += `/${this.#font.id} ${number(mark.size)} Tf\n`;
    }
    if (mark.colour !== this.#colour) this.#drawn += `${rgb((this.#colour = mark.colour))} rg\n`;
    const baseline = this.#height - y - mark.y;
    if (mark.glyphs === undefined) this.#show(mark.x, baseline, this.#font.shown(mark.text));
    else this.#showGlyphs(mark, mark.glyphs, baseline, this.#font);
  }

  #show(x: number, y: number, shown: string): void {
    const [left, baseline] = [Math.round(x * 100), Math.round(y * 100)];
    this.#drawn += `${(left - this.#left) / 100} ${(baseline - this.#baseline) / 100} Td ${shown}\n`;
    this.#left = left;
    this.#baseline = baseline;
  }

  /**
   * Each glyph at its place; who copies or searches is given the text itself. Readers put what runs to the left in order by
   * where it stands, so there a letter of one glyph is told by it, and only others by their text.
   */
  #showGlyphs(mark: TextMark, { clusters, rightToLeft }: RunGlyphs, baseline: number, font: WrittenFont): void {
    const { text, x, size } = mark;
    if (!rightToLeft) this.#drawn += spanOf(text);
    let pen = x;
    for (const cluster of clusters) {
      const codePoints = Array.from(cluster.text, (character) => character.codePointAt(0) ?? 0);
      const eachItsOwn = codePoints.length === cluster.glyphs.length;
      // What runs to the right has its whole text told: there the first glyph of a cluster may read as all of it.
      const read = cluster.glyphs.map(({ id }, index) => {
        if (eachItsOwn) return font.reads(id, codePoints.slice(index, index + 1));
        return index === 0 && !rightToLeft && font.reads(id, codePoints);
      });
      const told = rightToLeft && (cluster.glyphs.length > 1 || read.includes(false));
      if (told) this.#drawn += spanOf(cluster.text);
      for (const glyph of cluster.glyphs) {
        const at = (offset: number): number => (offset * size) / 1000;
        this.#show(pen + at(glyph.x), baseline + at(glyph.y), font.shownGlyph(glyph.id));
      }
      if (told) this.#drawn += 'EMC\n';
      pen += (cluster.advance * size) / 1000;
    }
    if (!rightToLeft) this.#drawn += 'EMC\n';
  }

  end(): string {
    return `${this.#drawn}ET Q`;
  }
}
