import type { Readable } from 'node:stream';

/** What we use of the document that pdfmake hands out before it ends. */
export interface PdfDocument extends Readable {
  readonly page: { readonly fonts: Record<string, unknown>; readonly height: number };
  readonly outline: PdfOutline;
  provideFont(family: string, bold: boolean, italics: boolean): PdfFont;
  addContent(operators: string): void;
  switchToPage(index: number): void;
  addNamedDestination(name: string, type: 'XYZ', x: number | null, y: number, zoom: null): void;
  goTo(x: number, y: number, width: number, height: number, name: string): void;
  end(): void;
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
