import { setImmediate } from 'node:timers/promises';
import type { Anchor } from '../../model/report-content.ts';
import type { OutlineEntry } from '../../model/list-sections.ts';
import type { PageNumber, PlacedPage } from '../../layout/paging/laid-out-report.ts';
import type { FaceName } from '../../fonts/font-files.ts';
import type { LinkMark, PageNumberMark, TextMark } from '../../layout/strips/marks.ts';
import { escapeHidden } from '../../text/escape-hidden.ts';
import { measure } from '../../typesetting/measure.ts';
import type { Geometry } from '../../theme/geometry.ts';
import { PageWriter } from './draw-page.ts';
import { type DocumentInfo, openDocument } from './open-document.ts';
import { pageDefinition } from './page-definition.ts';
import { aside, type At, type AtText, isText, pageDrawing, type PageDrawing } from './page-drawing.ts';
import type { PdfDocument, PdfImage, PdfOutline, PdfReference } from './pdf-document.ts';
import { pack } from './packing/pack.ts';
import { PagePacker } from './packing/page-packer.ts';
import { operands, referenceTo, writeObject, writePacked } from './write-object.ts';

/** A page that has left but for its numbers. */
interface WrittenPage {
  readonly dictionary: PdfReference;
  readonly height: number;
  /** A stream of its own, drawn over the page: texts that wait for numbers. */
  readonly late: PdfReference;
  readonly texts: readonly AtText[];
  /** From 0, set at the end. */
  index: number;
}

/** What all pages share. */
interface Sheet {
  readonly geometry: Geometry;
  readonly pageNumber: PageNumber;
}

/** Points above a place that a link shows with it. */
const leeway = 12;

/** A few words would be longer packed. */
const worthPacking = 400;

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
  /** Faces and images of all pages that we write ourselves: known, and written, at the end. */
  readonly #resources: PdfReference;
  readonly #packer = new PagePacker();

  private constructor(document: PdfDocument, { geometry, pageNumber }: Sheet) {
    this.#document = document;
    this.#geometry = geometry;
    this.#pageNumber = pageNumber;
    this.#numberFaces = pageNumber(0, 1).flatMap((mark) => (mark.kind === 'text' ? [mark.face] : []));
    this.#writer = new PageWriter(document);
    this.#resources = document.ref({});
  }

  /** Pages known from the start: bounded ones are drawn by pdfmake, long sections by ourselves. */
  static async open(first: readonly PlacedPage[], info: DocumentInfo, sheet: Sheet): Promise<PdfFile> {
    const drawings = first.map(({ page }) => (page.ofLongSection ? null : pageDrawing(page)));
    const bounded = drawings.filter((drawing) => drawing !== null);
    const content = bounded.map((drawing, index) =>
      pageDefinition({ ...drawing, texts: waits(drawing) ? [] : drawing.texts.filter(isText) }, index === 0),
    );
    const document = await openDocument(content, info, sheet.geometry);
    const file = new PdfFile(document, sheet);
    try {
      let drawn = 0;
      for (const [index, placed] of first.entries()) {
        const drawing = drawings[index] ?? null;
        if (drawing === null) await file.addAll([placed]);
        else {
          document.switchToPage(drawn++);
          file.#complete(placed.part, drawing);
        }
      }
      document.flushPages();
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Pages of long sections, each written as soon as it is packed: they do not pile up. */
  async addAll(pages: readonly PlacedPage[]): Promise<void> {
    for (const page of pages) {
      this.#add(page);
      if (this.#packer.behind) await this.#packer.settle();
    }
  }

  #add({ part, page }: PlacedPage): void {
    const document = this.#document;
    const { width, height } = this.#geometry;
    const { texts, links, anchors, images } = aside(page);
    const [dictionary, content, late] = [document.ref({}), document.ref({}), document.ref({})];
    const placed = images.map(({ mark, y }) => ({ ...mark, y: y + mark.y, label: this.#image(mark.png).label }));
    this.#packer.add(this.#writer.page(page, height, placed), (packed) => {
      writePacked(document, content, packed);
    });
    const annotations = links.length === 0 ? '' : `\n/Annots [${links.map((link) => this.#link(link)).join(' ')}]`;
    writeObject(
      document,
      dictionary,
      `<<\n/Type /Page\n/Parent ${referenceTo(document._root.data.Pages)}\n/MediaBox [0 0 ${operands([width, height])}]\n/Contents [${referenceTo(content)} ${referenceTo(late)}]\n/Resources ${referenceTo(this.#resources)}${annotations}\n>>`,
    );
    this.#enter(part, { dictionary, height, late, texts, index: 0 }, anchors);
  }

  /** To be called whether or not the file was finished. */
  close(): Promise<void> {
    return this.#packer.end();
  }

  /** What is written so far and was not read. */
  read(): Uint8Array | null {
    return this.#document.read() as Uint8Array | null;
  }

  /** Writes what had to wait; what is left to read follows. */
  async *finish(outline: readonly OutlineEntry[]): AsyncGenerator<Uint8Array, undefined> {
    const document = this.#document;
    await this.#packer.finish();
    const pages = this.#parts.flat();
    pages.forEach((page, index) => (page.index = index));
    for (const page of pages) {
      this.#endPage(page, pages.length);
      if (page.index % 500 !== 499) continue;
      await setImmediate();
      const bytes = this.read();
      if (bytes) yield bytes;
    }
    const images = Array.from(this.#images.values(), ({ label, obj }) => [label, obj] as const);
    this.#resources.data = { Font: this.#writer.fonts, XObject: Object.fromEntries(images) };
    this.#resources.end();
    document._root.data.Pages.data.Kids = pages.map(({ dictionary }) => dictionary);
    document._root.data.Pages.data.Count = pages.length;
    this.#addOutline(document.outline, outline);
    for (const [name, target] of this.#targets) this.#endTarget(name, target);
    document.end();
    for await (const bytes of document) yield bytes as Uint8Array;
  }

  /** Adds to the document's current page what pdfmake did not draw. */
  #complete(part: number, drawing: PageDrawing): void {
    const document = this.#document;
    const { page } = document;
    for (const { mark, y } of drawing.images) {
      const { label, obj } = this.#image(mark.png);
      page.xobjects[label] = obj;
      document.addContent(Buffer.from(this.#writer.imageOperators({ ...mark, y: y + mark.y, label })));
    }
    if (drawing.links.length > 0) {
      const annotations = document.ref({});
      page.dictionary.data['Annots'] = annotations;
      writeObject(document, annotations, `[${drawing.links.map((link) => this.#link(link)).join(' ')}]`);
    }
    // A short page is read in its order, so its texts wait with its numbers.
    const texts = waits(drawing) ? drawing.texts : [];
    const late = document.ref({});
    page.dictionary.data['Contents'] = [page.content, late];
    this.#writer.declare([...this.#numberFaces, ...texts.map(({ mark }) => mark.face)], page);
    this.#enter(part, { dictionary: page.dictionary, height: page.height, late, texts, index: 0 }, drawing.anchors);
  }

  #enter(part: number, page: WrittenPage, anchors: PageDrawing['anchors']): void {
    (this.#parts[part] ??= []).push(page);
    for (const { mark, y } of anchors) this.#places.set(mark.name, { page, y: y + mark.y });
  }

  #endPage({ texts, late, index, height }: WrittenPage, total: number): void {
    const written = texts.map((text) => (isText(text) ? text : this.#numbered(text)));
    const own = this.#pageNumber(index, total).flatMap((mark) => (mark.kind === 'text' ? [{ mark, y: 0 }] : []));
    const operators = this.#writer.textOperators([...written, ...own], height);
    if (operators.length <= worthPacking) {
      writeObject(this.#document, late, `<<\n/Length ${operators.length}\n>>`, operators);
      return;
    }
    writePacked(this.#document, late, pack(operators));
  }

  #numbered({ mark, y }: At<PageNumberMark>): At<TextMark> {
    const place = this.#places.get(mark.target);
    const text = place ? String(place.page.index + 1) : '–';
    const { face, size, colour } = mark;
    const x = mark.align === 'right' ? mark.x - (measure(text, face) * size) / 1000 : mark.x;
    return { mark: { kind: 'text', x, y: mark.y, text, face, size, colour }, y };
  }

  #image(png: Uint8Array): PdfImage {
    let image = this.#images.get(png);
    if (image === undefined) {
      image = this.#document.openImage(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
      image.embed(this.#document);
      this.#images.set(png, image);
    }
    return image;
  }

  /** The annotation of a link. */
  #link({ mark, y }: At<LinkMark>): string {
    const bottom = this.#geometry.height - y - mark.y - mark.height;
    const rectangle = operands([mark.x, bottom, mark.x + mark.width, bottom + mark.height]);
    return `<<\n/Type /Annot\n/Subtype /Link\n/Rect [${rectangle}]\n/Border [0 0 0]\n/F 4\n/Dest ${referenceTo(this.#target(mark.target))}\n>>`;
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
    const value = place ? `[${referenceTo(place.page.dictionary)} /XYZ null ${operands([top])} null]` : 'null';
    writeObject(this.#document, target, value);
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
