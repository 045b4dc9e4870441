import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { newerNode } from './newer-node.ts';

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

/** A native ES module, and slow to load: a thread of its own, once for all the PDFs of a spec. */
const program = `${newerNode}
const { parentPort, workerData } = require('node:worker_threads');
const { pdfjs, canvas } = workerData;
const load = async () => {
  const { Path2D, DOMMatrix, ImageData } = await import(canvas);
  Object.assign(globalThis, { Path2D, DOMMatrix, ImageData });
  return import(pdfjs);
};

const read = async ({ getDocument }, data) => {
  const pdf = await getDocument({ data, verbosity: 0, useSystemFonts: true }).promise;
  const pageOf = async (dest) => {
    const found = typeof dest === 'string' ? await pdf.getDestination(dest) : dest;
    return found ? pdf.getPageIndex(found[0]) : null;
  };
  const read = { pages: [], spaced: [], outline: [], links: [], urls: [] };
  for (let i = 1; i <= pdf.numPages; i++) {
    const page = await pdf.getPage(i);
    const { items } = await page.getTextContent({ disableNormalization: true });
    read.pages.push(items.map((item) => item.str + (item.hasEOL ? '\\n' : '')).join(''));
    read.spaced.push(items.map((item) => item.str).join(' '));
    for (const link of await page.getAnnotations()) {
      if (link.url ?? link.unsafeUrl) read.urls.push(link.url ?? link.unsafeUrl);
      else if (link.dest) read.links.push({ from: i - 1, to: await pageOf(link.dest) });
    }
  }
  for (const entry of (await pdf.getOutline()) ?? [])
    read.outline.push({ title: entry.title, page: await pageOf(entry.dest), children: entry.items.length });
  const { info } = await pdf.getMetadata();
  await pdf.loadingTask.destroy();
  return { ...read, title: info.Title ?? null, language: info.Language ?? null };
};

const draw = async ({ getDocument }, data, pages, scale) => {
  const { createCanvas } = await import(canvas);
  const pdf = await getDocument({ data, verbosity: 0, disableFontFace: true, useSystemFonts: false }).promise;
  const wanted = pages === 'all' ? Array.from({ length: pdf.numPages }, (_, index) => index) : pages;
  const pictures = [];
  for (const index of wanted) {
    const page = await pdf.getPage(index + 1);
    const viewport = page.getViewport({ scale });
    const paper = createCanvas(viewport.width, viewport.height);
    await page.render({ canvas: null, canvasContext: paper.getContext('2d'), viewport }).promise;
    pictures.push(paper.toBuffer('image/png'));
  }
  await pdf.loadingTask.destroy();
  return pictures;
};

const tasks = { read, draw };
let before = Promise.resolve();
parentPort.on('message', ({ id, task, args }) => {
  before = before.then(async () => {
    try {
      parentPort.postMessage({ id, answer: await tasks[task](await load(), ...args) });
    } catch (error) {
      parentPort.postMessage({ id, error: String(error?.stack ?? error) });
    }
  });
});
`;

interface Tasks {
  read(data: Uint8Array): ReadPdf;
  draw(data: Uint8Array, pages: readonly number[] | 'all', scale: number): readonly Uint8Array[];
}

type Answer = { readonly id: number } & ({ readonly answer: unknown } | { readonly error: string });

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A thread without work ends: the next spec of the same process needs its memory. */
const idleMs = 3_000;
let thread: Worker | undefined;
let ending: NodeJS.Timeout | undefined;
let asked = 0;
const waiting = new Map<number, Waiting>();

function start(): Worker {
  const { resolve: find } = createRequire(import.meta.url);
  const [pdfjs, canvas] = ['pdfjs-dist/legacy/build/pdf.mjs', '@napi-rs/canvas'].map(
    (name) => pathToFileURL(find(name)).href,
  );
  const started = new Worker(program, { eval: true, workerData: { pdfjs, canvas } });
  const lost = (error: Error): void => {
    if (thread !== started) return;
    thread = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  started.on('message', ({ id, ...outcome }: Answer) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if ('error' in outcome) one?.reject(new Error(`pdf.js could not read it: ${outcome.error}`));
    else one?.resolve(outcome.answer);
    if (waiting.size > 0) return;
    // Nobody waits for a thread that has nothing to do.
    started.unref();
    ending = setTimeout(() => {
      thread = undefined;
      void started.terminate();
    }, idleMs).unref();
  });
  started.once('error', lost);
  started.once('exit', () => {
    lost(new Error('The thread of pdf.js ended.'));
  });
  return started;
}

function ask<Name extends keyof Tasks>(task: Name, ...args: Parameters<Tasks[Name]>): Promise<ReturnType<Tasks[Name]>> {
  clearTimeout(ending);
  thread ??= start();
  thread.ref();
  const id = ++asked;
  thread.postMessage({ id, task, args });
  return new Promise<unknown>((resolve, reject) => {
    waiting.set(id, { resolve, reject });
  }) as Promise<ReturnType<Tasks[Name]>>;
}

/** Reads a PDF back with another program's eyes. */
export const readPdf = (bytes: Uint8Array): Promise<ReadPdf> => ask('read', bytes);

/** Text of the whole document. White space is where lines break, so it says nothing: compare with `withoutSpace`. */
export const readPdfText = async (bytes: Uint8Array): Promise<string> => (await readPdf(bytes)).spaced.join('\n');

export const withoutSpace = (words: string): string => words.replace(/\s+/g, '');

/** Pages of a PDF as PNG, by their index, as pdf.js draws them: with the fonts of the file alone, alike on every machine. Scale 1 is 72 dpi. */
export async function drawPdf(
  bytes: Uint8Array,
  pages: readonly number[] | 'all',
  scale: number,
): Promise<readonly Buffer[]> {
  const pictures = await ask('draw', bytes, pages, scale);
  return pictures.map((picture) => Buffer.from(picture));
}
