// Reads a PDF from standard input and prints the text of each page as JSON. A process of its own: the reader is an ES
// module with top-level await, which the tests, being CommonJS, cannot load.
import { buffer } from 'node:stream/consumers';

// Node 20 lacks it, and the reader needs it while it loads.
Promise.withResolvers ??= function withResolvers() {
  const parts = {};
  parts.promise = new this((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
};
const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');

const bytes = new Uint8Array(await buffer(process.stdin));
const document = await getDocument({ data: bytes, verbosity: VerbosityLevel.ERRORS, useSystemFonts: false }).promise;
const pages = [];
for (let number = 1; number <= document.numPages; number += 1) {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
}
process.stdout.write(JSON.stringify(pages));
