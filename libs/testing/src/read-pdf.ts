import { askPdfJs } from './pdf-js.ts';

export interface ReadPdf {
  /** Text of each page, its runs joined as they stand. */
  readonly pages: readonly string[];
  /** The same with a blank between two runs: cells side by side are not one word. */
  readonly spaced: readonly string[];
  readonly title: string | null;
  readonly language: string | null;
  /** Bookmarks with the index of their page. */
  readonly outline: readonly { readonly title: string; readonly page: number | null; readonly children: number }[];
  /** Links within the document: from page index to page index. */
  readonly links: readonly { readonly from: number; readonly to: number | null }[];
  /** Links that lead out of it. */
  readonly urls: readonly string[];
}

/** Reads a PDF back with another program's eyes. */
export const readPdf = (bytes: Uint8Array): Promise<ReadPdf> => askPdfJs('read', bytes);

/** Text of the whole document. White space is where lines break, so it says nothing: compare with `withoutSpace`. */
export const readPdfText = async (bytes: Uint8Array): Promise<string> => (await readPdf(bytes)).spaced.join('\n');

export const withoutSpace = (words: string): string => words.replace(/\s+/g, '');
