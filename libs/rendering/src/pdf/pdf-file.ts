import { setImmediate } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import type { Anchor } from '../content/report-content.ts';
import type { LaidOutPage, OutlineEntry, PageNumber } from '../layout/laid-out-report.ts';
import type { FaceName } from '../fonts/font-files.ts';
import type { LinkMark, PageNumberMark, TextMark } from '../layout/marks.ts';
import { escapeHidden } from '../text/escape-hidden.ts';
import { measure } from '../text/measure.ts';
import type { Geometry } from '../theme/geometry.ts';
import { PageWriter } from './draw-page.ts';
import type { DocumentInfo } from './open-document.ts';
import { openDocument } from './open-document.ts';
import { pageDefinition } from './page-definition.ts';
import type { At, AtText, PageDrawing } from './page-drawing.ts';
import { aside, isText, pageDrawing } from './page-drawing.ts';
import type { PdfDocument, PdfImage, PdfOutline, PdfReference } from './pdf-document.ts';

/** A page that has left but for its numbers. */
interface WrittenPage {
  readonly dictionary: PdfReference<Record<string, unknown>>;
  readonly height: number;
  /** A stream of its own, drawn over the page: texts that wait for numbers. */
  readonly late: PdfReference;
  readonly texts: readonly AtText[];
  /** From 0, set at the end. */
  index: number;
}

/** What all pages share. */
export interface Sheet {
  readonly geometry: Geometry;
  readonly pageNumber: PageNumber;
}

/** Points above a place that a link shows with it. */
const leeway = 12;
const nothing = { vectors: [], images: [], texts: [], links: [], anchors: [] } satisfies PageDrawing;

/** A page is a few thousand bytes: a small window finds as much in it, and what a longer search saves is a fourteenth. */
const packing = { level: 1, windowBits: 13 } as const;

function pack(content: PdfReference): void {
  const drawn = Buffer.concat(content.buffer.splice(0));
  content.compress = false;
  content.data = { Filter: 'FlateDecode' };
  content.buffer.push(deflateSync(drawn, packing));
}

/** Numbers are known at the end, and glyphs that join are placed one by one: what pdfmake cannot draw of a page, we draw with all its texts. */
const waits = ({ texts }: PageDrawing): boolean =>
  !texts.every((text) => isText(text) && text.mark.glyphs === undefined);

/**
 * A PDF whose pages leave as they come, in whatever order: the file's list of pages, written last, says how they follow each
 * other. What a page says of others, its number and theirs, is a small stream of its own, written when all are known; so are
 * the places that links lead to.
 */
export class PdfFile {
  readonly #document: PdfDocument;
  readonly #writer: PageWriter;
  readonly #geometry: Geometry;
  readonly #pageNumber: PageNumber;
  readonly #numberFaces: readonly FaceName[];
  readonly #parts: WrittenPage[][] = [];
  readonly #images = new Map<Uint8Array, PdfImage>();
  readonly #places = new Map<Anchor, { readonly page: WrittenPage; readonly y: number }>();
  readonly #targets = new Map<Anchor, PdfReference>();

  private constructor(document: PdfDocument, { geometry, pageNumber }: Sheet) {
    this.#document = document;
    this.#geometry = geometry;
    this.#pageNumber = pageNumber;
    this.#numberFaces = pageNumber(0, 1).flatMap((mark) => (mark.kind === 'text' ? [mark.face] : []));
    this.#writer = new PageWriter(document);
  }

  /** Pages known from the start: bounded ones are drawn by pdfmake, long sections by ourselves. */
  static async open(
    first: readonly { readonly part: number; readonly page: LaidOutPage }[],
    info: DocumentInfo,
    sheet: Sheet,
  ): Promise<PdfFile> {
    const drawings = first.map(({ page }) => (page.bulk ? nothing : pageDrawing(page)));
    const content = drawings.map((drawing, index) =>
      pageDefinition({ ...drawing, texts: waits(drawing) ? [] : drawing.texts.filter(isText) }, index === 0),
    );
    const document = await openDocument(content, info, sheet.geometry);
    const file = new PdfFile(document, sheet);
    first.forEach(({ part, page }, index) => {
      document.switchToPage(index);
      file.#write(part, page, page.bulk ? aside(page) : (drawings[index] ?? nothing), page.bulk);
    });
    file.#flush(file.#parts.flat().map(({ dictionary }) => dictionary));
    return file;
  }

  add(part: number, page: LaidOutPage): void {
    const { width, height } = this.#geometry;
    this.#document.addPage({ size: [width, height], margin: 0 });
    const { content } = this.#document.page;
    this.#write(part, page, aside(page), true);
    pack(content);
    this.#flush([this.#document.page.dictionary]);
  }

  /** What is written so far and was not read. */
  read(): Uint8Array | null {
    return this.#document.read() as Uint8Array | null;
  }

  /** Writes what had to wait; what is left to read follows. */
  async *finish(outline: readonly OutlineEntry[]): AsyncGenerator<Uint8Array, undefined> {
    const pages = this.#parts.flat();
    pages.forEach((page, index) => (page.index = index));
    for (const page of pages) {
      this.#endPage(page, pages.length);
      if (page.index % 500 !== 499) continue;
      await setImmediate();
      const bytes = this.read();
      if (bytes) yield bytes;
    }
    this.#document._root.data.Pages.data.Kids = pages.map(({ dictionary }) => dictionary);
    this.#addOutline(this.#document.outline, outline);
    for (const [name, target] of this.#targets) this.#endTarget(name, target);
    this.#document.end();
    for await (const bytes of this.#document) yield bytes as Uint8Array;
  }

  /** On the document's page of now. */
  #write(part: number, laidOut: LaidOutPage, drawing: PageDrawing, ours: boolean): void {
    const document = this.#document;
    const { page } = document;
    if (ours) document.addContent(this.#writer.operators(laidOut));
    // A short page is read in its order, so its texts wait with its numbers; of a long section the numbers come last.
    const texts = ours || waits(drawing) ? drawing.texts : [];
    for (const { mark, y } of drawing.images)
      document.image(this.#image(mark.png), mark.x, y + mark.y, { width: mark.width, height: mark.height });
    for (const link of drawing.links) page.annotations.push(this.#annotation(link));
    const late = document.ref({});
    page.dictionary.data['Contents'] = [page.content, late];
    this.#writer.declare(this.#numberFaces);
    this.#writer.declare(texts.map(({ mark }) => mark.face));
    const written = { dictionary: page.dictionary, height: page.height, late, texts, index: 0 };
    (this.#parts[part] ??= []).push(written);
    for (const { mark, y } of drawing.anchors) this.#places.set(mark.name, { page: written, y: y + mark.y });
  }

  /** Of a page that is in the file only its number is needed: its links are let go. */
  #flush(pages: readonly PdfReference<Record<string, unknown>>[]): void {
    this.#document.flushPages();
    for (const page of pages) page.data = { MediaBox: page.data['MediaBox'] };
  }

  #endPage({ texts, late, index, height }: WrittenPage, total: number): void {
    const written = texts.map((text) => (isText(text) ? text : this.#numbered(text)));
    const own = this.#pageNumber(index, total).flatMap((mark) => (mark.kind === 'text' ? [{ mark, y: 0 }] : []));
    const operators = this.#writer.textOperators([...written, ...own], height);
    // A few words would be longer packed.
    late.compress = operators.length > 400;
    late.end(operators);
  }

  #numbered({ mark, y }: At<PageNumberMark>): At<TextMark> {
    const place = this.#places.get(mark.target);
    const text = place ? String(place.page.index + 1) : '–';
    const { face, size, colour } = mark;
    const x = mark.align === 'right' ? mark.x - (measure(text, face) * size) / 1000 : mark.x;
    return { mark: { kind: 'text', x, y: mark.y, text, face, size, colour }, y };
  }

  #image(png: Uint8Array): PdfImage {
    const image =
      this.#images.get(png) ?? this.#document.openImage(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
    this.#images.set(png, image);
    return image;
  }

  #annotation({ mark, y }: At<LinkMark>): object {
    const bottom = this.#geometry.height - y - mark.y - mark.height;
    const rectangle = [mark.x, bottom, mark.x + mark.width, bottom + mark.height];
    return {
      Type: 'Annot',
      Subtype: 'Link',
      Rect: rectangle,
      Border: [0, 0, 0],
      F: 4,
      Dest: this.#target(mark.target),
    };
  }

  /** Stands for a place before it is known where that is. */
  #target(name: Anchor): PdfReference {
    const target = this.#targets.get(name) ?? this.#document.ref([]);
    this.#targets.set(name, target);
    return target;
  }

  #endTarget(name: Anchor, target: PdfReference): void {
    const place = this.#places.get(name);
    const top = place ? place.page.height - Math.max(0, place.y - leeway) : 0;
    target.data = place ? [place.page.dictionary, 'XYZ', null, top, null] : null;
    target.end();
  }

  #addOutline(parent: PdfOutline, entries: readonly OutlineEntry[]): void {
    for (const { title, anchor, children } of entries) {
      if (!this.#places.has(anchor)) continue;
      const item = parent.addItem(escapeHidden(title, 90), { expanded: false });
      item.dictionary.data['Dest'] = this.#target(anchor);
      this.#addOutline(item, children);
    }
  }
}
