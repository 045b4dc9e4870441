import {
  addCounts,
  imageIdsOf,
  noRuns,
  type Rate,
  type ReportFacts,
  rowKeysOf,
  type RunCounts,
  totalRuns,
} from '#domain';
import { flatImage } from '../model/flat-image.ts';
import { type ActionPlan, planActions } from './plan-actions.ts';
import { reportLinks, type ReportLinks } from '../model/report-links.ts';
import { ClaimsLedger } from '../model/claims-ledger.ts';
import type { FindingsDigest } from '../model/findings-digest.ts';
import { noTarget, type TargetSetting, targetSettings } from './target-settings.ts';
import type { ImageContent } from '../model/report-content.ts';

/** The facts of a report with the sums that several sections print. */
export interface ReportSetting {
  readonly facts: ReportFacts;
  /** Where sentences note what they claim. */
  readonly ledger: ClaimsLedger;
  readonly findings: FindingsDigest;
  /** Systems that were attacked, the riskiest first. */
  readonly targets: readonly TargetSetting[];
  /** The riskiest: what the front pages speak of. */
  readonly head: TargetSetting;
  /** Numbers of runs over all targets; a rate is of one target alone. */
  readonly counts: RunCounts;
  readonly runs: number;
  readonly trials: number;
  readonly dismissed: number;
  /** Of the one target; null where there are several. */
  readonly rate: Rate | null;
  readonly plan: ActionPlan;
  readonly links: ReportLinks;
  /** Of a preview that holds fewer findings than there are. */
  readonly cut: { readonly shown: number; readonly of: number } | null;
  /** Pictures that can be drawn, by the id that the outline names. */
  readonly images: ReadonlyMap<string, ImageContent>;
}

export function reportSetting(facts: ReportFacts, findings: FindingsDigest): ReportSetting {
  const { assessments } = facts.rows;
  const targets = targetSettings(facts.rows.targets);
  const [head = noTarget] = targets;
  const counts = facts.rows.targets.reduce<RunCounts>(addCounts, noRuns);
  const plan = planActions(facts.rows.finding_categories);
  return {
    facts,
    ledger: new ClaimsLedger(),
    findings,
    targets,
    head,
    counts,
    runs: totalRuns(counts),
    trials: facts.rows.targets.reduce((sum, target) => sum + target.trials, 0),
    dismissed: assessments.reduce((sum, assessment) => sum + assessment.dismissed, 0),
    rate: targets.length === 1 ? head.rate : null,
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
