import { askPdfJs } from './pdf-js.ts';

/** Pages of a PDF as PNG, by their index, as pdf.js draws them: with the fonts of the file alone, alike on every machine. Scale 1 is 72 dpi. */
export async function drawPdf(
  bytes: Uint8Array,
  pages: readonly number[] | 'all',
  scale: number,
): Promise<readonly Buffer[]> {
  const pictures = await askPdfJs('draw', bytes, pages, scale);
  return pictures.map((picture) => Buffer.from(picture));
}
