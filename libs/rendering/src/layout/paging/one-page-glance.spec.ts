import type { ReportFacts } from '#domain';
import { richReport, sampleTarget, type SampleReport } from '#testing';
import { composeReport } from '../../compose/compose-report.ts';
import { composeFindings } from '../../compose/findings-composer.ts';
import { digestOf } from '../../model/findings-digest.ts';
import { geometries } from '../../theme/geometry.ts';
import { measure } from '../../typesetting/measure.ts';
import type { Mark, TextMark } from '../strips/marks.ts';
import type { PlacedPage } from './laid-out-report.ts';
import { ReportLayout } from './report-layout.ts';

const longName = (index: number): string =>
  `Target ${index}: customer support assistant, second release candidate of spring, openai:gpt-4o-mini-2024-07-18`;

/** Everything that the overview may say at once: hits beside rates, closed findings, a filter. */
function reportOn(
  count: number,
  nameOf: (index: number) => string,
  style: Partial<ReportFacts['style']>,
): SampleReport {
  const { facts, findings } = richReport({}, 12);
  const [first = sampleTarget()] = facts.rows.targets;
  const targets = Array.from({ length: count }, (_, index) => ({
    ...first,
    target_key: `n:${index}`,
    name: nameOf(index),
    remediated: 3,
    accepted: 2,
    hits_only: 4,
  }));
  return {
    facts: {
      ...facts,
      style: { ...facts.style, ...style },
      filter: { ...facts.filter, severity: ['critical', 'high'] },
      rows: { ...facts.rows, targets },
    },
    findings: findings.map((row, index) => ({ ...row, target_key: `n:${index % count}` })),
  };
}

/** Marks of each page from the overview to the contents. */
function overviewMarks({ facts, findings }: SampleReport): (readonly Mark[])[] {
  const composed = composeFindings(facts, findings);
  const digest = digestOf(composed);
  const pages: PlacedPage[] = [];
  new ReportLayout(composeReport(facts, digest), digest, (page) => pages.push(page), null).begin();
  const front = pages.filter(({ part }) => part === 0).map(({ page }) => page.placed.flatMap(({ marks }) => marks));
  const begins = (name: string): number =>
    front.findIndex((marks) => marks.some((mark) => mark.kind === 'anchor' && mark.name === name));
  return front.slice(begins('section-glance'), begins('section-contents'));
}

const textMarks = (marks: readonly Mark[]): readonly TextMark[] => marks.filter((mark) => mark.kind === 'text');
const overviewOf = (report: SampleReport): string[] =>
  overviewMarks(report).map((marks) =>
    textMarks(marks)
      .map(({ text }) => text)
      .join('\n'),
  );

/** How many targets have a line, and what stands for the others. */
function targetsOn(page: string): { readonly lines: number; readonly more: string | null } {
  const table = page.slice(page.indexOf('95 % interval'), page.indexOf('Risk score'));
  return {
    lines: new Set(table.match(/^Target \d+/gm)).size,
    more: /^and .* more targets$/m.exec(table)?.[0] ?? null,
  };
}

describe('the overview', () => {
  it.each([
    [2, { paper: 'A4', font: 'Helvetica', font_size: 11 }],
    [6, { paper: 'A4', font: 'Helvetica', font_size: 11 }],
    [12, { paper: 'LETTER', font: 'Times-Roman', font_size: 12 }],
    [6, { paper: 'LETTER', font: 'Courier', font_size: 24 }],
  ] as const)('of %i targets with long names is one page', (count, style) => {
    expect(overviewMarks(reportOn(count, longName, style))).toHaveLength(1);
  });

  it.each(['Helvetica', 'Courier'] as const)('runs into no margin in %s', (font) => {
    const { left, contentWidth } = geometries.A4;
    const marks = overviewMarks(reportOn(6, longName, { paper: 'A4', font, font_size: 11 })).flatMap(textMarks);
    const wide = marks.filter(
      ({ x, text, face, size }) =>
        x < left - 0.1 || x + (measure(text.trimEnd(), face) * size) / 1000 > left + contentWidth + 0.1,
    );
    expect(wide.map(({ text }) => text)).toEqual([]);
  });

  it('says how many targets have no line for want of room', () => {
    const [page = ''] = overviewOf(reportOn(6, longName, { paper: 'LETTER', font: 'Courier', font_size: 24 }));
    expect(targetsOn(page)).toEqual({ lines: 2, more: 'and four more targets' });
  });

  it('gives each of six targets a line where there is room, and five of seven', () => {
    const overview = (count: number): string =>
      overviewOf(reportOn(count, (index) => `Target ${index}`, { paper: 'A4', font_size: 9 }))[0] ?? '';
    expect(targetsOn(overview(6))).toEqual({ lines: 6, more: null });
    expect(targetsOn(overview(7))).toEqual({ lines: 5, more: 'and two more targets' });
  });
});
