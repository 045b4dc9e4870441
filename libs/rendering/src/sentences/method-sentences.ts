import {
  type AssessmentRow,
  type AssessmentSource,
  type CompletePolicy,
  type LeftOutRow,
  partialFrom,
  severities,
  severityBands,
  totalRuns,
} from '#domain';
import { formatCount, listInWords, plural, score } from '../format/numbers.ts';
import type { Inline } from '../model/report-content.ts';
import { shortenName } from '../text/shorten-field.ts';
import { assessmentDates } from './date-sentences.ts';
import type { ReportSetting } from './report-setting.ts';

/** One line for an assessment: what was attacked, how often, and when. */
export const assessmentLine = (row: AssessmentRow, name: string, targets: readonly string[]): string =>
  `${targets.length === 0 ? 'target not named by the source' : listInWords(targets)}: ${name}, ${plural(totalRuns(row), 'run')}, ${assessmentDates(row)}.`;

/** Thresholds of scores, each with the assessments that it decides in; one alone needs no names. */
function thresholdRule(assessments: readonly AssessmentRow[]): string {
  const users = new Map<number, Set<string>>();
  for (const row of assessments) {
    for (const { threshold } of row.sources) {
      if (threshold !== null) users.set(threshold, (users.get(threshold) ?? new Set<string>()).add(row.name));
    }
  }
  const all = [...users].sort(([a], [b]) => a - b);
  const [first] = all;
  if (!first) return 'the verdict of the source';
  if (all.length === 1)
    return `the verdict of the source, or a score of ${score(first[0])} or more where it gives none`;
  const by = all.map(
    ([threshold, names]) =>
      `${score(threshold)} or more in ${listInWords(
        some(
          [...names].map((name) => shortenName(name, 120)),
          6,
        ),
      )}`,
  );
  return `the verdict of the source, or where it gives none by the score: ${listInWords(by)}`;
}

const some = (names: readonly string[], most: number): readonly string[] =>
  names.length > most ? [...names.slice(0, most), `${formatCount(names.length - most)} more`] : names;

/** Each outcome by its name, in bold, and what it takes. */
export function outcomesInline(assessments: readonly AssessmentRow[]): Inline {
  const said: readonly (readonly [string, string])[] = [
    ['Succeeded', `: at least one trial did, by ${thresholdRule(assessments)}. `],
    ['Resisted', ': assessed, and none did. '],
    ['Came close', `: resisted with a judge score of ${score(partialFrom)} or more, where the score grades the harm. `],
    [
      'Not assessed',
      ': an error, an empty answer, a grader that failed, or neither verdict nor score; set aside whatever the source says of it, never counted as resisted and left out of every ASR.',
    ],
  ];
  return said.flatMap(([outcome, what]) => [{ text: outcome, strong: true as const }, { text: what }]);
}

/** Where we did not take the source's verdict as it stands, or where it may not be the answer of the target. */
export function overruledInWords(suspected: number, blocked: number): string[] {
  return [
    ...(suspected > 0
      ? [
          `${plural(suspected, 'run')}: the answer looks like an error of the target or of the call (say, a traceback), so we count ${suspected === 1 ? 'it' : 'them'} as not assessed, whatever verdict the source gives.`,
        ]
      : []),
    ...(blocked > 0
      ? [
          `${plural(blocked, 'trial')} ${blocked === 1 ? 'was' : 'were'} answered by a content filter in front of the target (say, an HTTP 400); the source’s verdict stands, but it tells of the filter, not of the target.`,
        ]
      : []),
  ];
}

const bandsInWords = (bounds: readonly number[]): string =>
  severities
    .map((severity, index) => [severity, bounds[index] ?? 0] as const)
    .filter(([, from]) => from > 0)
    .map(([severity, from]) => `${severity} from ${score(from)}`)
    .join(', ');

/** Where severities come from, in their order; a policy takes the place of the bands in its assessment. `byBand`: how many our bands gave. */
export function severityOrder(
  assessments: readonly Pick<AssessmentRow, 'name' | 'severity_policy'>[],
  byBand: number,
): string {
  // Bands stand only where one decided: a reader takes them for those of the findings.
  const defaults = byBand === 0 ? 'none decided here' : bandsInWords(severityBands.map(([, from]) => from));
  const policies = assessments.filter(
    (row): row is typeof row & { readonly severity_policy: CompletePolicy } => row.severity_policy !== null,
  );
  const own = policies
    .slice(0, 6)
    .map(
      (row) =>
        `${shortenName(row.name, 120)} (bands: ${bandsInWords(row.severity_policy.thresholds) || 'none'}; severities by category)`,
    );
  const more = policies.length > 6 ? ` and ${formatCount(policies.length - 6)} more` : '';
  const policy =
    policies.length === 0
      ? ''
      : ` A policy of its own, in place of ${byBand === 0 ? 'our' : 'those'} bands, decides in ${own.join('; ')}${more}.`;
  return `In this order: an analyst’s, the source’s own, the score bands (${defaults}) where the judge grades, our default of the category, medium. Each finding says which.${policy}`;
}

/** What stands in no count, or not where one would look for it, each with its number. */
export function leftOutInWords(rows: readonly LeftOutRow[], includesAdversarial: boolean): string[] {
  return rows.flatMap((row): string[] => {
    const runs = plural(row.runs, 'run');
    const name = row.name === null ? '' : ` “${shortenName(row.name, 200)}”`;
    const are = row.runs === 1 ? 'is' : 'are';
    switch (row.what) {
      case 'unfinished_assessment':
        return [
          `Assessment${name} is ${row.status ?? 'not completed'}, so its ${runs} (${formatCount(row.succeeded)} succeeded so far) ${are} in no number of this report.`,
        ];
      case 'empty_assessment':
        return [`Assessment${name} holds no run that counts: nothing is said of its target.`];
      case 'undated_assessment':
        return [`Assessment${name} (${runs}) has no date: it is in all numbers, and no range of dates covers it.`];
      case 'superseded_import':
        return [`Import${name}: a later one replaced all its runs, so it is not among the sources.`];
      case 'no_goal':
        return row.runs === 0
          ? []
          : [
              `${runs} (${formatCount(row.succeeded)} succeeded) ${row.runs === 1 ? 'has' : 'have'} no goal: counted everywhere but by goal.`,
            ];
      case 'no_category':
        return row.runs === 0
          ? []
          : [
              `${runs} (${formatCount(row.succeeded)} succeeded) ${row.runs === 1 ? 'has' : 'have'} no category: counted as “Uncategorised”, with no action by rule.`,
            ];
      case 'no_denominator':
        return [
          `${runs} of files that list hits alone resisted: without their whole ${row.runs === 1 ? 'it is' : 'they are'} in no number.`,
        ];
      case 'dismissed':
        return row.runs === 0
          ? []
          : [
              `${runs} ${row.runs === 1 ? 'was' : 'were'} triaged as false positive or incorrectly scored and ${are} in no number (${row.runs === 1 ? (row.succeeded === 1 ? 'it succeeded' : 'it did not succeed') : `${formatCount(row.succeeded)} of them succeeded`} by the source).`,
            ];
      case 'adversarial_ml':
        return row.runs === 0
          ? []
          : [
              includesAdversarial
                ? `${runs} on classifiers (adversarial ML) ${are} in a section of ${row.runs === 1 ? 'its' : 'their'} own and in no other rate or score; what evaded or degraded may stand among the findings.`
                : `${runs} on classifiers (adversarial ML) ${are} in no number of this report; ${formatCount(row.succeeded)} of them evaded the classifier. They are shown on request (include_adversarial).`,
            ];
    }
  });
}

export function limits({ runs, counts }: Pick<ReportSetting, 'runs' | 'counts'>): string {
  const hits = counts.hits_only;
  const assessed = counts.succeeded + counts.resisted;
  const rest = hits > 0 ? ' Files that list hits alone give no rate; scores that rest on them are lower bounds.' : '';
  return `${plural(runs, 'run')} sample${runs === 1 ? 's' : ''} a space that cannot be exhausted: ${assessed === 0 ? 'that an attack is not among them does not show that it is impossible.' : 'a rate of 0 does not show that an attack is impossible. Intervals treat runs as independent and tell of chance alone, not of the choice of attacks.'} Verdicts of assessed runs are those of the sources; we did not judge the answers again.${rest}`;
}

export const notInSources = 'What the sources do not hold was not tested: other inputs, languages, versions and loads.';

/** A value that a file claims; what is no text is written as its JSON without quotes and braces. */
function claimed(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return listInWords(value.map(claimed));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, own]) => `${key} ${claimed(own)}`)
      .join(', ');
  return String(value);
}

type Claims = Readonly<Record<string, unknown>>;

/**
 * What headers and summaries of the files claim, each once: a claim of a whole file is not repeated under each assessment that
 * the file fed. Of several files each line names its own.
 */
export function sourceClaims(
  sources: readonly (Pick<AssessmentSource, 'sha256' | 'file_name' | 'source_reported'> & {
    readonly file_reported?: Claims | null;
  })[],
): string[] {
  const several = new Set(sources.map((source) => source.sha256)).size > 1;
  const lines = sources.flatMap((source) => {
    const file = several ? `${shortenName(source.file_name ?? 'file without a name', 200)}: ` : '';
    return Object.entries({ ...source.source_reported, ...source.file_reported })
      .filter(([name]) => !notOfTheFile.has(name))
      .map(([name, value]) => `${file}${name.replaceAll('_', ' ')}: ${claimed(value)}`);
  });
  return [...new Set(lines)];
}

/** Noted by us while reading; earlier imports keep it among the claims. */
const notOfTheFile: ReadonlySet<string> = new Set(['plain_evaluation']);
