import { type FindingStatus, type Outcome, type ScoreMeaning, severities, type Severity } from '../vocabulary.ts';
import { type Of, type Population } from './population.ts';

/** What the order of findings goes by; equal ones stand in the order of their files. */
export interface RankedFinding {
  readonly severity: Severity | null;
  readonly outcome: Outcome;
  readonly finding_status: FindingStatus;
  readonly best_score: number | null;
  readonly score_meaning: ScoreMeaning;
}

/** Negative where `a` comes first: severity, succeeded before came close, open before closed, score. */
export function compareFindings(a: RankedFinding, b: RankedFinding): number {
  return (
    rankOfSeverity(a.severity) - rankOfSeverity(b.severity) ||
    Number(b.outcome === 'succeeded') - Number(a.outcome === 'succeeded') ||
    Number(b.finding_status === 'open') - Number(a.finding_status === 'open') ||
    (b.best_score ?? -1) - (a.best_score ?? -1)
  );
}

const rankOfSeverity = (severity: Severity | null): number =>
  severity === null ? severities.length : severities.indexOf(severity);

/** The worst finding that succeeded and is open, and how many equal it. */
export interface WorstClaim extends Of<'worst'> {
  readonly severity: Severity | null;
  readonly best_score: number | null;
  /** Open successes of that severity. */
  readonly of_severity: number;
  /** The score grades harm; one that only ranks trials stands in the order, and makes none the worst. */
  readonly graded: boolean;
  /** Those of them that the order does not tell apart from it, itself among them. */
  readonly equal: number;
}

/** Gathered as findings pass in their order, since a report never holds them all. */
export class WorstFinding<F extends RankedFinding> {
  first: F | null = null;
  #ofSeverity = 0;
  #equal = 0;

  add(finding: F): void {
    if (finding.outcome !== 'succeeded' || finding.finding_status !== 'open') return;
    this.first ??= finding;
    if (finding.severity !== this.first.severity) return;
    this.#ofSeverity++;
    if (compareFindings(finding, this.first) === 0) this.#equal++;
  }

  /** Null where none succeeded and is open. */
  claim(id: string, filtered: boolean): WorstClaim | null {
    if (this.first === null) return null;
    const { severity, best_score, score_meaning } = this.first;
    const population: Population = { coverage: 'any', status: 'open', domain: 'generative' };
    return {
      kind: 'worst',
      about: { finding: id },
      population: filtered ? { ...population, filtered } : population,
      severity,
      best_score,
      of_severity: this.#ofSeverity,
      graded: score_meaning === 'graded',
      equal: this.#equal,
    };
  }
}
