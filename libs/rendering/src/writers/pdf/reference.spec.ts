import { hostileReport, nothingAssessedReport, readPdf, richReport } from '#testing';
import { bytesOf } from '../../pipeline/spec-support/written.ts';
import { referenceReport } from './spec-support/reference-report.ts';
import { byPoppler } from './spec-support/by-poppler.ts';

/** What pdfmake cannot draw as it reads: joined letters, and marks on them. */
const shaped = /[\p{M}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Thai}\u202A-\u202E]/u;
/** Words of each page; in which order a reader finds two of one line depends on who drew first. */
const wordsOf = (text: string): readonly (readonly string[])[] =>
  text.split('\f').map((page) =>
    page
      .split(/\s+/)
      .filter((word) => word !== '' && !shaped.test(word))
      .sort(),
  );

describe('our own drawing beside that of pdfmake alone', () => {
  it.each([
    ['a rich report', richReport({}, 40)],
    ['a report of hostile texts', hostileReport()],
    ['a report without a verdict', nothingAssessedReport()],
  ])('says the same of %s, word for word and page by page', async (_, report) => {
    const [ours, reference] = await Promise.all([
      bytesOf('pdf', report),
      referenceReport(report.facts, report.findings),
    ]);
    const [own, others] = [byPoppler(ours), byPoppler(reference)];
    if (own !== null && others !== null) expect(wordsOf(own)).toEqual(wordsOf(others));
    const [read, expected] = [await readPdf(ours), await readPdf(reference)];
    expect(read.pages).toHaveLength(expected.pages.length);
    expect(read.pages.length).toBeGreaterThan(3);
  });
});
