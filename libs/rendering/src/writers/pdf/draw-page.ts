import type { FaceName } from '../../fonts/font-files.ts';
import type { LaidOutPage } from '../../layout/paging/laid-out-report.ts';
import type { TextMark } from '../../layout/strips/marks.ts';
import type { RunGlyphs } from '../../typesetting/styled-text.ts';
import { rgb } from './operands.ts';
import { OperatorBytes } from './operator-bytes.ts';
import type { At } from './page-drawing.ts';
import type { PdfDocument, PdfPage } from './pdf-document.ts';
import { VectorOperators } from './vector-operators.ts';
import { WrittenFont } from './written-fonts.ts';

/** Writes a page's operators itself: many times faster than a node for each line, and without ligatures. */
export class PageWriter {
  readonly #document: PdfDocument;
  readonly #fonts = new Map<FaceName, WrittenFont>();
  readonly #vectors = new OperatorBytes();
  readonly #texts = new OperatorBytes();

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  /** What draws vectors, images, and above them texts, on a page of this height. Holds until the next page is written. */
  page({ placed }: Pick<LaidOutPage, 'placed'>, height: number, images: readonly PlacedImage[]): Uint8Array {
    this.#vectors.clear();
    this.#texts.clear();
    // As pdfkit's own pages: heights are counted from the top.
    this.#vectors.text('1 0 0 -1 0 ').number(height).text(' cm\n');
    const vectors = new VectorOperators(this.#vectors);
    const texts = new TextOperators(this.#texts, height, (name) => this.#font(name));
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
    vectors.end();
    for (const image of images) showImage(image, this.#vectors);
    texts.end();
    return this.#vectors.put(this.#texts.written()).written();
  }

  /** Faces that any page was drawn with, by their names on it. */
  get fonts(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(Array.from(this.#fonts.values(), (font) => [font.id, font.ref()]));
  }

  /** Names faces to a page of the document: texts will be drawn on it later. */
  declare(faces: Iterable<FaceName>, { fonts }: PdfPage): void {
    for (const name of faces) {
      const font = this.#font(name);
      fonts[font.id] ??= font.ref();
    }
  }

  /** What draws texts on a page of this height. Holds until the next is written. */
  textOperators(texts: readonly At<TextMark>[], height: number): Uint8Array {
    this.#texts.clear();
    const operators = new TextOperators(this.#texts, height, (name) => this.#font(name));
    for (const { mark, y } of texts) operators.add(mark, y);
    operators.end();
    return this.#texts.written();
  }

  /** What draws an image on a page whose heights are counted from the top. Holds until the next is written. */
  imageOperators(image: PlacedImage): Uint8Array {
    this.#vectors.clear();
    showImage(image, this.#vectors);
    return this.#vectors.written();
  }

  #font(name: FaceName): WrittenFont {
    const font = this.#fonts.get(name) ?? new WrittenFont(this.#document, name);
    this.#fonts.set(name, font);
    return font;
  }
}

interface PlacedImage {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function showImage({ label, x, y, width, height }: PlacedImage, out: OperatorBytes): void {
  out.text('q\n').number(width).text(' 0 0 ').number(-height).text(' ');
  out
    .number(x)
    .text(' ')
    .number(y + height)
    .text(` cm\n/${label} Do\nQ\n`);
}

const spanOf = (text: string): string =>
  `/Span <</ActualText <FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>>> BDC\n`;

class TextOperators {
  #colour = '';
  #size = 0;
  #face: FaceName | null = null;
  #font: WrittenFont | null = null;
  /** Where the text before began, in hundredths: distances between them do not add up errors. */
  #left = 0;
  #baseline = 0;
  readonly #out: OperatorBytes;
  readonly #height: number;
  readonly #fontOf: (name: FaceName) => WrittenFont;

  constructor(out: OperatorBytes, height: number, fontOf: (name: FaceName) => WrittenFont) {
    this.#out = out;
    this.#height = height;
    this.#fontOf = fontOf;
    // The page's space hangs from its top; letters must not.
    out.text('q 1 0 0 -1 0 ').number(height).text(' cm BT\n');
  }

  add(mark: TextMark, y: number): void {
    if (mark.text === '') return;
    const out = this.#out;
    if (mark.face !== this.#face || mark.size !== this.#size || this.#font === null) {
      this.#font = mark.face === this.#face && this.#font ? this.#font : this.#fontOf(mark.face);
      this.#face = mark.face;
      this.#size = mark.size;
      out.text('/').text(this.#font.id).text(' ').number(mark.size).text(' Tf\n');
    }
    if (mark.colour !== this.#colour) out.text(rgb((this.#colour = mark.colour))).text(' rg\n');
    const baseline = this.#height - y - mark.y;
    if (mark.glyphs === undefined) {
      this.#moveTo(mark.x, baseline);
      this.#font.show(mark.text, out);
      out.text('\n');
    } else this.#showGlyphs(mark, mark.glyphs, baseline, this.#font);
  }

  #moveTo(x: number, y: number): void {
    const left = Math.round(x * 100);
    const baseline = Math.round(y * 100);
    this.#out
      .hundredths(left - this.#left)
      .text(' ')
      .hundredths(baseline - this.#baseline)
      .text(' Td ');
    this.#left = left;
    this.#baseline = baseline;
  }

  /**
   * Each glyph at its place; who copies or searches is given the text itself. Readers put what runs to the left in order by
   * where it stands, so there a letter of one glyph is told by it, and only others by their text.
   */
  #showGlyphs(mark: TextMark, { clusters, rightToLeft }: RunGlyphs, baseline: number, font: WrittenFont): void {
    const { text, x, size } = mark;
    const out = this.#out;
    if (!rightToLeft) out.text(spanOf(text));
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
      if (told) out.text(spanOf(cluster.text));
      for (const glyph of cluster.glyphs) {
        const at = (offset: number): number => (offset * size) / 1000;
        this.#moveTo(pen + at(glyph.x), baseline + at(glyph.y));
        font.showGlyph(glyph.id, out);
        out.text('\n');
      }
      if (told) out.text('EMC\n');
      pen += (cluster.advance * size) / 1000;
    }
    if (!rightToLeft) out.text('EMC\n');
  }

  end(): void {
    this.#out.text('ET Q');
  }
}
