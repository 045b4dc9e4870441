import { inflateSync } from 'node:zlib';
import { PagePacker } from './page-packer.ts';

const script = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`);
const packs = script(`
  import { parentPort } from 'node:worker_threads';
  import { deflateSync } from 'node:zlib';
  parentPort.on('message', ({ bytes, ends }) => {
    const pages = ends.map((end, i) => deflateSync(bytes.subarray(ends[i - 1] ?? 0, end), { level: 9 }));
    let length = 0;
    parentPort.postMessage({ bytes: Buffer.concat(pages), ends: pages.map((page) => (length += page.length)) });
  });`);
const diesAtWork = script(`
  import { parentPort } from 'node:worker_threads';
  parentPort.once('message', () => process.exit(1));`);
const absent = new URL('./absent.js', import.meta.url);

const pageText = (page: number): string => `page ${page} `.repeat(1 + (page % 7));

/** Packs so many pages as a writer does; gives what each became, in the order in which they were taken. */
async function packed(worker: URL, pages: number): Promise<Buffer[]> {
  const packer = new PagePacker(worker);
  const taken: Buffer[] = [];
  const room = Buffer.alloc(1_000);
  for (let page = 0; page < pages; page++) {
    // As the writer of pages does: into the same room each time.
    const length = room.write(pageText(page));
    packer.add(room.subarray(0, length), (bytes) => taken.push(Buffer.from(bytes)));
    if (packer.behind) await packer.settle();
  }
  await packer.finish();
  return taken;
}

const texts = (pages: readonly Buffer[]): string[] => pages.map((page) => inflateSync(page).toString());

describe('packing the pages of a report', () => {
  it.each([
    ['a thread packs them', packs],
    ['the thread cannot be started', absent],
    ['the thread dies over the first batch', diesAtWork],
  ])('gives every page back, in its order, when %s', async (_, worker) => {
    const expected = Array.from({ length: 1_000 }, (__, page) => pageText(page));
    expect(texts(await packed(worker, 1_000))).toEqual(expected);
  });

  it('leaves the first pages to the thread that draws, and the rest to the other', async () => {
    const [own, others] = [await packed(absent, 1_000), await packed(packs, 1_000)];
    // The other thread of this test packs harder: its bytes tell its pages apart.
    const differs = own.map((page, index) => !page.equals(others[index] ?? page));
    expect(differs.slice(0, 256)).not.toContain(true);
    expect(differs.slice(256).filter(Boolean).length).toBeGreaterThan(700);
  });

  it('packs to the same bytes where the thread fails', async () => {
    expect(await packed(diesAtWork, 600)).toEqual(await packed(absent, 600));
  });

  it('holds the writer up when the thread falls behind, so that pages do not pile up', () => {
    const packer = new PagePacker(script('setInterval(() => undefined, 1_000)'));
    let added = 0;
    while (!packer.behind && added < 10_000) {
      packer.add(Buffer.from('page'), () => undefined);
      added++;
    }
    expect(added).toBe(256 + 2 * 64);
    return packer.end();
  });

  it('ends its thread when a report is given up half-way', async () => {
    const packer = new PagePacker(packs);
    const threads = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
    for (let page = 0; page < 400; page++) packer.add(Buffer.from('page'), () => undefined);
    expect(threads()).toBeGreaterThan(0);
    await packer.end();
    await packer.end();
    expect(threads()).toBe(0);
  });
});
