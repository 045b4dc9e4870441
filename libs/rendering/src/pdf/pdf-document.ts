import type { Readable } from 'node:stream';

/** What we use of the document that pdfmake hands out before it ends. */
export interface PdfDocument extends Readable {
  readonly page: { readonly fonts: Record<string, unknown>; readonly height: number };
  readonly outline: PdfOutline;
  provideFont(family: string, bold: boolean, italics: boolean): PdfFont;
  addContent(operators: string): void;
  /** Reads a picture once, for as many places as it is drawn at. */
  openImage(png: Buffer): PdfImage;
  image(image: PdfImage, x: number, y: number, size: { width: number; height: number }): void;
  switchToPage(index: number): void;
  addNamedDestination(name: string, type: 'XYZ', x: number | null, y: number, zoom: null): void;
  goTo(x: number, y: number, width: number, height: number, name: string): void;
  end(): void;
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
}

export interface PdfOutline {
  addItem(title: string, options?: { expanded: boolean }): PdfOutline;
}
