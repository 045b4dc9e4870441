import {
  agreement,
  type AgreementClaim,
  type AssessmentRow,
  type AssessmentSource,
  countedRuns,
  type JudgeRow,
  type LeftOutClaim,
  type LeftOutRow,
  type TallyRow,
  totalRuns,
  triedClaim,
} from '#domain';
import { cell, notes, prose } from '../../model/blocks.ts';
import { formatCount, plural, score } from '../../format/numbers.ts';
import { displayName } from '../../format/display-names.ts';
import type { Block, LabelledRow, TableBlock, TableCell } from '../../model/report-content.ts';
import { plainEvaluationBanner } from '../../sentences/banner-sentences.ts';
import { filterInWords } from '../../sentences/filter-sentences.ts';
import {
  agreementCells,
  agreementInWords,
  agreementNote,
  judgesInWords,
  judgesOf,
  primaryJudge,
} from '../../sentences/judge-sentences.ts';
import {
  assessmentLine,
  leftOutInWords,
  limits,
  notInSources,
  outcomesInline,
  overruledInWords,
  severityOrder,
  sourceClaims,
} from '../../sentences/method-sentences.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import { untestedByName } from '../../sentences/scope-sentences.ts';
import { targetNames } from '../../sentences/target-names.ts';
import { maskSecrets } from '../../evidence/mask-secrets.ts';
import { asString } from '../../evidence/masked-text.ts';
import { absentSentence } from '../../sentences/left-out-sentences.ts';
import { inNaturalOrder } from '../../text/natural-order.ts';
import { shortenName } from '../../text/shorten-field.ts';
import { tellApart } from '../../text/tell-apart.ts';
import type { SectionComposer } from './section-composer.ts';

const mostLines = 60;
const mostAssessments = 30;
const mostJudges = 20;
/** More pairs of judges than these stand in a table. */
const mostSentences = 3;

/** What was tested, how it was judged, and what this report cannot say. */
export const methodology: SectionComposer = (setting) => {
  const banner = plainEvaluationBanner(setting);
  const { facts, ledger } = setting;
  const { rows } = facts;
  const tried = triedClaim(rows.asr_by_category);
  const absent = absentSentence(setting);
  const byBand = rows.severities.reduce((sum, { sources }) => sum + (sources.score_band ?? 0), 0);
  const all: (LabelledRow | null)[] = [
    label('Target', assessmentLines(setting)),
    label('Models', modelsSentence(rows.assessments, rows.judges)),
    judgesRow(setting),
    { label: 'Attacks', blocks: [attackTable(rows.asr_by_attack)] },
    { label: 'Outcomes', blocks: [prose('text', outcomesInline(rows.assessments))] },
    notAssessedRow(setting),
    overruledRow(setting),
    label('Severity', `Counted for runs that succeeded or came close. ${severityOrder(rows.assessments, byBand)}`),
    label('Filter', filterInWords(facts, setting.dismissed)),
    leftOutRow(setting),
    absent === '' ? null : label('Sections', `Left out: ${absent}`),
    label('Not tested', `${ledger.state(tried, untestedByName(tried))} ${notInSources}`),
    label('Limits', limits(setting)),
    {
      label: 'Sources',
      blocks: rows.assessments.flatMap((row) => row.sources.map((source) => sourceBlock(row, source))),
    },
    warningsRow(rows.assessments),
    claimsRow(rows.assessments),
  ];
  return {
    lead: [{ text: 'What was tested, how it was judged, and what this report cannot say.' }],
    blocks: [
      ...(banner === null ? [] : [{ kind: 'banner' as const, inline: [{ text: banner, strong: true as const }] }]),
      { kind: 'labelled', rows: all.filter((row): row is LabelledRow => row !== null && row.blocks.length > 0) },
    ],
  };
};

const label = (name: string, text: string | readonly string[]): LabelledRow => ({
  label: name,
  blocks: (typeof text === 'string' ? [text] : text).map((line) => prose('text', line)),
});

function assessmentLines({ facts }: ReportSetting): string[] {
  const { assessments, targets } = facts.rows;
  const names = tellApart(
    assessments.map((row) => row.name),
    200,
  );
  const targetOf = targetNames(targets);
  const lines = assessments.slice(0, mostAssessments).map((row) => {
    const named = row.target_keys.flatMap((key) => {
      const target = targets.find((one) => one.target_key === key);
      return target?.name == null ? [] : [targetOf.get(key) ?? shortenName(target.name, 200)];
    });
    const own = named.length > 0 ? named : row.target_model === null ? [] : [shortenName(row.target_model, 200)];
    return assessmentLine(row, names.get(row.name) ?? row.name, own);
  });
  const more = assessments.length - lines.length;
  return more > 0
    ? [...lines, `${plural(more, 'further assessment')}: see the table of outcomes by assessment.`]
    : lines;
}

export function modelsSentence(assessments: readonly AssessmentRow[], judges: readonly JudgeRow[]): string {
  const attackers = [...new Set(assessments.map((row) => row.attacker_model).filter((name) => name !== null))];
  return `Attacker: ${judgesInWords(attackers)}. Judge: ${judgesInWords(judgesOf(assessments, judges))}.`;
}

/** Of each pair of judges that judged the same runs: the rate by both, and how far they agree. */
function judgesRow({ facts, ledger }: ReportSetting): LabelledRow | null {
  const { judges, targets } = facts.rows;
  const names = targetNames(targets);
  const several = new Set(judges.map((row) => row.target_key)).size > 1;
  const pairs = judges.flatMap((row) => (row.other === null ? [] : [{ ...row, other: row.other }]));
  if (pairs.length === 0) return null;
  const inTable = Math.min(pairs.length, mostJudges) > mostSentences;
  const told = pairs.slice(0, mostJudges).map((row) => {
    const claim = agreement(row, { primary: row.primary, other: row.other }, { target: row.target_key });
    const target = several ? (names.get(row.target_key) ?? '') : '';
    const said = inTable ? agreementCells(claim).join(': ') : agreementInWords(claim);
    const words = ledger.state(claim, `${target === '' ? '' : `${target}: `}${said}`);
    return { claim, target, words };
  });
  const more = pairs.length - told.length;
  return {
    label: 'Two judges',
    blocks: [
      ...(inTable ? [judgeTable(told)] : told.map(({ words }) => prose('text', words))),
      ...notes([inTable && agreementNote, more > 0 && `${plural(more, 'further pair')} of judges are not listed.`]),
    ],
  };
}

function judgeTable(told: readonly { readonly claim: AgreementClaim; readonly target: string }[]): TableBlock {
  const right = 'right' as const;
  return {
    kind: 'table',
    columns: [
      { title: 'Judge that counts', width: '*' },
      { title: 'Other judge', width: 74 },
      { title: 'Runs', width: 32, align: right },
      { title: 'By the first', width: 52, align: right },
      { title: 'By the other', width: 54, align: right },
      { title: 'Differ', width: 36, align: right },
      { title: 'κ', width: 60, align: right },
    ],
    rows: told.map(({ claim, target }) => {
      const [first = '', ...others] = agreementCells(claim);
      const lines =
        target === '' ? [[{ text: first }]] : [[{ text: first }], [{ text: target, tone: 'faint' as const }]];
      return { cells: [{ lines }, ...others.map(inTwoLines)] };
    }),
  };
}

/** A figure above what stands behind it in brackets. */
function inTwoLines(text: string): TableCell {
  const [figure = '', ...behind] = text.split(' (');
  const small = behind.join(' (').replace(/\)$/, '');
  return small === '' ? cell(text) : { lines: [[{ text: figure }], [{ text: small, tone: 'faint' }]] };
}

function attackTable(attacks: readonly TallyRow[]): TableBlock {
  const right = 'right' as const;
  const byName = new Map<string, TallyRow[]>();
  for (const row of attacks) byName.set(row.name, [...(byName.get(row.name) ?? []), row]);
  const names = tellApart(byName.keys());
  const sum = (rows: readonly TallyRow[], value: (row: TallyRow) => number): string =>
    formatCount(rows.reduce((total, row) => total + value(row), 0));
  const assessed = (row: TallyRow): number => row.succeeded + row.resisted;
  const hits = attacks.some((row) => row.hits_only > 0);
  const cells = (name: string, rows: readonly TallyRow[]): TableBlock['rows'][number] => ({
    cells: [
      cell(name),
      cell(sum(rows, totalRuns)),
      cell(sum(rows, assessed)),
      cell(sum(rows, (row) => row.not_assessed)),
      ...(hits ? [cell(sum(rows, (row) => row.hits_only))] : []),
    ],
  });
  return {
    kind: 'table',
    columns: [
      { title: 'Attack', width: '*' },
      { title: 'Runs', width: 48, align: right },
      { title: 'Assessed', width: 54, align: right },
      { title: 'Not assessed', width: 70, align: right },
      ...(hits ? [{ title: 'Hits only', width: 48, align: right }] : []),
    ],
    rows: [...byName].map(([name, rows]) => cells(names.get(name) ?? name, rows)),
    ...(byName.size > 1 ? { total: cells('All', attacks) } : {}),
    ...(byName.size === 0 ? { empty: 'No attack runs.' } : {}),
  };
}

function notAssessedRow({ facts, counts }: ReportSetting): LabelledRow | null {
  if (counts.not_assessed === 0) return null;
  const byReason = new Map<string, number>();
  for (const row of facts.rows.not_assessed_reasons)
    byReason.set(row.reason, (byReason.get(row.reason) ?? 0) + row.runs);
  const reasons = [...byReason].sort((a, b) => b[1] - a[1] || inNaturalOrder(a[0], b[0]));
  const shown = reasons.slice(0, 40);
  const hide = (text: string): string => (facts.evidence === 'full' ? text : asString(maskSecrets(text)));
  const table: Block = {
    kind: 'table',
    columns: [
      { title: 'Runs', width: 40, align: 'right' },
      { title: 'Reason', width: '*', indent: 12 },
    ],
    rows: shown.map(([reason, runs]) => ({
      cells: [cell(formatCount(runs)), cell(shortenName(hide(displayName(reason))))],
    })),
  };
  return {
    label: 'Not assessed',
    blocks: [
      ...(shown.length > 0
        ? [table]
        : [prose('text', `${plural(counts.not_assessed, 'run')}; the source gives no reason.`)]),
      ...notes([
        reasons.length > shown.length && `${formatCount(reasons.length - shown.length)} rarer reasons are not listed.`,
      ]),
    ],
  };
}

const suspectedErrors = ({ facts }: Pick<ReportSetting, 'facts'>): number =>
  facts.rows.targets.reduce((sum, row) => sum + row.suspected_target_errors, 0);

function overruledRow({ facts, ledger }: ReportSetting): LabelledRow | null {
  const { targets } = facts.rows;
  const suspected = suspectedErrors({ facts });
  const blocked = targets.reduce((sum, row) => sum + row.blocked_trials, 0);
  const lines = overruledInWords(suspected, blocked);
  if (lines.length === 0) return null;
  const told = [
    ...(suspected > 0 ? [{ of: 'suspected_errors' as const, value: suspected }] : []),
    { of: 'filtered_trials' as const, value: blocked },
  ];
  return label(
    'Overruled',
    lines.map((line, index) =>
      ledger.state(
        {
          kind: 'number',
          about: {},
          population: countedRuns,
          ...(told[index] ?? { of: 'filtered_trials', value: blocked }),
        },
        line,
      ),
    ),
  );
}

function leftOutRow({ facts, ledger }: ReportSetting): LabelledRow | null {
  const { left_out } = facts.rows;
  const shown = left_out.slice(0, mostLines);
  const lines = shown.flatMap((row) =>
    leftOutInWords([row], facts.include_adversarial).map((line) => ledger.state(leftOutClaim(row), line)),
  );
  if (lines.length === 0) return null;
  const more = left_out.length - shown.length;
  return {
    label: 'Left out or apart',
    blocks: [
      ...lines.map((line) => prose('text', line)),
      ...notes([more > 0 && `${plural(more, 'further assessment or import', 'further assessments and imports')}.`]),
    ],
  };
}

const leftOutClaim = (row: LeftOutRow): LeftOutClaim => ({
  kind: 'left_out',
  about: row.name === null ? {} : { assessment: row.name },
  population: {
    coverage: 'any',
    status: row.what === 'dismissed' ? 'dismissed' : 'counted',
    domain: row.what === 'adversarial_ml' ? 'adversarial_ml' : 'generative',
  },
  ...row,
});

function sourceBlock(row: AssessmentRow, source: AssessmentSource): Block {
  const name = shortenName(source.file_name ?? 'file without a name', 200);
  const threshold = source.threshold === null ? '' : `, threshold ${score(source.threshold)}`;
  const coverage = source.coverage === 'hits_only' ? ', hits only' : '';
  return prose('table', [
    {
      text: `${name}: ${source.format}, ${plural(source.runs, 'run')} for ${shortenName(row.name, 120)}${coverage}${threshold}${primaryJudge(source)}\n`,
    },
    { text: `sha256 ${source.sha256}`, mono: true, tone: 'quiet' },
  ]);
}

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
  const claims = sourceClaims(assessments.flatMap((row) => row.sources));
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
