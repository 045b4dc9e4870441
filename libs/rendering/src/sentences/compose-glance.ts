import {
  type Claim,
  countedRuns,
  countsClaim,
  numberClaim,
  partialFrom,
  type Population,
  rateClaim,
  severities,
  type TransformRow,
  triedClaim,
} from '#domain';
import { shortenName } from '../text/shorten-field.ts';
import { severityMarks } from '../theme/colours.ts';
import { frontBanner } from './banner-sentences.ts';
import { constraintsInWords, filterNote, isFiltered } from './filter-sentences.ts';
import { leftOutInShort } from './left-out-sentences.ts';
import { capitalised, countInWords, formatCount, listInWords, plural } from '../format/numbers.ts';
import type { DigestedFinding } from '../model/findings-digest.ts';
import type { GlanceContent, Inline, LabelledRow, TableRow } from '../model/report-content.ts';
import type { ReportSetting } from './report-setting.ts';
import { plus } from './plan-actions.ts';
import { closedInWords, composeAsr, composeRisk } from './risk-sentences.ts';
import { testedCategories, untestedInShort } from './scope-sentences.ts';
import { noSeverities, type TargetSetting } from './target-settings.ts';
import { targetTable } from './target-table.ts';
import { composeVerdict, stateVerdict } from './verdict.ts';

/** More stand in the section on risk. */
const mostTargets = 6;

export function composeGlance(setting: ReportSetting): GlanceContent {
  const { head, targets } = setting;
  const verdict = composeVerdict(setting);
  stateVerdict(setting, verdict);
  return {
    verdict,
    banner: frontBanner(setting),
    targets: targets.length > 1 ? targetTable(setting, mostTargets) : null,
    targetCount: targets.length,
    risk: statedRisk(setting),
    asr: statedAsr(setting),
    outcomes: { title: outcomeTitle(setting), counts: head.row },
    severity: composeSeverity(setting),
    worst: composeWorst(setting),
    facts: factRows(setting),
  };
}

/** The formula claims what the score does, and the hits that it leaves out. */
function statedRisk(setting: ReportSetting): GlanceContent['risk'] {
  const { head, ledger } = setting;
  const risk = composeRisk(setting);
  ledger.state([head.risk, ...hitsOf(head)], risk.formula);
  return risk;
}

function statedAsr(setting: ReportSetting): GlanceContent['asr'] {
  const { head, ledger } = setting;
  const asr = composeAsr(setting);
  const lost = head.lost === null ? [] : [head.lost];
  if (head.rate !== null)
    ledger.state([rateClaim({ target: head.key }, head.rate), ...lost, ...hitsOf(head)], asr.note);
  return asr;
}

const hitsOf = ({ key, row }: TargetSetting): readonly Claim[] =>
  row.hits_only > 0 ? [countsClaim({ target: key }, row)] : [];

function outcomeTitle({ head, targets, ledger }: ReportSetting): string {
  const { runs, row } = head;
  const on = targets.length > 1 ? ` on ${shortenName(head.name, 120)}` : '';
  const title =
    runs === 0
      ? 'Outcome: no attack runs'
      : row.hits_only === runs
        ? `Hits${on}: ${plural(runs, 'attack run')} that succeeded, of an unknown number`
        : runs === 1
          ? `Outcome of the only attack run${on}`
          : `Outcome of all ${plural(runs, 'attack run')}${on}`;
  return ledger.state(countsClaim({ target: head.key }, row), title);
}

/** What stands beside the bar of open findings that succeeded. */
export function severityNote({ row, risk }: TargetSetting): string {
  const zero = severities
    .filter((severity) => row.open[severity] === 0)
    .map((severity) => `${severityMarks[severity].word} 0`);
  const close = severities
    .filter((severity) => row.open_close[severity] > 0)
    .map((severity) => `${formatCount(row.open_close[severity])} ${severity}`);
  const closed = closedInWords(risk);
  return [
    zero.length > 0 && zero.length < severities.length ? `${zero.join(', ')}.` : '',
    closed === '' ? '' : `Succeeded but not in the bar: ${closed}.`,
    close.length === 0
      ? ''
      : `Open and came close (resisted, with a score of ${partialFrom} or more), not in the bar: ${listInWords(close)}.`,
  ]
    .filter((text) => text !== '')
    .join(' ');
}

function composeSeverity({ head, targets, ledger }: ReportSetting): GlanceContent['severity'] {
  const on = targets.length > 1 ? ` on ${shortenName(head.name, 120)}` : '';
  const title =
    head.open === 0
      ? `Severity${on}`
      : `Severity of the ${head.open === 1 ? 'one open finding' : plural(head.open, 'open finding')} that succeeded${on}`;
  const about = { target: head.key };
  const population = { coverage: 'any', status: 'open', domain: 'generative' } as const;
  const open = { kind: 'severities', about, population, of: 'succeeded', counts: head.row.open } as const;
  ledger.state(open, title);
  const { remediated, accepted } = head.risk;
  const note = severityNote(head);
  ledger.state(
    [
      ...(head.open > 0 ? [open] : []),
      ...(remediated + accepted > 0
        ? [{ kind: 'closed', about, population: { ...population, status: 'closed' }, remediated, accepted } as const]
        : []),
      ...(head.close > 0
        ? [{ kind: 'severities', about, population, of: 'came_close', counts: head.row.open_close } as const]
        : []),
    ],
    note,
  );
  return { title, counts: head.row.open, note };
}

function composeWorst(setting: ReportSetting): GlanceContent['worst'] {
  const { findings, links, targets } = setting;
  const { worst } = findings;
  const title = worstTitle(setting);
  const mixed = new Set(worst.map((finding) => finding.severity)).size > 1;
  const columns: GlanceContent['worst']['columns'] = [
    { title: worst.length === 0 ? '' : title, width: mixed ? 62 : 19 },
    { title: '', width: 40 },
    { title: '', width: '*' },
    { title: 'Attack', width: 128 },
    { title: 'Trials', width: 40, align: 'right' },
    { title: 'Page', width: 36, align: 'right' },
  ];
  const names = new Map(targets.map(({ key, name }) => [key, name]));
  const rows = worst.map((finding): TableRow => {
    const target = links.finding(finding.rank);
    const word: Inline = mixed && finding.severity !== null ? [{ text: severityMarks[finding.severity].word }] : [];
    const below = [
      ...(targets.length > 1 ? [shortenName(names.get(finding.target) ?? '', 80)] : []),
      ...(finding.outcome === 'succeeded' ? [] : [outcomeInWords(finding)]),
      ...(finding.adversarial ? ['adversarial ML, in no rate or score here'] : []),
    ].join(': ');
    return {
      cells: [
        finding.severity === null
          ? { lines: [[{ text: 'none', tone: 'quiet' }]] }
          : { lines: [word], severity: finding.severity },
        { lines: [[target === null ? { text: finding.id } : { text: finding.id, link: target }]] },
        {
          lines: [[{ text: finding.title }], ...(below === '' ? [] : [[{ text: below, tone: 'faint' as const }]])],
          clampFirst: 2,
        },
        { lines: [[{ text: finding.attack }]], clampFirst: 2 },
        { lines: [[{ text: finding.trials }]] },
        { lines: [target === null ? [{ text: 'n/a', tone: 'quiet' }] : [{ text: '', pageOf: target }]] },
      ],
    };
  });
  const table = { kind: 'table' as const, title, columns, rows };
  return rows.length > 0 ? table : { ...table, empty: emptyFindings(setting, 'open') };
}

/** Calls none the worst where more open ones of that severity are not shown: their scores may be the same, or say nothing. */
function worstTitle({ findings: { worst }, facts, targets, ledger }: ReportSetting): string {
  const [first] = worst;
  if (first === undefined) return 'Worst open findings';
  const filtered = isFiltered(facts.filter);
  const { severity } = first;
  const alike = worst.every((one) => one.severity === severity && one.outcome === 'succeeded' && !one.adversarial);
  const counts = targets.map(({ row }) => row.open).reduce(plus, noSeverities);
  const all = severity === null ? 0 : counts[severity];
  if (!filtered && alike && all > worst.length)
    return ledger.state(
      { kind: 'severities', about: {}, population: { ...countedRuns, status: 'open' }, of: 'succeeded', counts },
      `${capitalised(countInWords(worst.length))} of ${countInWords(all)} open ${severity ?? ''} findings`,
    );
  const words = ['Worst open finding', 'Two worst open findings', 'Three worst open findings'];
  return `${words[worst.length - 1] ?? 'Worst open findings'}${filtered ? ' that the filter keeps' : ''}`;
}

/** "resisted, came close". */
const outcomeInWords = ({ outcome, close }: Pick<DigestedFinding, 'outcome' | 'close'>): string =>
  close ? 'resisted, came close' : outcome.replaceAll('_', ' ');

type FindingsShown = Pick<ReportSetting, 'facts' | 'findings' | 'targets' | 'runs' | 'counts' | 'ledger'>;

/** The line that stands for a table without rows: that there are no findings, and why; never that they are withheld. */
export function emptyFindings(
  { facts, findings, targets, runs, counts, ledger }: FindingsShown,
  which: 'open' | 'all',
): string {
  const all = targets.reduce((sum, target) => sum + target.findings, 0);
  const filtered = isFiltered(facts.filter);
  const stateNumber = (value: number, population: Population, text: string): string =>
    ledger.state(numberClaim('findings', value, {}, population), text);
  if (which === 'open' && findings.count > 0)
    return stateNumber(
      findings.count,
      {
        ...countedRuns,
        domain: facts.include_adversarial ? 'any' : 'generative',
        status: 'closed',
        ...(filtered && { filtered }),
      },
      findings.count === 1
        ? 'There are no open findings: the one of this report is closed.'
        : `There are no open findings: all ${formatCount(findings.count)} of this report are closed.`,
    );
  if (filtered && all > 0)
    return stateNumber(
      all,
      countedRuns,
      `No findings match the filter (${constraintsInWords(facts.filter).join('; ')}); without it there ${all === 1 ? 'is' : 'are'} ${formatCount(all)}.`,
    );
  if (runs === 0) return 'There are no findings: there are no attack runs.';
  const assessed = counts.succeeded + counts.resisted;
  if (assessed + counts.hits_only === 0)
    return 'There are no findings: no run could be assessed, which is no evidence of safety.';
  if (counts.succeeded + counts.hits_only > 0) return 'There are no findings: what succeeded is called none.';
  return ledger.state(
    countsClaim({}, counts),
    assessed === 1
      ? 'There are no findings: the one assessed run neither succeeded nor came close.'
      : `There are no findings: of ${formatCount(assessed)} assessed runs none succeeded or came close.`,
  );
}

function factRows(setting: ReportSetting): LabelledRow[] {
  const { facts, ledger } = setting;
  const row = (label: string, inline: Inline): LabelledRow => ({
    label,
    blocks: [{ kind: 'prose', role: 'table', inline }],
  });
  const filter = filterNote(facts);
  const leftOut = leftOutInShort(facts.rows.left_out, facts.include_adversarial);
  if (leftOut !== '')
    for (const one of facts.rows.left_out)
      ledger.state({ kind: 'left_out', about: {}, population: everyRun, ...one }, leftOut);
  return [
    row('Tested', [{ text: `${onlyHits(setting) ? 'Known by hits alone: ' : ''}${testedSentence(setting)}` }]),
    row('Not tested', notTestedInline(setting)),
    ...(leftOut === '' ? [] : [row('Left out', [{ text: leftOut }])]),
    ...(filter === null ? [] : [row('Filter', [{ text: filter }])]),
  ];
}

export const onlyHits = ({ runs, counts }: Pick<ReportSetting, 'runs' | 'counts'>): boolean =>
  runs > 0 && counts.hits_only === runs;

const everyRun = { coverage: 'any', status: 'counted', domain: 'any' } as const;

/** "6 attacks, 7 transforms, 10 of 33 categories." Of several targets: on at least one of them. */
export function testedSentence({
  facts,
  targets,
  ledger,
  runs,
}: Pick<ReportSetting, 'facts' | 'targets' | 'ledger' | 'runs'>): string {
  if (runs === 0) return 'Nothing: there are no attack runs.';
  const attacks = new Set(facts.rows.asr_by_attack.map((row) => row.name));
  const lists = new Set(
    facts.rows.asr_by_transform.filter(isTransform).map(({ transforms }) => JSON.stringify(transforms)),
  );
  const transforms = new Set(facts.rows.asr_by_transform.flatMap((row) => row.transforms));
  const tried = triedClaim(facts.rows.asr_by_category);
  const [only] = attacks;
  const named = attacks.size === 1 && only !== undefined ? ` (${shortenName(only, 80)})` : '';
  const combined = lists.size === transforms.size ? '' : ` in ${plural(lists.size, 'combination')}`;
  // What a hit log tried without success is unknown, its transforms too.
  const untransformed = { all: 'no transforms', some: 'no run with a transform', none: 'no hit with a transform' };
  const parts = [
    `${plural(attacks.size, 'attack')}${named}`,
    transforms.size === 0 ? untransformed[tried.attempts_known] : `${plural(transforms.size, 'transform')}${combined}`,
    ledger.state(tried, testedCategories(tried)),
  ];
  ledger.state(numberClaim('attacks', attacks.size), parts[0] ?? '');
  ledger.state(numberClaim('transforms', transforms.size), parts[1] ?? '');
  const where = targets.length > 1 ? ', each on at least one of the targets' : '';
  return `${parts.join(', ')}${where}.`;
}

export const isTransform = (row: Pick<TransformRow, 'transforms'>): boolean => row.transforms.length > 0;

function notTestedInline({ facts, counts, links, runs, ledger }: ReportSetting): Inline {
  const tried = triedClaim(facts.rows.asr_by_category);
  const transforms = facts.rows.asr_by_transform.some(isTransform) || tried.attempts_known !== 'all' || runs === 0;
  const said = [
    ledger.state(tried, untestedInShort(tried, transforms ? '' : 'every transform')),
    counts.not_assessed > 0
      ? ledger.state(
          countsClaim({}, counts),
          `${plural(counts.not_assessed, 'run')} ${counts.not_assessed === 1 ? 'was' : 'were'} not assessed`,
        )
      : '',
  ]
    .filter(Boolean)
    .join('; ');
  const scope = links.section('methodology');
  const link: Inline =
    scope === null
      ? []
      : [
          { text: ' ' },
          { text: 'Scope', link: scope },
          { text: ' p.\u00A0', tone: 'quiet' },
          { text: '', tone: 'quiet', pageOf: scope },
        ];
  const sentence = said === '' ? 'each category of our vocabulary has an assessed run' : said;
  return [{ text: `${capitalised(sentence)}. No finding is not the same as no weakness.` }, ...link];
}
