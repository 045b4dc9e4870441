import type { FindingContent, FindingValues, ReadFindings } from '../../model/report-content.ts';
import { formatCount } from '../../format/numbers.ts';
import { csvRow } from './csv-cell.ts';

/** Without it Excel reads UTF-8 as something else. */
const byteOrderMark = '\uFEFF';

type Cell = string | number | null;

/** A column and what it takes from a finding. Names are a contract: one that is added comes last. */
const columns: readonly (readonly [string, (finding: FindingContent) => Cell])[] = [
  ['id', ({ id }) => id],
  ['severity', ({ severity }) => severity],
  ['what_happened', ({ title }) => title],
  ['category', ({ category }) => category],
  ['attack', ({ values }) => values.attack_name],
  ['transforms', ({ values }) => values.transforms.join(' + ')],
  ['succeeded_trials', ({ values }) => values.succeeded_trials],
  // Of a hit log, which holds successes alone, how many were tried is not known.
  ['trials', ({ values }) => (values.coverage === 'hits_only' ? null : values.trials)],
  ['not_assessed_trials', ({ values }) => values.not_assessed_trials],
  ['best_score', ({ values }) => values.best_score],
  ['status', ({ status }) => status],
  ['outcome', ({ outcome }) => outcome],
  ['finding_type', ({ values }) => values.finding_type],
  ['severity_source', ({ values }) => values.severity_source],
  ['why_this_severity', ({ why }) => why],
  ['goal', ({ values }) => values.goal],
  ['assessment', ({ values }) => values.assessment],
  ['target_model', ({ values }) => values.target_model],
  ['evaluator_model', ({ values }) => values.evaluator_model],
  ['compliance', ({ compliance }) => compliance.join(' | ')],
  ['masked_passages', ({ masked }) => masked],
  ['source_ref', ({ values }) => values.source_ref],
  ['coverage', ({ values }) => values.coverage],
  ['source_score', ({ values }) => values.source_score],
  ['score_scale', ({ values }) => values.score_scale],
  ['score_converted', ({ values }) => (values.best_score === null ? null : String(values.score_scale !== null))],
  ['score_meaning', ({ values }) => values.score_meaning],
  ['other_verdicts', ({ values }) => verdictsCell(values.other_verdicts)],
];

/** A semicolon within a name is an escape, so that pairs can be told apart; the verdict follows the last `=`. */
function verdictsCell(verdicts: FindingValues['other_verdicts']): string {
  const pairs = verdicts
    .slice(0, mostVerdicts)
    .map(({ judge, verdict }) => `${judge.replaceAll(';', '\\u{3B}')}=${verdict}`);
  const left = verdicts.length - pairs.length;
  return (left > 0 ? [...pairs, `${formatCount(left)} more`] : pairs).join('; ');
}
const mostVerdicts = 20;

/** A row a finding, whatever sections the report has; each leaves as it is composed. */
export async function* writeCsv(read: ReadFindings): AsyncGenerator<string> {
  yield `${byteOrderMark}${csvRow(columns.map(([name]) => name))}`;
  for await (const batch of read('whole')) {
    yield batch.map((finding) => csvRow(columns.map(([, cellOf]) => cellOf(finding)))).join('');
  }
}
