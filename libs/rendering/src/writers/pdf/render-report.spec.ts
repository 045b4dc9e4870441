import { outlineOfSections, type ReportFacts, sectionKeys, sections } from '#domain';
import {
  hitsOnlyReport,
  hostileReport,
  hugeTextReport,
  manyAttacksReport,
  nothingAssessedReport,
  nothingSucceededReport,
  readPdf,
  type ReadPdf,
  richReport,
  sampleFinding,
  type SampleReport,
  smuggled,
} from '#testing';
import { composeReport } from '../../compose/compose-report.ts';
import { layOutReport } from '../../layout/paging/lay-out-report.ts';
import { composeFindings } from '../../compose/findings-composer.ts';
import { digestOf } from '../../model/findings-digest.ts';
import { bytesOf } from '../../pipeline/spec-support/written.ts';

const read = async (report: SampleReport): Promise<ReadPdf> => readPdf(await bytesOf('pdf', report));
const textOf = (pdf: ReadPdf): string => pdf.pages.join('\n');
/** Without the breaks that a narrow column makes. */
const solid = (text: string): string => text.replace(/\s+/g, '');
const withFacts = (report: SampleReport, changes: Partial<ReportFacts>): SampleReport => ({
  ...report,
  facts: { ...report.facts, ...changes },
});

describe('a rendered report', () => {
  let pdf: ReadPdf;
  beforeAll(async () => {
    pdf = await read(richReport());
  });

  it('holds every finding in its table and its detail', () => {
    const text = textOf(pdf);
    for (let rank = 1; rank <= 120; rank++) {
      const id = `F-${String(rank).padStart(3, '0')}`;
      expect(text.split(id).length - 1).toBeGreaterThanOrEqual(2);
    }
  });

  it('numbers its pages', () => {
    pdf.pages.forEach((page, index) => {
      expect(page).toContain(`page ${index + 1} of ${pdf.pages.length}`);
    });
  });

  it('prints in the contents the page on which each section stands', () => {
    const contents = pdf.pages[2] ?? '';
    for (const key of sectionKeys) {
      const { title } = sections[key];
      const page = pdf.pages.findIndex(
        (text, index) =>
          index > 2 && solid(text).includes(solid(title)) && new RegExp(`^\\d+ ?${title.slice(0, 8)}`, 'm').test(text),
      );
      expect(solid(contents)).toContain(solid(title));
      if (page > 0) expect(solid(contents)).toContain(`${solid(title)}${page + 1}`);
    }
  });

  it('repeats the head of the findings table on each of its pages', () => {
    const pages = pdf.pages.filter((text) => /Findings, \d+ – \d+ of 120/.test(text));
    expect(pages.length).toBeGreaterThan(4);
    for (const page of pages) expect(page).toMatch(/Goal\s+category/);
  });

  it('links within itself only, and every link arrives', () => {
    expect(pdf.urls).toEqual([]);
    expect(pdf.links.length).toBeGreaterThan(200);
    expect(pdf.links.filter((link) => link.to === null)).toEqual([]);
  });

  it('has a bookmark for each section, and one below for each finding', () => {
    expect(pdf.outline.map((entry) => entry.title)).toEqual([
      'At a glance',
      'Contents',
      ...sectionKeys.map((key, index) => `${index + 1} ${sections[key].title}`),
      'A Integrity and glossary',
    ]);
    expect(pdf.outline.find((entry) => entry.title.endsWith('Evidence'))?.children).toBe(120);
  });

  it('carries title and language', () => {
    expect(pdf).toMatchObject({ title: 'AI red team report', language: 'en' });
  });

  it('shows smuggled text as code points and spells it out below', () => {
    const text = textOf(pdf);
    expect(text).toContain('\\u{E0041}');
    expect(text).toContain('[21 more invisible characters]');
    expect(solid(text)).toContain(solid('What the invisible characters spell'));
  });
});

describe('rendering', () => {
  it('gives the same bytes for the same content', async () => {
    const [first, second] = [await bytesOf('pdf', richReport({}, 20)), await bytesOf('pdf', richReport({}, 20))];
    expect(first.equals(second)).toBe(true);
  });

  it.each(sectionKeys)('draws the section %s on its own', (key) => {
    const { facts, findings } = withFacts(richReport({}, 4), { outline: outlineOfSections([key]) });
    const composed = composeFindings(facts, findings);
    const { pages } = layOutReport(composeReport(facts, digestOf(composed)), composed);
    const marks = pages.flatMap((page) => page.placed.flatMap((placed) => placed.marks));
    const words = marks.map((mark) => (mark.kind === 'text' ? mark.text : ' ')).join('');
    expect(solid(words)).toContain(solid(sections[key].title));
    expect(pages.length).toBeGreaterThanOrEqual(5);
  });

  it('keeps every word of a goal of 5,000 words apart from the stated omission', async () => {
    const text = textOf(await read(hugeTextReport()));
    for (const word of ['w0', 'w1000', 'w2000', 'w4999']) expect(text).toMatch(new RegExp(`\\b${word}\\b`));
    expect(text).toContain('characters left out');
  });

  it('leaves the last row of a finding no top of a page to itself: the row before it comes along', async () => {
    const { facts } = richReport();
    const base = sampleFinding().best_trial;
    // Answers and reasons a line longer each: some detail ends at every height of a page.
    const findings = Array.from({ length: 160 }, (_, n) =>
      sampleFinding({
        id: `f-${n}`,
        best_trial: base && {
          ...base,
          response: 'A line.\n'.repeat(1 + (n % 40)),
          reasoning: 'It did as it was told. '.repeat(1 + 4 * (n % 7)),
        },
      }),
    );
    const { pages } = await read({ facts: { ...facts, finding_count: findings.length }, findings });
    const origins = pages.filter((page) => page.includes('Origin Assessment'));
    expect(origins.length).toBeGreaterThan(20);
    for (const page of origins)
      expect(page.slice(0, page.indexOf('Origin Assessment'))).toMatch(/Recommended:|Note of the source/);
  });

  it('keeps every line of an answer that runs over many pages', async () => {
    const lines = Array.from({ length: 900 }, (_, i) => `line-${i}-end`);
    const base = sampleFinding().best_trial;
    const finding = sampleFinding({ best_trial: base && { ...base, response: lines.join('\n') } });
    const report = withFacts(
      { facts: richReport().facts, findings: [finding] },
      { outline: outlineOfSections(['evidence']) },
    );
    const text = textOf(await read(report));
    for (const line of lines) expect(text).toContain(line);
    expect(text).toContain('(cont.)');
  });

  it('loses no printable character of an answer, and states each that it cannot print', async () => {
    const response = `十䙅ⵖ䕒䑉䍔 Zażółć — ﬀ ffi 漢字 \u202Eabc\u200B שלום ${smuggled('hi')}`;
    const base = sampleFinding().best_trial;
    const finding = sampleFinding({ best_trial: base && { ...base, response } });
    const pdf = await read(
      withFacts({ facts: richReport().facts, findings: [finding] }, { outline: outlineOfSections(['evidence']) }),
    );
    const text = solid(textOf(pdf));
    for (const printed of ['Zażółć', 'ffi', '漢字', '\\u{202E}', '\\u{200B}', '\\u{E0068}\\u{E0069}'])
      expect(text).toContain(printed);
    expect(text).not.toContain('SAFE-VERDICT');
    expect(text).not.toMatch(/[\u202E\u200B]/);
  });

  it('makes no link, script or file of hostile strings', async () => {
    const bytes = await bytesOf('pdf', hostileReport());
    const pdf = await readPdf(bytes);
    expect(pdf.urls).toEqual([]);
    // What is left without streams and strings is structure.
    const structure = bytes
      .toString('latin1')
      .replace(/stream\r?\n[\s\S]*?endstream/g, '')
      .replace(/\((?:\\[\s\S]|[^\\()])*\)/g, '()');
    expect(structure).not.toMatch(
      /\/(?:JavaScript|JS|Launch|AA|OpenAction|SubmitForm|GoToR|RichMedia|EmbeddedFile|URI)\b/,
    );
    expect(textOf(pdf)).toContain('javascript:alert(1)');
  });

  it('prints no withheld word', async () => {
    const { facts, findings } = richReport({ evidence: 'none' }, 6);
    const text = solid(textOf(await read({ facts, findings })));
    expect(text).not.toContain('Robinreadsthecard');
    expect(text).not.toContain('STAFF-15-XK');
  });

  it('says n/a (hits only) and at least for a source without a denominator', async () => {
    const text = textOf(await read(hitsOnlyReport()));
    expect(text).toContain('n/a (hits only)');
    expect(text).toMatch(/at least, of 10/);
  });

  it('draws reports without findings and without a verdict', async () => {
    expect(textOf(await read(nothingSucceededReport()))).toContain('could be up to 9.6'.slice(-3));
    expect(solid(textOf(await read(nothingAssessedReport())))).toContain(
      solid('No verdict: none of 36 runs could be assessed.'),
    );
  });

  it('counts in the chart what only the table has', async () => {
    const text = textOf(
      await read(withFacts(manyAttacksReport(120), { outline: outlineOfSections(['asr_by_attack']) })),
    );
    expect(text).toContain('… 80 further rows in the table below');
    for (let i = 0; i < 120; i++) expect(text).toContain(`attack_number_${i}`);
  });

  it.each([
    ['A4', 'Helvetica', 6],
    ['LETTER', 'Helvetica', 11],
    ['A4', 'Times-Roman', 16],
    ['A4', 'Courier', 11],
    ['LETTER', 'Helvetica', 24],
  ] as const)('keeps the overview on one page on %s in %s at %i points', async (paper, font, font_size) => {
    const report = withFacts(richReport({}, 6), { style: { paper, font, font_size } });
    const pdf = await read(report);
    expect(pdf.pages[1]).toContain('At a glance');
    expect(pdf.pages[1]).toContain('Not tested');
    expect(pdf.pages[2]).toContain('Contents');
  });
});
