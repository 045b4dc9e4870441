import {
  type AssessmentRow,
  type AssessmentSource,
  partialFrom,
  severityBands,
  type TallyRow,
  totalRuns,
} from '#domain';
import { cell, notes, prose, quietCell } from '../../model/blocks.ts';
import { untestedGoals } from '../../sentences/compose-glance.ts';
import { dayRange } from '../../format/dates.ts';
import { filterInWords } from '../../sentences/filter-sentences.ts';
import { formatCount, listInWords, plural, score } from '../../format/numbers.ts';
import type { Block, Inline, LabelledRow, TableBlock } from '../../model/report-content.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import { maskSecrets } from '../../evidence/mask-secrets.ts';
import { asString } from '../../evidence/masked-text.ts';
import { plainEvaluationBanner } from '../../sentences/banner-sentences.ts';
import { absentSentence, leftOutInWords } from '../../sentences/left-out-sentences.ts';
import { shortenName } from '../../text/shorten-field.ts';
import { listSome } from './compose-tally.ts';
import type { SectionComposer } from './section-composer.ts';

/** What was tested, how it was judged, and what this report cannot say. */
export const methodology: SectionComposer = (setting) => {
  const banner = plainEvaluationBanner(setting);
  const { facts } = setting;
  const rows: (LabelledRow | null)[] = [
    label('Target', targetLines(facts.rows.assessments)),
    label('Models', modelsSentence(facts.rows.assessments)),
    { label: 'Attacks', blocks: [attackTable(facts.rows.asr_by_attack)] },
    { label: 'Outcomes', blocks: [prose('text', outcomesInline(facts.rows.assessments))] },
    notAssessedRow(setting),
    label('Severity', severitySentence()),
    label('Filter', filterInWords(facts, setting.dismissed)),
    adversarialRow(setting),
    label('Not tested', notTested(setting)),
    label(
      'Left out',
      [leftOutInWords(facts.rows.left_out, facts.include_adversarial), absentSentence(setting)].filter(
        (text) => text !== '',
      ),
    ),
    label('Limits', limits(setting)),
    {
      label: 'Sources',
      blocks: facts.rows.assessments.flatMap((row) => row.sources.map((source) => sourceBlock(row, source))),
    },
    warningsRow(facts.rows.assessments),
    claimsRow(facts.rows.assessments),
  ];
  return {
    lead: [{ text: 'What was tested, how it was judged, and what this report cannot say.' }],
    blocks: [
      ...(banner === null ? [] : [{ kind: 'banner' as const, inline: [{ text: banner, strong: true as const }] }]),
      { kind: 'labelled', rows: rows.filter((row) => row !== null && row.blocks.length > 0) as LabelledRow[] },
    ],
  };
};

const label = (name: string, text: string | readonly string[]): LabelledRow => ({
  label: name,
  blocks: (typeof text === 'string' ? [text] : text).map((line) => prose('text', line)),
});

const distinct = (names: readonly (string | null)[]): string[] => [...new Set(names.filter((name) => name !== null))];

function targetLines(assessments: readonly AssessmentRow[]): string[] {
  return assessments.slice(0, 30).map((row) => {
    const dates = row.started_at === null ? 'undated' : dayRange(row.started_at, row.completed_at ?? row.started_at);
    return `${shortenName(row.target_model ?? 'target not named by the source', 200)}: ${shortenName(row.name, 200)}, ${plural(totalRuns(row), 'run')}, ${dates}.`;
  });
}

export function modelsSentence(assessments: readonly AssessmentRow[]): string {
  const attackers = distinct(assessments.map((row) => row.attacker_model));
  const judges = distinct([
    ...assessments.map((row) => row.judge_model),
    ...assessments.flatMap((row) => row.sources.map((source) => source.detector)),
  ]);
  const said = (names: readonly string[]): string =>
    names.length === 0
      ? 'not named by the source'
      : listSome(
          names.map((name) => shortenName(name, 120)),
          12,
        );
  return `Attacker: ${said(attackers)}. Judge: ${said(judges)}.`;
}

function attackTable(attacks: readonly TallyRow[]): TableBlock {
  const right = 'right' as const;
  const sum = (value: (row: TallyRow) => number): string =>
    formatCount(attacks.reduce((total, row) => total + value(row), 0));
  const assessed = (row: TallyRow): number => row.succeeded + row.resisted;
  return {
    kind: 'table',
    columns: [
      { title: 'Attack', width: '*' },
      { title: 'Runs', width: 48, align: right },
      { title: 'Assessed', width: 54, align: right },
      { title: 'Not assessed', width: 70, align: right },
    ],
    rows: attacks.map((row) => ({
      cells: [
        cell(shortenName(row.name)),
        cell(formatCount(totalRuns(row))),
        row.hits_only > 0 && assessed(row) === 0 ? quietCell('hits only') : cell(formatCount(assessed(row))),
        cell(formatCount(row.not_assessed)),
      ],
    })),
    ...(attacks.length > 1
      ? {
          total: {
            cells: [cell('All'), cell(sum(totalRuns)), cell(sum(assessed)), cell(sum((row) => row.not_assessed))],
          },
        }
      : {}),
    ...(attacks.length === 0 ? { empty: 'No attack runs.' } : {}),
  };
}

/** Each outcome by its name, in bold, and what it takes. */
function outcomesInline(assessments: readonly AssessmentRow[]): Inline {
  const thresholds = [
    ...new Set(
      assessments.flatMap((row) => row.sources.map((source) => source.threshold)).filter((value) => value !== null),
    ),
  ].sort();
  const rule =
    thresholds.length === 0
      ? 'the verdict of the source'
      : `the verdict of the source, or a score of ${listInWords(thresholds.map(score))} or more where it gives none`;
  const said: readonly (readonly [string, string])[] = [
    ['Succeeded', `: at least one trial did, by ${rule}. `],
    ['Resisted', ': assessed, and none did. '],
    ['Came close', `: resisted with a judge score of ${score(partialFrom)} or more. `],
    ['Not assessed', ': error, empty answer or no score; never counted as resisted and left out of every ASR.'],
  ];
  return said.flatMap(([outcome, what]) => [{ text: outcome, strong: true as const }, { text: what }]);
}

function notAssessedRow({ facts, counts }: ReportSetting): LabelledRow | null {
  const reasons = facts.rows.not_assessed_reasons;
  const suspected = facts.rows.assessments.reduce((sum, row) => sum + row.suspected_target_errors, 0);
  if (counts.not_assessed === 0 && suspected === 0) return null;
  const shown = reasons.slice(0, 40);
  const hide = (text: string): string => (facts.evidence === 'full' ? text : asString(maskSecrets(text)));
  const table: Block = {
    kind: 'table',
    columns: [
      { title: 'Runs', width: 40, align: 'right' },
      { title: 'Reason', width: '*', indent: 12 },
    ],
    rows: shown.map((row) => ({ cells: [cell(formatCount(row.runs)), cell(shortenName(hide(row.reason)))] })),
  };
  return {
    label: 'Not assessed',
    blocks: [
      ...(shown.length > 0
        ? [table]
        : [prose('text', `${plural(counts.not_assessed, 'run')}; the source gives no reason.`)]),
      ...notes([
        reasons.length > shown.length && `${formatCount(reasons.length - shown.length)} rarer reasons are not listed.`,
        suspected > 0 &&
          `${plural(suspected, 'run')} ${suspected === 1 ? 'looks' : 'look'} like a fault of the target (say, a traceback as the answer).`,
      ]),
    ],
  };
}

export function severitySentence(): string {
  const bands = severityBands
    .filter(([, from]) => from > 0)
    .map(([severity, from]) => `${severity} from ${score(from)}`);
  return `Counted for runs that succeeded or came close. In this order: an analyst’s, the source’s own, the score bands (${bands.join(', ')}) where the judge grades, our default of the category, medium. Each finding says which.`;
}

function adversarialRow({ facts }: ReportSetting): LabelledRow | null {
  const runs = facts.rows.assessments.reduce((sum, row) => sum + row.adversarial_ml_runs, 0);
  return runs === 0
    ? null
    : label(
        'Adversarial ML',
        `${plural(runs, 'run')} on classifiers (evasion, degradation, robustness) ${facts.include_adversarial ? 'are listed with the findings' : 'are not listed'}.`,
      );
}

export function notTested({ facts }: Pick<ReportSetting, 'facts'>): string {
  const missing = untestedGoals(facts.rows.asr_by_category.map((row) => row.name));
  const categories =
    missing.length === 0
      ? 'Every goal category was tried at least once.'
      : `Goal categories without a run: ${missing.join(', ')}.`;
  return `${categories} What the sources do not hold was not tested: other inputs, languages, versions and loads.`;
}

export function limits({ runs, counts }: Pick<ReportSetting, 'runs' | 'counts'>): string {
  const hits =
    counts.hits_only > 0 ? ' Hits-only sources give no rate; scores that rest on them are lower bounds.' : '';
  return `${plural(runs, 'run')} sample${runs === 1 ? 's' : ''} a space that cannot be exhausted: a rate of 0 does not show that an attack is impossible. Intervals treat runs as independent. Verdicts are those of the judge named by the source; we did not repeat them.${hits}`;
}

function sourceBlock(row: AssessmentRow, source: AssessmentSource): Block {
  const name = shortenName(source.file_name ?? 'file without a name', 200);
  const threshold = source.threshold === null ? '' : `, threshold ${score(source.threshold)}`;
  const detector = source.detector === null ? '' : `, judged by ${shortenName(source.detector, 120)}`;
  const coverage = source.coverage === 'hits_only' ? ', hits only' : '';
  return prose('table', [
    {
      text: `${name}: ${source.format}, ${plural(source.runs, 'run')} for ${shortenName(row.name, 120)}${coverage}${threshold}${detector}\n`,
    },
    { text: `sha256 ${source.sha256}`, mono: true, tone: 'quiet' },
  ]);
}

const mostLines = 60;

function warningsRow(assessments: readonly AssessmentRow[]): LabelledRow | null {
  const warnings = [...new Set(assessments.flatMap((row) => row.sources.flatMap((source) => source.warnings)))];
  if (warnings.length === 0) return null;
  const shown = warnings.slice(0, mostLines).map((warning) => prose('text', shortenName(warning, 600)));
  return {
    label: 'Warnings',
    blocks: [
      ...shown,
      ...notes([warnings.length > mostLines && `${formatCount(warnings.length - mostLines)} further warnings.`]),
    ],
  };
}

/** What headers and summaries of the files claim; the rows are the truth, and the reader sees both. */
function claimsRow(assessments: readonly AssessmentRow[]): LabelledRow | null {
  const sources = assessments.flatMap((row) => row.sources);
  const files = [...new Map(sources.map(({ sha256, file_reported }) => [sha256, file_reported])).values()];
  const claims = [...files, ...sources.map(({ source_reported }) => source_reported)].flatMap((reported) =>
    Object.entries(reported ?? {}).map(
      ([name, value]) =>
        `${name}: ${typeof value === 'string' ? value : ((JSON.stringify(value) as string | undefined) ?? '')}`,
    ),
  );
  if (claims.length === 0) return null;
  const shown = claims.slice(0, mostLines).map((claim) => prose('table', shortenName(claim, 600)));
  return {
    label: 'Source claims',
    blocks: [
      prose('small', 'Said by header or summary of the files; the numbers of this report are counted from the rows.'),
      ...shown,
      ...notes([claims.length > mostLines && `${formatCount(claims.length - mostLines)} further claims.`]),
    ],
  };
}
