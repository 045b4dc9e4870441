import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { newerNode } from './newer-node.ts';

const painter = `${newerNode}
const [reader, canvas, scale, pages] = process.argv.slice(1);
const { createCanvas, Path2D, DOMMatrix, ImageData } = await import(canvas);
Object.assign(globalThis, { Path2D, DOMMatrix, ImageData });
const pdfjs = await import(reader);
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const data = new Uint8Array(Buffer.concat(chunks));
const pdf = await pdfjs.getDocument({ data, verbosity: 0, disableFontFace: true, useSystemFonts: false }).promise;
const wanted = pages === 'all' ? Array.from({ length: pdf.numPages }, (_, index) => index) : JSON.parse(pages);
const pictures = [];
for (const index of wanted) {
  const page = await pdf.getPage(index + 1);
  const viewport = page.getViewport({ scale: Number(scale) });
  const paper = createCanvas(viewport.width, viewport.height);
  await page.render({ canvas: null, canvasContext: paper.getContext('2d'), viewport }).promise;
  pictures.push(paper.toBuffer('image/png').toString('base64'));
}
process.stdout.write(JSON.stringify(pictures));
`;

/** Pages of a PDF as PNG, by their index, as pdf.js draws them: with the fonts of the file alone, alike on every machine. Scale 1 is 72 dpi. */
export function drawPdf(
  bytes: Uint8Array,
  pages: readonly number[] | 'all',
  scale: number,
): Promise<readonly Buffer[]> {
  const { resolve: find } = createRequire(import.meta.url);
  const [reader, canvas] = ['pdfjs-dist/legacy/build/pdf.mjs', '@napi-rs/canvas'].map(
    (name) => pathToFileURL(find(name)).href,
  );
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [
        '--input-type=module',
        '--no-warnings',
        '-e',
        painter,
        reader ?? '',
        canvas ?? '',
        String(scale),
        pages === 'all' ? pages : JSON.stringify(pages),
      ],
      { maxBuffer: 1 << 28 },
      (error, stdout) => {
        if (error) reject(new Error('The PDF could not be drawn.', { cause: error }));
        else resolve((JSON.parse(stdout) as string[]).map((picture) => Buffer.from(picture, 'base64')));
      },
    );
    child.stdin?.end(bytes);
  });
}
