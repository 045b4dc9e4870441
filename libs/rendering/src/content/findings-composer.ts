import type { FindingRow, ReportFacts, Severity } from '#domain';
import { rowKeysOf } from '#domain';
import { composeFinding } from './compose-finding.ts';
import { planActions } from './plan-actions.ts';
import type { FindingContent } from './report-content.ts';
import type { ReportLinks } from './report-links.ts';
import { reportLinks } from './report-links.ts';

/** Composes findings as they stream in: ranks count on, and evidence that is not printed is let go at once. */
export class FindingsComposer {
  readonly composed: FindingContent[] = [];
  readonly #facts: ReportFacts;
  readonly #links: ReportLinks;
  #severity: Severity | null | undefined;

  constructor(facts: ReportFacts) {
    this.#facts = facts;
    const { actions } = planActions(facts.rows.finding_categories);
    this.#links = reportLinks(
      rowKeysOf(facts.outline),
      actions.map((action) => action.categories),
    );
  }

  /** A preview wants no more. */
  get full(): boolean {
    return this.composed.length >= (this.#facts.preview?.findings ?? Number.POSITIVE_INFINITY);
  }

  add(rows: readonly FindingRow[]): void {
    for (const row of rows) {
      if (this.full) return;
      const startsGroup = this.#severity !== undefined && this.#severity !== row.severity;
      this.#severity = row.severity;
      const setting = { evidence: this.#facts.evidence, links: this.#links, startsGroup };
      this.composed.push(composeFinding(row, this.composed.length + 1, setting));
    }
  }
}

export function composeFindings(facts: ReportFacts, rows: readonly FindingRow[]): readonly FindingContent[] {
  const composer = new FindingsComposer(facts);
  composer.add(rows);
  return composer.composed;
}
