import {
  addCounts,
  attackSuccessRate,
  imageIdsOf,
  noRuns,
  type Rate,
  type ReportFacts,
  riskScore,
  type RiskScore,
  rowKeysOf,
  type RunCounts,
  severities,
  type Severity,
  totalRuns,
  worstSeverity,
} from '#domain';
import { flatImage } from '../model/flat-image.ts';
import { type ActionPlan, planActions } from './plan-actions.ts';
import { reportLinks, type ReportLinks } from '../model/report-links.ts';
import { ClaimsLedger } from '../model/claims-ledger.ts';
import type { FindingsDigest } from '../model/findings-digest.ts';
import type { ImageContent } from '../model/report-content.ts';

/** The facts of a report with the sums that several sections print. */
export interface ReportSetting {
  readonly facts: ReportFacts;
  /** Where sentences note what they claim. */
  readonly ledger: ClaimsLedger;
  readonly findings: FindingsDigest;
  readonly counts: RunCounts;
  readonly runs: number;
  readonly trials: number;
  readonly dismissed: number;
  readonly rate: Rate | null;
  readonly risk: RiskScore;
  /** Runs that succeeded or came close, of each severity. */
  readonly severities: Readonly<Record<Severity, number>>;
  readonly cameClose: number;
  readonly plan: ActionPlan;
  readonly links: ReportLinks;
  /** Of a preview that holds fewer findings than there are. */
  readonly cut: { readonly shown: number; readonly of: number } | null;
  /** Pictures that can be drawn, by the id that the outline names. */
  readonly images: ReadonlyMap<string, ImageContent>;
}

export function reportSetting(facts: ReportFacts, findings: FindingsDigest): ReportSetting {
  const { assessments } = facts.rows;
  const counts = assessments.reduce(addCounts, noRuns);
  const bySeverity = severityTotals(facts);
  const rate = attackSuccessRate(counts);
  const plan = planActions(facts.rows.finding_categories);
  return {
    facts,
    ledger: new ClaimsLedger(),
    findings,
    counts,
    runs: totalRuns(counts),
    trials: assessments.reduce((sum, assessment) => sum + assessment.trials, 0),
    dismissed: assessments.reduce((sum, assessment) => sum + assessment.dismissed, 0),
    rate,
    risk: riskScore(worstSeverity(bySeverity), rate?.value ?? null),
    severities: bySeverity,
    cameClose: facts.rows.severities.reduce((sum, row) => sum + row.partial, 0),
    plan,
    links: reportLinks(
      rowKeysOf(facts.outline),
      plan.actions.map((action) => action.categories),
    ),
    cut:
      facts.preview !== null && findings.count < facts.finding_count
        ? { shown: findings.count, of: facts.finding_count }
        : null,
    images: flatImages(facts),
  };
}

function flatImages({ outline, frontmatter, images }: ReportFacts): ReadonlyMap<string, ImageContent> {
  return new Map(
    imageIdsOf(outline, frontmatter).flatMap((id) => {
      const bytes = Object.hasOwn(images, id) ? images[id] : undefined;
      const flat = bytes === undefined ? null : flatImage(bytes);
      return flat === null ? [] : [[id, flat] as const];
    }),
  );
}

function severityTotals(facts: ReportFacts): Record<Severity, number> {
  const total = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { severities: own } of facts.rows.assessments)
    for (const severity of severities) total[severity] += own[severity];
  return total;
}
