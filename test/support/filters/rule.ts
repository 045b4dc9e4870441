import type { Asked, Filter } from './asked.ts';

/** A run as the list shows it, with what its assessment says. */
export interface Run {
  readonly id: string;
  readonly assessment_id: string;
  readonly attack_name: string;
  readonly attack_domain: string | null;
  readonly category: string | null;
  readonly goal_category: string | null;
  readonly finding_type: string;
  readonly finding_status: string;
  readonly severity: string | null;
  readonly best_score: number | null;
}

export interface Assessment {
  readonly id: string;
  readonly status: string;
  readonly started_at: string | null;
}

/** The rule of a report and its filter a second time, in plain words: what the compiler of the service must come to. */
export class Rule {
  readonly #assessments: ReadonlyMap<string, Assessment>;

  constructor(
    readonly runs: readonly Run[],
    assessments: readonly Assessment[],
  ) {
    this.#assessments = new Map(assessments.map((each) => [each.id, each]));
  }

  ids({ filter, adversarial }: Asked): string[] {
    const usual = adversarial ? ['jailbreak', 'partial', 'evasion', 'degradation'] : ['jailbreak', 'partial'];
    const types = filter.finding_type?.length ? filter.finding_type : usual;
    return this.runs
      .filter((run) => this.#assessments.get(run.assessment_id)?.status === 'completed')
      .filter((run) => run.finding_status !== 'false_positive' && run.finding_status !== 'incorrect_scoring')
      .filter((run) => adversarial || run.attack_domain !== 'adversarial_ml')
      .filter((run) => types.includes(run.finding_type) && this.#passes(run, filter))
      .map(({ id }) => id)
      .sort();
  }

  #passes(run: Run, filter: Filter): boolean {
    const oneOf = (list: readonly string[] | null | undefined, ...values: readonly (string | null)[]): boolean =>
      !list?.length || values.some((value) => value !== null && list.includes(value));
    return (
      oneOf(filter.assessment_ids, run.assessment_id) &&
      oneOf(filter.attack_name, run.attack_name) &&
      oneOf(filter.category, run.category, run.goal_category) &&
      oneOf(filter.severity, run.severity) &&
      (filter.min_score === undefined ||
        filter.min_score === null ||
        (run.best_score !== null && run.best_score >= filter.min_score)) &&
      this.#started(this.#assessments.get(run.assessment_id)?.started_at ?? null, filter)
    );
  }

  #started(started: string | null, { started_after: after, started_before: before, ...filter }: Filter): boolean {
    if (!after && !before) return true;
    if (started === null) return filter.include_undated_assessments === true;
    const at = Date.parse(started);
    return (!after || at >= Date.parse(after)) && (!before || at <= Date.parse(before));
  }
}
