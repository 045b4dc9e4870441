import type { ReportFacts } from '#domain';
import {
  brandedReport,
  hostileTemplateReport,
  readPdf,
  type ReadPdf,
  richReport,
  samplePng,
  type SampleReport,
  templateReport,
  templateSection,
  wideTable,
  withOutline,
} from '#testing';
import { composeReport } from '../../compose/compose-report.ts';
import { composeFindings } from '../../compose/findings-composer.ts';
import { digestOf } from '../../model/findings-digest.ts';
import { bytesOf } from '../../pipeline/spec-support/written.ts';
import type { LaidOutReport } from '../../layout/paging/laid-out-report.ts';
import { layOutReport } from '../../layout/paging/lay-out-report.ts';

const read = async (report: SampleReport): Promise<ReadPdf> => readPdf(await bytesOf('pdf', report));
const textOf = (pdf: ReadPdf): string => pdf.pages.join('\n');
const solid = (text: string): string => text.replace(/\s+/g, '');
const withFacts = (report: SampleReport, changes: Partial<ReportFacts>): SampleReport => ({
  ...report,
  facts: { ...report.facts, ...changes },
});

function laidOut({ facts, findings }: SampleReport): LaidOutReport {
  const composed = composeFindings(facts, findings);
  return layOutReport(composeReport(facts, digestOf(composed)), composed);
}

interface Box {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const imagesOf = ({ pages }: LaidOutReport): Box[] =>
  pages.flatMap(({ placed }, page) =>
    placed.flatMap(({ y, marks }) =>
      marks.flatMap((mark) =>
        mark.kind === 'image' ? [{ page, x: mark.x, y: y + mark.y, width: mark.width, height: mark.height }] : [],
      ),
    ),
  );

/** The page that the contents name; the reader puts a number behind its title. */
function contentsPage(pdf: ReadPdf, title: string): number {
  const found = new RegExp(`${title}[A\\d.]* (\\d+)$`, 'm').exec(pdf.pages[2] ?? '');
  return Number(found?.[1]);
}

describe('a report of a template', () => {
  let pdf: ReadPdf;
  beforeAll(async () => {
    pdf = await read(templateReport());
  });

  it('draws texts, tables and captions where they stand', () => {
    const page = pdf.pages[3] ?? '';
    const order = [
      'Scope of this engagement',
      'Two people worked',
      'People',
      'A. Example',
      'C. Late',
      'The test set-up',
    ];
    const places = order.map((text) => page.indexOf(text));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(page).toContain('2019');
    expect(page).toContain('n/a');
  });

  it.each([
    'Scope of this engagement',
    'What we measured',
    'The other framework',
    'Findings once more',
    'Evidence once more',
  ])('sends the contents to the page of “%s”', (title) => {
    const page = contentsPage(pdf, title);
    expect(pdf.pages[page - 1]).toContain(title);
  });

  it('leads every link to a place, and a part that comes again to its own', () => {
    expect(pdf.urls).toEqual([]);
    expect(pdf.links.filter((link) => link.to === null)).toEqual([]);
    const [once, again] = ['Custom findings', 'Evidence once more'].map((title) => contentsPage(pdf, title));
    const worst = contentsPage(pdf, 'F-001, critical \\(1\\)');
    expect(once).toBeLessThan(again ?? 0);
    expect(worst).toBe(again);
    const bookmark = pdf.outline.find((entry) => entry.title.endsWith('Evidence once more'));
    expect(bookmark).toMatchObject({ page: (again ?? 0) - 1, children: 8 });
  });

  it('names the section alone on pages after the details', () => {
    const page = pdf.pages.find((text) => text.includes('End of the findings.'));
    expect(page).toBeDefined();
    expect(page).toMatch(/5 Custom findings/);
  });

  it('is written the same twice, pictures with transparency included', async () => {
    const [first, second] = [await bytesOf('pdf', templateReport(2)), await bytesOf('pdf', templateReport(2))];
    expect(first.equals(second)).toBe(true);
  });

  it('draws a picture on a page that pdfmake does not write', async () => {
    const rows = Array.from({ length: 260 }, (_, i) => [`row-${i}-end`, 'x'.repeat(400)]);
    const report = withOutline(
      richReport({}, 1),
      [
        templateSection('Long', [
          { kind: 'table', title: null, columns: ['a', 'b'], rows },
          { kind: 'image', image: 'p', caption: 'below the table', width: 1 },
        ]),
      ],
      { p: samplePng(40, 40) },
    );
    expect(laidOut(report).pages.filter((page) => page.ofLongSection).length).toBeGreaterThan(12);
    const bytes = await bytesOf('pdf', report);
    const text = textOf(await readPdf(bytes));
    for (let i = 0; i < 260; i++) expect(text).toContain(`row-${i}-end`);
    expect(text).toContain('below the table');
    expect(bytes.toString('latin1').split('/Subtype /Image').length - 1).toBe(1);
  });
});

describe('a table of a template', () => {
  it.each([1, 5, 12, 40])('keeps each of %i columns, cell by cell', async (columns) => {
    const text = solid(
      textOf(await read(withOutline(richReport({}, 1), [templateSection('T', [wideTable(columns, 30)])]))),
    );
    for (let row = 1; row <= 30; row++)
      for (let column = 2; column <= columns; column++)
        expect(text).toContain(
          (column - 1) % 3 === 0 ? String((row - 1) * 1000 + column - 1) : `cell-${row}-${column}`,
        );
    for (let column = 1; column <= columns; column++) expect(text).toContain(`Column${column}`);
  });

  it('goes on over pages with a cell longer than one, under its repeated head', async () => {
    const words = Array.from({ length: 3000 }, (_, i) => `w${i}`);
    const part = {
      kind: 'table' as const,
      title: null,
      columns: ['Key', 'Text'],
      rows: [
        ['long', words.join(' ')],
        ['after', 'end'],
      ],
    };
    const pdf = await read(withOutline(richReport({}, 1), [templateSection('T', [part])]));
    const pages = pdf.pages.filter((page) => /\bw\d+\b/.test(page));
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(page).toMatch(/Key\s*Text/);
    const text = textOf(pdf);
    const printed = new Set(text.match(/\bw\d+\b/g));
    expect(words.filter((word) => !printed.has(word))).toEqual([]);
  });

  it('says that it has no rows', async () => {
    const part = { kind: 'table' as const, title: 'Empty', columns: ['a', 'b'], rows: [] };
    expect(textOf(await read(withOutline(richReport({}, 1), [templateSection('T', [part])])))).toContain('No rows.');
  });
});

describe('a picture', () => {
  it.each([
    ['wide', 3000, 20, 1],
    ['tall', 20, 3000, 1],
    ['a dot', 1, 1, null],
    ['large', 900, 900, null],
    ['small', 40, 30, 0.01],
  ] as const)('keeps its proportions and its frame when it is %s', (_, width, height, share) => {
    const caption = 'Two words. '.repeat(40);
    const report = withOutline(
      richReport({}, 1),
      [templateSection('P', [{ kind: 'image', image: 'p', caption, width: share }])],
      { p: samplePng(width, height) },
    );
    const { geometry, ...rest } = laidOut(report);
    const [image, ...others] = imagesOf({ geometry, ...rest });
    expect(others).toEqual([]);
    expect(image).toBeDefined();
    if (!image) return;
    expect(image.width / image.height).toBeCloseTo(width / height, 5);
    expect(image.x + image.width).toBeLessThanOrEqual(geometry.left + geometry.contentWidth + 0.01);
    expect(image.y).toBeGreaterThanOrEqual(geometry.contentTop);
    expect(image.y + image.height).toBeLessThanOrEqual(geometry.contentBottom + 0.01);
  });
});

describe('logo, header and footer', () => {
  it.each([
    ['wide', 2000, 30],
    ['tall', 30, 2000],
    ['a dot', 1, 1],
    ['usual', 600, 160],
  ] as const)('fits a logo that is %s into its boxes on every page', (_, width, height) => {
    const report = laidOut(withFacts(richReport({}, 2), { logo: samplePng(width, height) }));
    const images = imagesOf(report);
    expect(images).toHaveLength(report.pages.length);
    for (const image of images) {
      expect(image.width / image.height).toBeCloseTo(width / height, 5);
      expect(image.width).toBeLessThanOrEqual(image.page === 0 ? 132.01 : 66.01);
      expect(image.height).toBeLessThanOrEqual(image.page === 0 ? 36.01 : 15.01);
      expect(image.y + image.height).toBeLessThan(image.page === 0 ? 100 : report.geometry.contentTop);
      expect(image.y).toBeGreaterThan(0);
    }
  });

  it('prints the report without a logo that cannot be read', async () => {
    const pdf = await read(withFacts(richReport({}, 1), { logo: new Uint8Array([1, 2, 3]) }));
    expect(pdf.pages[0]).toContain('AI red team report');
  });

  it('draws a template made from a preset as the preset itself', async () => {
    const preset = withFacts(richReport({}, 2), { logo: samplePng(120, 40) });
    const { logo, company_name, classification } = preset.facts;
    const frontmatter = {
      authors: null,
      header: { left: { image: 'logo' }, center: { text: company_name ?? '' } },
      footer: { left: { text: classification ?? '' } },
    };
    const template = withFacts(preset, { frontmatter, images: { logo: logo?.slice() ?? new Uint8Array() } });
    expect((await bytesOf('pdf', template)).equals(await bytesOf('pdf', preset))).toBe(true);
    const other = withFacts(template, { company_name: 'Somebody else' });
    expect((await read(other)).pages[1]).not.toContain('AI red team report · ');
  });

  it('puts a template’s own slots in place of the house’s, and numbers every page', async () => {
    const pdf = await read(brandedReport(samplePng(300, 100)));
    expect(pdf.pages[0]).toContain('A. Example and B. Sample');
    pdf.pages.forEach((page, index) => {
      expect(page).toContain(`page ${index + 1} of ${pdf.pages.length}`);
      expect(page).toContain('For the steering committee');
      if (index > 0) {
        expect(page).toContain('Quarterly test, spring');
        expect(page).not.toContain('AI red team report · ');
      }
    });
  });
});

describe('a hostile template', () => {
  it('makes no link, prints every text as text, and says what could not be drawn', async () => {
    const bytes = await bytesOf('pdf', hostileTemplateReport());
    const pdf = await readPdf(bytes);
    expect(pdf.urls).toEqual([]);
    const structure = bytes
      .toString('latin1')
      .replace(/stream\r?\n[\s\S]*?endstream/g, '')
      .replace(/\((?:\\[\s\S]|[^\\()])*\)/g, '()');
    expect(structure).not.toMatch(
      /\/(?:JavaScript|JS|Launch|AA|OpenAction|SubmitForm|GoToR|RichMedia|EmbeddedFile|URI)\b/,
    );
    const text = textOf(pdf);
    expect(text).toContain('javascript:alert(1)');
    expect(text).not.toMatch(/[\u202A-\u202E\u200B\u0000\u0007]/);
    expect(solid(text)).toContain(solid('\\u{202E}dcba'));
    expect(solid(text)).toContain(solid('of the template could not be read.'));
    expect(text).toContain('This section of the template is empty.');
    pdf.pages.forEach((page, index) => {
      expect(page).toContain(`page ${index + 1} of ${pdf.pages.length}`);
    });
  });

  it('keeps every mark on its page', () => {
    const { pages, geometry } = laidOut(hostileTemplateReport());
    for (const { placed } of pages)
      for (const { y, marks } of placed)
        for (const mark of marks) {
          if (mark.kind !== 'text') continue;
          expect(mark.x).toBeGreaterThan(0);
          expect(mark.x).toBeLessThan(geometry.width);
          expect(y + mark.y).toBeLessThan(geometry.height);
        }
  });
});

describe('a preview', () => {
  let pdf: ReadPdf;
  beforeAll(async () => {
    pdf = await read(withFacts(richReport({}, 120), { preview: { findings: 20, pages: 20 } }));
  });

  it('holds the first findings on the first pages and says so', () => {
    expect(pdf.pages).toHaveLength(20);
    expect(pdf.pages[0]).toContain('Preview: the first 20 of 120 findings, at most 20 pages.');
    pdf.pages.forEach((page, index) => {
      expect(page).toContain('PREVIEW');
      expect(page).toContain(`page ${index + 1} of 20`);
    });
    const text = textOf(pdf);
    expect(text).toContain('Preview: the first 20 of 120 findings: 9 critical');
    expect(text).toContain('F-020');
    expect(text).not.toContain('F-021');
    expect(text).toContain('of 120');
  });

  it('sends nobody to a page that it does not hold', () => {
    const contents = pdf.pages[2] ?? '';
    expect(contents).toMatch(/Scope & Method12 not in the preview/);
    const numbers = [...contents.matchAll(/(\d+)$/gm)].map(([, page]) => Number(page));
    expect(Math.max(...numbers.filter((page) => page < 1000))).toBeLessThanOrEqual(20);
    expect(pdf.links.filter((link) => link.to === null || link.to >= 20)).toEqual([]);
    expect(pdf.outline.map((entry) => entry.title)).not.toContain('A Integrity and glossary');
  });

  it('of a short report is that report with its mark', async () => {
    const short = await read(withFacts(richReport({}, 4), { finding_count: 4, preview: { findings: 20, pages: 500 } }));
    expect(short.pages[0]).toContain('Preview: at most 500 pages.');
    expect(textOf(short)).not.toContain('not in the preview');
    expect(textOf(short)).not.toContain('not shown');
    expect(textOf(short)).toContain('Glossary and formulae');
  });
});
