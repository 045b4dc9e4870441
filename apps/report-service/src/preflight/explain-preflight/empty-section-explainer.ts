import type { QueryBus } from '@nestjs/cqrs';
import {
  CountRows,
  type EmptyReason,
  type FilterExplanation,
  type ProjectRef,
  type RowRequest,
  type SectionExplanation,
  type Snapshot,
} from '#contracts';
import { frameworkKeys, type RowSource, sections } from '#domain';
import type { RowsPart } from '../rows-parts.ts';
import { constraintsOf } from './constraints.ts';
import { explainFilter } from './explain-filter.ts';

type Why = Pick<SectionExplanation, 'reason' | 'message' | 'frameworks_with_rows' | 'filter'>;

/** Finds out why sections are empty; what two sections share is counted once. */
export class EmptySectionExplainer {
  private readonly counted = new Map<string, Promise<number>>();
  private filter: Promise<FilterExplanation> | undefined;

  constructor(
    private readonly queries: QueryBus,
    private readonly project: ProjectRef,
    private readonly request: RowRequest,
    private readonly snapshot: Snapshot,
  ) {}

  async explain(part: RowsPart, frameworks: readonly string[]): Promise<Why> {
    const { source, filtered } = sections[part.section];
    if ((await this.count('assessments')) === 0) return why('no_data');
    if (source === 'compliance_items') return this.explainCompliance(frameworks);
    if (filtered && constraintsOf(this.request.filter).length > 0) {
      this.filter ??= explainFilter(this.queries, this.project, this.request, this.snapshot);
      const filter = await this.filter;
      if (filter.unfiltered_rows > 0) return { ...why('filtered_out'), filter };
    }
    if (!this.request.includeAdversarial && (await this.count(source, { includeAdversarial: true, filter: {} })) > 0)
      return why('adversarial_left_out');
    return why(ofSource[source] ?? 'no_runs');
  }

  private async explainCompliance(frameworks: readonly string[]): Promise<Why> {
    const others: string[] = [];
    for (const framework of frameworkKeys) {
      if (frameworks.includes(framework)) continue;
      if ((await this.count('compliance_items', { frameworks: [framework] })) > 0) others.push(framework);
    }
    const reason = frameworks.length === 0 ? 'no_framework_selected' : 'no_rows_of_frameworks';
    return { ...why(reason), frameworks_with_rows: others };
  }

  private count(source: RowSource, change: Partial<RowRequest> = {}): Promise<number> {
    const key = JSON.stringify([source, change]);
    const known = this.counted.get(key);
    if (known) return known;
    const counting = this.queries
      .execute(new CountRows(this.project, [source], { ...this.request, ...change }, this.snapshot))
      .then((counts) => counts.get(source) ?? 0);
    this.counted.set(key, counting);
    return counting;
  }
}

const ofSource: Partial<Record<RowSource, EmptyReason>> = {
  severities: 'nothing_succeeded',
  findings: 'nothing_succeeded',
  finding_categories: 'nothing_succeeded',
  asr_by_goal: 'no_goals',
};

const messages: Readonly<Record<EmptyReason, string>> = {
  no_data: 'The project holds no completed assessment yet: import a run first.',
  no_framework_selected: 'No compliance framework is selected.',
  no_rows_of_frameworks: 'No attack run carries a tag of the selected frameworks.',
  adversarial_left_out: 'Only adversarial-ML results would fill it: set include_adversarial.',
  nothing_succeeded: 'No attack succeeded or came close.',
  no_goals: 'No attack run names a goal.',
  no_runs: 'No attack run counts here.',
  filtered_out: 'The filter leaves no finding.',
};

const why = (reason: EmptyReason): Why => ({
  reason,
  message: messages[reason],
  frameworks_with_rows: [],
  filter: null,
});
