import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newerNode } from './newer-node.ts';

export interface ReadPdf {
  /** Text of each page, its runs joined as they stand. */
  readonly pages: readonly string[];
  readonly title: string | null;
  readonly language: string | null;
  /** Bookmarks with the index of their page. */
  readonly outline: readonly { readonly title: string; readonly page: number | null; readonly children: number }[];
  /** Links within the document: from page index to page index. */
  readonly links: readonly { readonly from: number; readonly to: number | null }[];
  /** Links that lead out of it. */
  readonly urls: readonly string[];
}

const reader = `${newerNode}
const pdfjs = await import(process.argv[1]);
const read = async (data) => {
  const pdf = await pdfjs.getDocument({ data, verbosity: 0, useSystemFonts: true }).promise;
  const pageOf = async (dest) => {
    const found = typeof dest === 'string' ? await pdf.getDestination(dest) : dest;
    return found ? pdf.getPageIndex(found[0]) : null;
  };
  const read = { pages: [], outline: [], links: [], urls: [] };
  for (let i = 1; i <= pdf.numPages; i++) {
    const page = await pdf.getPage(i);
    const { items } = await page.getTextContent({ disableNormalization: true });
    read.pages.push(items.map((item) => item.str + (item.hasEOL ? '\\n' : '')).join(''));
    for (const link of await page.getAnnotations()) {
      if (link.url ?? link.unsafeUrl) read.urls.push(link.url ?? link.unsafeUrl);
      else if (link.dest) read.links.push({ from: i - 1, to: await pageOf(link.dest) });
    }
  }
  for (const entry of (await pdf.getOutline()) ?? []) read.outline.push({ title: entry.title, page: await pageOf(entry.dest), children: entry.items.length });
  const { info } = await pdf.getMetadata();
  await pdf.loadingTask.destroy();
  return { ...read, title: info.Title ?? null, language: info.Language ?? null };
};
const fs = await import('node:fs');
const files = JSON.parse(fs.readFileSync(0, 'utf8'));
const answers = [];
for (const file of files) answers.push(await read(new Uint8Array(fs.readFileSync(file))));
process.stdout.write(JSON.stringify(answers));
`;

/** Reads PDF files back with another program's eyes, in a process of its own: the reader is native ESM. */
export function readPdfFiles(paths: readonly string[]): Promise<readonly ReadPdf[]> {
  const module = pathToFileURL(createRequire(import.meta.url).resolve('pdfjs-dist/legacy/build/pdf.mjs')).href;
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      ['--input-type=module', '--no-warnings', '-e', reader, module],
      { maxBuffer: 1 << 28 },
      (error, stdout) => {
        if (error) reject(new Error('The PDF could not be read back.', { cause: error }));
        else resolve(JSON.parse(stdout) as readonly ReadPdf[]);
      },
    );
    child.stdin?.end(JSON.stringify(paths));
  });
}

/** The same of one PDF that is at hand. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const folder = await mkdtemp(join(tmpdir(), 'airt-read-pdf-'));
  try {
    const path = join(folder, 'report.pdf');
    await writeFile(path, bytes);
    const [read] = await readPdfFiles([path]);
    if (!read) throw new Error('The PDF could not be read back.');
    return read;
  } finally {
    await rm(folder, { recursive: true });
  }
}
