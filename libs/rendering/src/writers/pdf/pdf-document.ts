import type { Readable } from 'node:stream';

/** What we use of the document that pdfmake hands out before it ends. */
export interface PdfDocument extends Readable {
  page: PdfPage;
  readonly outline: PdfOutline;
  /** Not of the public interface: the list of pages, which is ours to set before the end. */
  readonly _root: { readonly data: { readonly Pages: PdfReference<{ Kids: PdfReference[]; Count: number }> } };
  /** Nor these: how many bytes are written, and what writes an object and says that it is there. */
  readonly _offset: number;
  _write(bytes: Buffer): void;
  _refEnd(reference: PdfReference): void;
  provideFont(family: string, bold: boolean, italics: boolean): PdfFont;
  /** Reads a picture once, for as many places as it is drawn at. */
  openImage(png: Buffer): PdfImage;
  /** Drawn on the current page. */
  addContent(operators: Uint8Array): void;
  switchToPage(index: number): void;
  /** Ends the pages that are held: their bytes are there to be read. */
  flushPages(): void;
  /** An object of the file, written when it is ended. */
  ref(data: object): PdfReference;
  end(): void;
}

export interface PdfPage {
  readonly height: number;
  readonly fonts: Record<string, unknown>;
  readonly xobjects: Record<string, unknown>;
  readonly content: PdfReference;
  readonly dictionary: PdfReference<Record<string, unknown>>;
}

export interface PdfReference<Data = unknown> {
  readonly id: number;
  data: Data;
  /** Where it stands in the file. */
  offset?: number;
  end(stream?: string | Uint8Array): void;
}

export interface PdfImage {
  readonly label: string;
  /** Null before it is written. */
  readonly obj: PdfReference | null;
  embed(document: PdfDocument): void;
}

export interface PdfFont {
  readonly id: string;
  ref(): unknown;
  /** Glyph ids of a text, in hexadecimal, as the subset numbers them. */
  encode(text: string): [string[], unknown];
  /** Not of the public interface: a glyph of the file takes its place among those embedded, with its width and what it says. */
  readonly subset: { includeGlyph(id: number): number };
  readonly widths: (number | undefined)[];
  readonly unicode: (readonly number[] | undefined)[];
  /** Thousandths of the font size in a unit of the file. */
  readonly scale: number;
  readonly font: { getGlyph(id: number): { readonly advanceWidth: number } };
}

export interface PdfOutline {
  readonly dictionary: PdfReference<Record<string, unknown>>;
  addItem(title: string, options?: { expanded: boolean }): PdfOutline;
}
