import { severityBands } from './metrics.ts';
import { reportedAdversarialTypes, reportedFindingTypes, severities } from './vocabulary.ts';

/** What the severity of a run is found from, each as SQL. */
interface SeverityInputs {
  /** What a person said. */
  readonly human: string;
  /** What the file labels the run. */
  readonly source: string;
  /** Of the run's category in the tables of docs/severity.md. */
  readonly byCategory: string;
  readonly type: string;
  readonly outcome: string;
  /** Whether the score grades harm, and is no mere verdict. */
  readonly graded: string;
  readonly score: string;
  readonly category: string;
  readonly goalCategory: string;
  /** The assessment's policy, completed (`completePolicy`), as jsonb; null where it has none. */
  readonly policy: string;
  /** `graded`, or `ranking_only` for scores that give no severity. */
  readonly scoreMeaning: string;
}

/**
 * Severity and where it comes from: the one place that says so, for imports, triage and changes of a policy alike.
 * A person; the assessment's policy; the file; the bands of a graded score; the category; medium.
 */
export function severitySql(from: SeverityInputs): { readonly severity: string; readonly source: string } {
  const weighty = `${from.type} in (${quoted([...reportedFindingTypes, ...reportedAdversarialTypes])})`;
  const byPolicy = `(case when ${from.policy} is not null and ${from.score} is not null and ${from.scoreMeaning} = 'graded' then ${ruled(from)} end)`;
  const band = `(case when ${from.graded} and ${from.score} is not null then ${banded(from.score)} end)`;
  return {
    severity: `coalesce(${from.human}, case
      when ${weighty} then coalesce(${byPolicy}, ${from.source}, ${band}, ${from.byCategory}, 'medium')
      when ${from.outcome} = 'resisted' then 'info' end)`,
    source: `case when ${from.human} is not null then 'human' when not ${weighty} then null
      when ${byPolicy} is not null then 'score_band' when ${from.source} is not null then 'source'
      when ${band} is not null then 'score_band' when ${from.byCategory} is not null then 'category_default'
      else 'fallback' end`,
  };
}

/** Which row of the policy, and which of its five places. Below the last bound is the last place too. */
function ruled({ policy, score, category, goalCategory }: SeverityInputs): string {
  const bound = (place: number): string => `(${policy}->'thresholds'->>${place})::float8`;
  const places = [0, 1, 2, 3].map((place) => `when ${score} >= ${bound(place)} then ${place}`).join(' ');
  return `coalesce(${policy}->'matrix'->${category}, ${policy}->'matrix'->${goalCategory}, ${policy}->'default_row')
    ->>(case ${places} else 4 end)`;
}

function banded(score: string): string {
  const bands = severityBands.slice(0, -1).map(([severity, from]) => `when ${score} >= ${from} then '${severity}'`);
  return `case ${bands.join(' ')} else '${severities.at(-1) ?? 'info'}' end`;
}

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');
