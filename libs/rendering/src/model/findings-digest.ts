import { type RankedFinding, type Severity, type WorstClaim, WorstFinding } from '#domain';
import type { FindingContent } from './report-content.ts';

/** What the pages beside the findings' own say of a finding. */
export type DigestedFinding = Pick<
  FindingContent,
  | 'rank'
  | 'target'
  | 'id'
  | 'title'
  | 'severity'
  | 'category'
  | 'outcome'
  | 'compliance'
  | 'masked'
  | 'trialsInWords'
  | 'trialCounts'
  | 'attackInWords'
  | 'trials'
  | 'attack'
  | 'status'
  | 'bestScore'
  | 'scoreMeaning'
  | 'scoreConverted'
  | 'coverage'
  | 'close'
  | 'adversarial'
>;

interface RankedDigest extends RankedFinding {
  readonly finding: DigestedFinding;
}

/** The worst open finding that succeeded, and how it stands among the others of its target. */
export interface WorstOfTarget {
  readonly finding: DigestedFinding;
  readonly claim: WorstClaim;
}

/** Neighbours of one severity in the order of the report. */
interface SeverityRange {
  readonly severity: Severity | null;
  readonly first: number;
  last: number;
}

/** How many there are, and the first few by rank. */
interface FirstRanks {
  readonly ranks: readonly number[];
  readonly count: number;
}

/** As many as any section names one by one. */
const firstKept = 3;
/** Findings up to which each has a bookmark of its own. */
export const singleBookmarks = 300;

const none: FirstRanks = { ranks: [], count: 0 };

/** What all findings say together, gathered as they pass: its size is that of the vocabulary, not of the findings. */
export class FindingsDigest {
  /** The first open ones. */
  readonly worst: DigestedFinding[] = [];
  readonly ranges: SeverityRange[] = [];
  /** Of the first few hundred, in order. */
  readonly titles: string[] = [];
  count = 0;
  /** Passages withheld. */
  masked = 0;
  /** Whose best score we made of the source's own. */
  converted = 0;
  readonly #tags = new Map<string, { ranks: number[]; count: number }>();
  /** Of open ones that succeeded. */
  readonly #categories = new Map<string, { ranks: number[]; count: number }>();
  readonly #firstOf = new Map<string, Map<Severity, number>>();
  readonly #worstByTarget = new Map<string, WorstFinding<RankedDigest>>();

  add(finding: DigestedFinding): void {
    const { rank, severity } = finding;
    this.count++;
    this.masked += finding.masked;
    if (finding.scoreConverted) this.converted++;
    const open = finding.status === 'open';
    if (open && this.worst.length < firstKept) this.worst.push(finding);
    if (this.titles.length < singleBookmarks) this.titles.push(finding.title);
    if (open && finding.outcome === 'succeeded' && !finding.adversarial) this.#addSuccess(finding);
    // The breakdown by severity counts none on classifiers, so none is its first either.
    if (severity !== null && !finding.adversarial) this.#noteFirst(finding.target, severity, rank);
    const range = this.ranges.at(-1);
    if (range?.severity === severity) range.last = rank;
    else this.ranges.push({ severity, first: rank, last: rank });
    for (const tag of new Set(finding.compliance)) note(this.#tags, tagOf(finding.target, tag), rank);
  }

  #noteFirst(target: string, severity: Severity, rank: number): void {
    const own = this.#firstOf.get(target) ?? new Map<Severity, number>();
    this.#firstOf.set(target, own);
    if (!own.has(severity)) own.set(severity, rank);
  }

  #addSuccess(finding: DigestedFinding): void {
    const { target, category, rank, severity, outcome, status, bestScore, scoreMeaning } = finding;
    note(this.#categories, category, rank);
    const worst = this.#worstByTarget.get(target) ?? new WorstFinding<RankedDigest>();
    this.#worstByTarget.set(target, worst);
    worst.add({
      finding,
      severity,
      outcome,
      finding_status: status,
      best_score: bestScore,
      score_meaning: scoreMeaning,
    });
  }

  worstOf(target: string, filtered: boolean): WorstOfTarget | null {
    const worst = this.#worstByTarget.get(target);
    const finding = worst?.first?.finding;
    const claim = worst?.claim(finding?.id ?? '', filtered);
    return finding && claim ? { finding, claim } : null;
  }

  /** Those of a target that carry `framework:item`. */
  tagged(target: string, tag: string): FirstRanks {
    return this.#tags.get(tagOf(target, tag)) ?? none;
  }

  /** Open ones that succeeded, of several categories: how many, and the first few. */
  ofCategories(categories: readonly string[]): FirstRanks {
    const own = categories.map((category) => this.#categories.get(category) ?? none);
    return {
      ranks: own
        .flatMap(({ ranks }) => ranks)
        .sort((a, b) => a - b)
        .slice(0, firstKept),
      count: own.reduce((sum, { count }) => sum + count, 0),
    };
  }

  countOf(severity: Severity | null): number {
    return this.ranges.reduce(
      (sum, range) => sum + (range.severity === severity ? range.last - range.first + 1 : 0),
      0,
    );
  }

  /** Rank of the worst finding of a severity; of one target, or of any. */
  firstOf(severity: Severity, target: string | null): number | null {
    if (target !== null) return this.#firstOf.get(target)?.get(severity) ?? null;
    const firsts = [...this.#firstOf.values()].flatMap((own) => own.get(severity) ?? []);
    return firsts.length === 0 ? null : Math.min(...firsts);
  }
}

const tagOf = (target: string, tag: string): string => JSON.stringify([target, tag]);

function note(places: Map<string, { ranks: number[]; count: number }>, name: string, rank: number): void {
  const place = places.get(name);
  if (!place) places.set(name, { ranks: [rank], count: 1 });
  else {
    place.count++;
    if (place.ranks.length < firstKept) place.ranks.push(rank);
  }
}

export function digestOf(findings: Iterable<DigestedFinding>): FindingsDigest {
  const digest = new FindingsDigest();
  for (const finding of findings) digest.add(finding);
  return digest;
}
