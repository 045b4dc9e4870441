import {
  hitsOnlyReport,
  manyAttacksReport,
  nothingAssessedReport,
  nothingSucceededReport,
  richReport,
  type SampleReport,
} from '#testing';
import { composeReport } from '../../compose/compose-report.ts';
import { composeFindings } from '../../compose/findings-composer.ts';
import { digestOf } from '../../model/findings-digest.ts';
import { geometries } from '../../theme/geometry.ts';
import type { PlacedPage } from './laid-out-report.ts';
import { ReportLayout } from './report-layout.ts';

function pagesOf({ facts, findings }: SampleReport): PlacedPage[] {
  const composed = composeFindings(facts, findings);
  const digest = digestOf(composed);
  const content = composeReport(facts, digest);
  const pages: PlacedPage[] = [];
  const layout = new ReportLayout(content, digest, (page) => pages.push(page), null);
  layout.begin();
  for (const finding of composed) layout.add(finding);
  layout.end(content.integrity);
  return pages;
}

const sectionsOn = ({ page }: PlacedPage): string[] =>
  page.placed.flatMap(({ marks }) =>
    marks.flatMap((mark) => (mark.kind === 'anchor' && /^section-[a-z_]+$/.test(mark.name) ? [mark.name] : [])),
  );

describe('short sections', () => {
  it('share a page', () => {
    expect(pagesOf(nothingSucceededReport()).some((page) => sectionsOn(page).length > 1)).toBe(true);
  });

  it.each([
    ['where nothing succeeded', nothingSucceededReport()],
    ['where nothing was assessed', nothingAssessedReport()],
    ['of hits only', hitsOnlyReport()],
    ['of one finding', richReport({}, 1)],
    ['of 20 findings', richReport({}, 20)],
    ['of 600 attacks', manyAttacksReport(600)],
  ])('leave no page of a report %s under a third full, but the last of a part', (_, report) => {
    const { contentTop, contentBottom } = geometries[report.facts.style.paper];
    const pages = pagesOf(report);
    const lastOf = new Map(pages.map((page) => [page.part, page]));
    const sparse = pages.filter((page) => {
      // The cover and the pages before the body have their own measures.
      if (page.part === 0 || lastOf.get(page.part) === page) return false;
      const lowest = Math.max(...page.page.placed.map(({ y }) => (y <= contentBottom ? y : 0)));
      return lowest < contentTop + (contentBottom - contentTop) / 3;
    });
    expect(sparse.map(sectionsOn)).toEqual([]);
  });
});
