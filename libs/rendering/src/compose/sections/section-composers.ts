import type { SectionKey } from '#domain';
import { asrByAttack, asrByCategory, asrByGoal } from './asr-by.ts';
import { compliance } from './compliance.ts';
import { evidence } from './evidence.ts';
import { executiveSummary } from './executive-summary.ts';
import { findings } from './findings.ts';
import { methodology } from './methodology.ts';
import { recommendations } from './recommendations.ts';
import { riskScoreMetrics } from './risk-score-metrics.ts';
import type { SectionComposer } from './section-composer.ts';
import { severityBreakdown } from './severity-breakdown.ts';
import { transformEffectiveness } from './transform-effectiveness.ts';

/** Every section of the catalogue has its composer: a new key does not compile without one. */
export const sectionComposers: Readonly<Record<SectionKey, SectionComposer>> = {
  recommendations,
  executive_summary: executiveSummary,
  risk_score_metrics: riskScoreMetrics,
  severity_breakdown: severityBreakdown,
  asr_by_attack: asrByAttack,
  asr_by_category: asrByCategory,
  asr_by_goal: asrByGoal,
  transform_effectiveness: transformEffectiveness,
  compliance,
  findings,
  evidence,
  methodology,
};
