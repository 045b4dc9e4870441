import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import type { ReportFacts } from '#domain';
import { drawPdf, hitsOnlyReport, nothingSucceededReport, readPdf, type ReadPdf, richReport } from '#testing';
import { bytesOf } from '../../pipeline/spec-support/written.ts';

/** Small pictures: enough to see what moved, and few bytes in the repository. */
const scale = 0.5;
/** Share of the pixels that may differ, edges of letters among them: six, fewer than any word of the smallest type has. */
const tolerated = 0.000_05;
const folder = join(__dirname, 'pictures');
/** Set to take what is drawn now as right. Look at each picture before it is committed. */
const taking = process.env['AIRT_TAKE_PICTURES'] === '1';

function share(one: PNG, other: PNG, difference?: PNG): number {
  if (one.width !== other.width || one.height !== other.height) return 1;
  const { width, height } = one;
  return (
    pixelmatch(one.data, other.data, difference?.data, width, height, { threshold: 0.1, includeAA: true }) /
    (width * height)
  );
}

/** Holds a drawn page beside the committed picture; what differs is left to be looked at. */
function expectPicture(name: string, drawn: Buffer): void {
  const path = join(folder, `${name}.png`);
  if (taking) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, drawn);
  }
  if (!existsSync(path)) throw new Error(`There is no picture ${path}: look at one taken with AIRT_TAKE_PICTURES=1.`);
  const [seen, expected] = [PNG.sync.read(drawn), PNG.sync.read(readFileSync(path))];
  const difference = new PNG({ width: expected.width, height: expected.height });
  const found = share(seen, expected, difference);
  if (found > tolerated) {
    const left = join(tmpdir(), 'airt-pictures');
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, `${name}.png`), drawn);
    writeFileSync(join(left, `${name}.difference.png`), PNG.sync.write(difference));
    throw new Error(`${(found * 100).toFixed(2)} % of ${name} look different: see ${left}.`);
  }
}

const two = (n: number): string => String(n).padStart(2, '0');
const pageOf = ({ outline }: ReadPdf, title: RegExp): number => {
  const page = outline.find((entry) => title.test(entry.title))?.page;
  if (page === undefined || page === null) throw new Error(`No bookmark fits ${String(title)}.`);
  return page;
};

describe('pages as they were looked at', () => {
  it('are those of the sample report, each of them', async () => {
    const pages = await drawPdf(await bytesOf('pdf', richReport({}, 8)), 'all', scale);
    pages.forEach((page, index) => {
      expectPicture(`sample-${two(index + 1)}`, page);
    });
    expect(pages.length).toBeGreaterThan(10);
  });

  it.each<[string, ReportFacts['style']]>([
    ['letter', { font: 'Helvetica', font_size: 11, paper: 'LETTER' }],
    ['size-6', { font: 'Helvetica', font_size: 6, paper: 'A4' }],
    ['size-16', { font: 'Helvetica', font_size: 16, paper: 'A4' }],
    ['size-24', { font: 'Helvetica', font_size: 24, paper: 'A4' }],
    ['times', { font: 'Times-Roman', font_size: 11, paper: 'A4' }],
    ['courier', { font: 'Courier', font_size: 11, paper: 'A4' }],
    ['courier-24-letter', { font: 'Courier', font_size: 24, paper: 'LETTER' }],
  ])('are those of another style: %s', async (name, style) => {
    const bytes = await bytesOf('pdf', richReport({ style }, 3));
    const read = await readPdf(bytes);
    const wanted = [0, pageOf(read, /glance/i), pageOf(read, /^\d* ?Findings/), pageOf(read, /Evidence/)];
    (await drawPdf(bytes, wanted, scale)).forEach((page, index) => {
      expectPicture(`${name}-${['cover', 'glance', 'findings', 'evidence'][index] ?? ''}`, page);
    });
  });

  it.each([
    ['nothing-succeeded', nothingSucceededReport()],
    ['hits-only', hitsOnlyReport()],
  ])('are those of an extreme at a glance: %s', async (name, report) => {
    const bytes = await bytesOf('pdf', report);
    const [glance] = await drawPdf(bytes, [pageOf(await readPdf(bytes), /glance/i)], scale);
    expectPicture(`${name}-glance`, glance ?? Buffer.alloc(0));
  });

  it('would be told apart if a word of the smallest type changed', async () => {
    const draw = async (classification: string): Promise<PNG> => {
      const bytes = await bytesOf('pdf', richReport({ classification }, 1));
      // Beside the cover only the footer says it.
      const [glance] = await drawPdf(bytes, [1], scale);
      return PNG.sync.read(glance ?? Buffer.alloc(0));
    };
    expect(share(await draw('TLP:AMBER'), await draw('TLP:GREEN'))).toBeGreaterThan(tolerated);
    expect(share(await draw('TLP:AMBER'), await draw('TLP:AMBER'))).toBe(0);
  });
});
