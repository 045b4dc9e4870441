import { outlineOfSections, rowKeysOf, type SectionKey } from '#domain';
import type { ReportPlan } from '#contracts';

/** A build that ended: what it held, and how long it took from claim to completion. */
export interface MeasuredBuild {
  readonly findings: number;
  readonly ms: number;
}

/** Pages of a section beside its findings; a table or a chart that usually fits on so much of a page. */
const sectionPages: Readonly<Record<SectionKey, number>> = {
  recommendations: 1,
  executive_summary: 0.7,
  risk_score_metrics: 0.6,
  severity_breakdown: 0.4,
  asr_by_attack: 0.6,
  asr_by_category: 0.6,
  asr_by_goal: 1,
  transform_effectiveness: 0.8,
  compliance: 1.2,
  findings: 0.4,
  evidence: 0.2,
  methodology: 1.2,
};

/** Cover, contents, integrity. */
const framePages = 3;
/** Rows of the findings table on a page, and blocks of evidence. */
const findingsPerPage = 16;
const evidencePerPage = 1.6;
/** Body size that the figures were taken at. */
const usualSize = 11;

/** Pages of a plan with so many findings: rough, since texts are as long as they are. */
export function estimatePages(plan: ReportPlan, findings: number): number {
  const keys = rowKeysOf(plan.outline ?? outlineOfSections(plan.sections));
  const fixed = keys.reduce((pages, key) => pages + sectionPages[key], framePages);
  const perFinding =
    (keys.includes('findings') ? 1 / findingsPerPage : 0) +
    (keys.includes('evidence') && plan.evidence !== 'none' ? 1 / evidencePerPage : 0);
  const size = (plan.style.font_size / usualSize) ** 1.5;
  return Math.max(1, Math.round((fixed + perFinding * findings) * size));
}

const baseMs = 700;
const msPerFinding = 6;

const typicalMs = (findings: number): number => baseMs + msPerFinding * findings;

/** Builds that tell enough to believe them. */
const enough = 3;

/** Milliseconds of a build with so many findings, corrected by how past ones compare with what is typical. */
export function estimateMs(findings: number, past: readonly MeasuredBuild[]): { ms: number; measured: boolean } {
  if (past.length < enough) return { ms: typicalMs(findings), measured: false };
  const ratios = past.map((build) => build.ms / typicalMs(build.findings)).sort((a, b) => a - b);
  const median = ratios[Math.floor(ratios.length / 2)] ?? 1;
  return { ms: typicalMs(findings) * Math.min(20, Math.max(0.05, median)), measured: true };
}
