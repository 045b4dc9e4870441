import type { Severity } from '#domain';
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
  | 'attackInWords'
  | 'trials'
  | 'attack'
>;

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
  readonly worst: DigestedFinding[] = [];
  readonly ranges: SeverityRange[] = [];
  /** Of the first few hundred, in order. */
  readonly titles: string[] = [];
  firstSucceeded: DigestedFinding | null = null;
  count = 0;
  /** Passages withheld. */
  masked = 0;
  readonly #tags = new Map<string, { ranks: number[]; count: number }>();
  readonly #categories = new Map<string, { ranks: number[]; count: number }>();

  add(finding: DigestedFinding): void {
    const { rank, severity } = finding;
    this.count++;
    this.masked += finding.masked;
    if (this.worst.length < firstKept) this.worst.push(finding);
    if (this.titles.length < singleBookmarks) this.titles.push(finding.title);
    if (finding.outcome === 'succeeded') this.firstSucceeded ??= finding;
    const range = this.ranges.at(-1);
    if (range?.severity === severity) range.last = rank;
    else this.ranges.push({ severity, first: rank, last: rank });
    for (const tag of new Set(finding.compliance)) note(this.#tags, tagOf(finding.target, tag), rank);
    note(this.#categories, finding.category, rank);
  }

  /** Those of a target that carry `framework:item`. */
  tagged(target: string, tag: string): FirstRanks {
    return this.#tags.get(tagOf(target, tag)) ?? none;
  }

  /** The first few of several categories. */
  ofCategories(categories: readonly string[]): readonly number[] {
    return categories
      .flatMap((category) => this.#categories.get(category)?.ranks ?? [])
      .sort((a, b) => a - b)
      .slice(0, firstKept);
  }

  countOf(severity: Severity | null): number {
    return this.ranges.reduce(
      (sum, range) => sum + (range.severity === severity ? range.last - range.first + 1 : 0),
      0,
    );
  }

  /** Rank of the worst finding of a severity. */
  firstOf(severity: Severity): number | null {
    return this.ranges.find((range) => range.severity === severity)?.first ?? null;
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
