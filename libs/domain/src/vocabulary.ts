/** Words of the field, as the API spells them. Arrays are ordered; worst first where there is a worst. */

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** An error, a null score or an empty answer is not assessed; it is never counted as resisted. */
export const outcomes = ['succeeded', 'resisted', 'not_assessed'] as const;
export type Outcome = (typeof outcomes)[number];

/** Why a trial could not be assessed. */
export const notAssessedReasons = [
  'target_error',
  'suspected_target_error',
  'no_score',
  'empty_answer',
  'not_evaluated',
] as const;
export type NotAssessedReason = (typeof notAssessedReasons)[number];

export const attackDomains = ['generative', 'adversarial_ml'] as const;

export const findingTypes = ['jailbreak', 'partial', 'refusal', 'error', 'evasion', 'degradation', 'robust'] as const;
export type FindingType = (typeof findingTypes)[number];

/** Types that a report shows unless its filter asks for others. */
export const reportedFindingTypes = ['jailbreak', 'partial'] as const satisfies readonly FindingType[];
/** The same for adversarial-ML results, shown with `include_adversarial`. */
export const reportedAdversarialTypes = ['evasion', 'degradation'] as const satisfies readonly FindingType[];

export const findingStatuses = ['open', 'false_positive', 'accepted_risk', 'remediated', 'incorrect_scoring'] as const;
export type FindingStatus = (typeof findingStatuses)[number];

/** Triaged away: left out of tables and metrics, and said so in the report. */
export const dismissedStatuses = ['false_positive', 'incorrect_scoring'] as const satisfies readonly FindingStatus[];

/** `hits_only`: the file holds successes alone, so there is no denominator and no rate. */
export const coverages = ['full', 'hits_only'] as const;
export type Coverage = (typeof coverages)[number];

export const severitySources = ['human', 'source', 'score_band', 'category_default', 'fallback'] as const;
export type SeveritySource = (typeof severitySources)[number];

/** `ranking_only`: the scores order trials; they grade no harm, so they give no severity and make nothing come close. */
export const scoreMeanings = ['graded', 'ranking_only'] as const;
export type ScoreMeaning = (typeof scoreMeanings)[number];

/** How our score came of the source's where it is not the same number: 1 minus it; a number for a label; the nearer end of 0 to 1. */
export const scoreScales = ['inverted', 'from_label', 'clipped'] as const;
export type ScoreScale = (typeof scoreScales)[number];

/** Where compliance tags come from: the file itself, or a table of ours (or of the tool) by category or probe. */
export const complianceSources = ['file', 'crosswalk'] as const;
export type ComplianceSource = (typeof complianceSources)[number];

/**
 * Why the judge that decides is the one: no other judged; the caller named it; it stands first in the file; or the file
 * says a verdict over all its judges.
 */
export const primaryRules = ['only_judge', 'chosen_by_caller', 'first_in_file', 'source_verdict'] as const;
export type PrimaryRule = (typeof primaryRules)[number];

export const assessmentStatuses = ['pending', 'running', 'completed', 'failed'] as const;
export type AssessmentStatus = (typeof assessmentStatuses)[number];

/** Public life of a build. `cancelled` and `expired` are ours beside the four documented. */
export const buildStatuses = ['queued', 'in_progress', 'completed', 'failed', 'cancelled', 'expired'] as const;
export type BuildStatus = (typeof buildStatuses)[number];

/** One content, a drawing each. */
export const reportFormats = ['pdf', 'json', 'csv', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export const reportFonts = ['Helvetica', 'Times-Roman', 'Courier'] as const;
export type ReportFont = (typeof reportFonts)[number];

export const paperSizes = ['A4', 'LETTER'] as const;
export type PaperSize = (typeof paperSizes)[number];

/** Who the copy is for: the red team, the client, the board. Applied before content is composed. */
export const evidenceLevels = ['full', 'masked', 'none'] as const;
export type EvidenceLevel = (typeof evidenceLevels)[number];

/** Goal categories of the documented SDK; the field itself is open. */
export const goalCategories = [
  'credential_leak',
  'tool_misuse',
  'system_prompt_leak',
  'harmful_content',
  'pii_extraction',
  'jailbreak_general',
  'refusal_bypass',
  'bias_fairness',
  'content_policy',
  'reasoning_exploitation',
  'supply_chain',
  'resource_exhaustion',
  'quantization_safety',
  'alignment_integrity',
  'multi_turn_escalation',
] as const;

export const uncategorised = 'uncategorised';
