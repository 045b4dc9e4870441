import type { Readable } from 'node:stream';

/** What we use of the document that pdfmake hands out before it ends. */
export interface PdfDocument extends Readable {
  page: PdfPage;
  readonly outline: PdfOutline;
  /** Not of the public interface: the order of pages, which is ours to set before the end. */
  readonly _root: { readonly data: { readonly Pages: { readonly data: { Kids: PdfReference[] } } } };
  provideFont(family: string, bold: boolean, italics: boolean): PdfFont;
  addPage(options: { readonly size: readonly [number, number]; readonly margin: number }): unknown;
  addContent(operators: string): void;
  /** Reads a picture once, for as many places as it is drawn at. */
  openImage(png: Buffer): PdfImage;
  image(image: PdfImage, x: number, y: number, size: { width: number; height: number }): void;
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
  readonly annotations: unknown[];
  readonly content: PdfReference;
  readonly dictionary: PdfReference<Record<string, unknown>>;
}

export interface PdfReference<Data = unknown> {
  data: Data;
  compress: boolean;
  /** What is written so far, in pieces. */
  readonly buffer: Buffer[];
  end(stream?: string | Uint8Array): void;
}

export interface PdfImage {
  readonly width: number;
  readonly height: number;
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
