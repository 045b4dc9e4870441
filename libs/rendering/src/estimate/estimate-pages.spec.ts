import type { FindingRow, ReportStyleFacts, RowSource } from '#domain';
import {
  hitsOnlyReport,
  manyAttacksReport,
  nothingSucceededReport,
  richReport,
  type SampleReport,
  templateReport,
  templateSection,
  withOutline,
} from '#testing';
import { composeReport } from '../compose/compose-report.ts';
import { composeFindings } from '../compose/findings-composer.ts';
import { digestOf } from '../model/findings-digest.ts';
import { layOutReport } from '../layout/paging/lay-out-report.ts';
import { estimatePages, type ReportCounts } from './estimate-pages.ts';

const charactersOf = ({ goal, notes, best_trial: trial }: FindingRow): number =>
  [goal, notes, trial?.original_prompt, trial?.prompt, trial?.response, trial?.reasoning]
    .concat(trial?.turns.map((turn) => turn.content) ?? [])
    .reduce((sum, text) => sum + (text?.length ?? 0), 0);

function countsOf({ facts, findings }: SampleReport): ReportCounts {
  const rows: Partial<Record<RowSource, number>> = { findings: findings.length };
  for (const source of Object.keys(facts.rows) as (keyof typeof facts.rows)[]) rows[source] = facts.rows[source].length;
  const characters = findings.reduce((sum, finding) => sum + charactersOf(finding), 0);
  return {
    outline: facts.outline,
    style: facts.style,
    evidence: facts.evidence,
    frameworks: facts.frameworks,
    rows,
    characters_per_finding: findings.length === 0 ? 0 : characters / findings.length,
  };
}

function pagesOf({ facts, findings }: SampleReport): number {
  const composed = composeFindings(facts, findings);
  return layOutReport(composeReport(facts, digestOf(composed)), composed).pages.length;
}

const styled = (style: Partial<ReportStyleFacts>, findings: number): SampleReport => {
  const report = richReport({}, findings);
  return { ...report, facts: { ...report.facts, style: { ...report.facts.style, ...style } } };
};

function answering(length: number): SampleReport {
  const report = richReport({}, 40);
  const response = 'word '.repeat(Math.ceil(length / 5)).slice(0, length);
  const findings = report.findings.map((finding) => ({
    ...finding,
    best_trial: finding.best_trial && { ...finding.best_trial, turns: [], response },
  }));
  return { ...report, findings };
}

const long = (characters: number): SampleReport =>
  withOutline(richReport({}, 1), [templateSection('Long', [{ kind: 'text', text: 'word '.repeat(characters / 5) }])]);

describe('the estimate of pages', () => {
  it.each([
    ['without findings', nothingSucceededReport()],
    ['of hits only', hitsOnlyReport()],
    ['of 1 finding', richReport({}, 1)],
    ['of 20 findings', richReport({}, 20)],
    ['of 120 findings', richReport({}, 120)],
    ['of 400 findings', richReport({}, 400)],
    ['of 600 attacks', manyAttacksReport(600)],
    ['at 6 points', styled({ font_size: 6 }, 80)],
    ['at 9 points', styled({ font_size: 9 }, 80)],
    ['at 14 points', styled({ font_size: 14 }, 80)],
    ['at 18 points', styled({ font_size: 18 }, 80)],
    ['at 24 points', styled({ font_size: 24 }, 80)],
    ['in Courier', styled({ font: 'Courier' }, 80)],
    ['in Times on Letter', styled({ font: 'Times-Roman', paper: 'LETTER' }, 80)],
    ['on Letter', styled({ paper: 'LETTER' }, 80)],
    ['without evidence', richReport({ evidence: 'none' }, 80)],
    ['masked', richReport({ evidence: 'masked' }, 80)],
    ['with long answers', answering(2000)],
    ['with very long answers', answering(8000)],
    ['of a template', templateReport(8)],
    ['of a long text', long(20_000)],
  ])('is within a quarter of the report %s', (_, report) => {
    const { pages } = estimatePages(countsOf(report));
    const ratio = pages / pagesOf(report);
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.25);
  });

  it('grows with findings, and seconds with pages', () => {
    const sizes = [0, 10, 100, 1000, 10_000].map((findings) => {
      const counts = countsOf(richReport({}, 1));
      return estimatePages({ ...counts, rows: { ...counts.rows, findings } });
    });
    for (const [index, { pages, seconds }] of sizes.entries()) {
      const before = sizes[index - 1];
      if (!before) continue;
      expect(pages).toBeGreaterThan(before.pages);
      expect(seconds).toBeGreaterThanOrEqual(before.seconds);
    }
    expect(sizes.at(-1)?.seconds).toBeGreaterThan(20);
  });
});
