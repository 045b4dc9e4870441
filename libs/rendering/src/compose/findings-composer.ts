import { type FindingRow, type ReportFacts, rowKeysOf, type Severity } from '#domain';
import { type WithheldRow, withholdEvidence } from '../evidence/withhold-evidence.ts';
import { composeFinding } from './compose-finding.ts';
import { planActions } from '../sentences/plan-actions.ts';
import type { FindingContent, FindingsPart } from '../model/report-content.ts';
import { targetNames } from '../sentences/target-names.ts';
import { reportLinks, type ReportLinks } from '../model/report-links.ts';

/** Composes findings as they stream in: ranks count on, and nothing of them is kept here. */
export class FindingsComposer {
  #count = 0;
  readonly #facts: ReportFacts;
  readonly #links: ReportLinks;
  readonly #details: boolean;
  /** Empty where there is one target. */
  readonly #targets: ReadonlyMap<string, string>;
  #severity: Severity | null | undefined;

  /** `heads`: rows come without the texts of their trials, and no detail is composed of them. */
  constructor(facts: ReportFacts, part: FindingsPart = 'whole') {
    this.#facts = facts;
    this.#details = part === 'whole';
    const { targets } = facts.rows;
    this.#targets = targets.length > 1 ? targetNames(targets) : new Map();
    const { actions } = planActions(facts.rows.finding_categories);
    this.#links = reportLinks(
      rowKeysOf(facts.outline),
      actions.map((action) => action.categories),
    );
  }

  /** A preview wants no more. */
  get full(): boolean {
    return this.#count >= (this.#facts.preview?.findings ?? Number.POSITIVE_INFINITY);
  }

  compose(rows: Iterable<WithheldRow>): readonly FindingContent[] {
    const composed: FindingContent[] = [];
    for (const row of rows) {
      if (this.full) break;
      const startsGroup = this.#severity !== undefined && this.#severity !== row.severity;
      this.#severity = row.severity;
      const setting = {
        links: this.#links,
        startsGroup,
        details: this.#details,
        target: this.#targets.get(row.target_key) ?? null,
      };
      this.#count += 1;
      composed.push(composeFinding(row, this.#count, setting));
    }
    return composed;
  }
}

export const composeFindings = (facts: ReportFacts, rows: readonly FindingRow[]): readonly FindingContent[] =>
  new FindingsComposer(facts).compose(rows.map((row) => withholdEvidence(row, facts.evidence)));
