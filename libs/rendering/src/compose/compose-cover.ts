import { countedRuns, totalRuns } from '#domain';
import { shortenName } from '../text/shorten-field.ts';
import { moment } from '../format/dates.ts';
import { flatImage } from '../model/flat-image.ts';
import { previewNotice } from '../sentences/preview-notice.ts';
import { countInWords, formatCount, listInWords, plural } from '../format/numbers.ts';
import type { CoverContent } from '../model/report-content.ts';
import { testsRun } from '../sentences/date-sentences.ts';
import type { TargetSetting } from '../sentences/target-settings.ts';
import type { ReportSetting } from '../sentences/report-setting.ts';

const mostNames = 6;
const longestAuthors = 400;

export function composeCover(setting: ReportSetting, title: string): CoverContent {
  const { facts } = setting;
  const { assessments } = facts.rows;
  const targets = targetLines(setting);
  const dates = testsRun(assessments);
  const counted = runsCounted(setting);
  const rows: CoverContent['rows'] = [
    { label: 'Target', lines: targets.length === 0 ? ['not named by the sources'] : targets },
    { label: 'Assessments', lines: assessments.length === 0 ? ['none'] : named(assessments.map((row) => row.name)) },
    {
      label: 'Tests run',
      lines:
        dates === null
          ? ['not dated by the sources']
          : [`${dates.range} (UTC)`, ...(dates.note === '' ? [] : [dates.note])],
    },
    {
      label: 'Data as of',
      lines: [facts.data_as_of === null ? 'undated: no source names a time' : moment(facts.data_as_of)],
    },
    ...(facts.company_name === null ? [] : [{ label: 'Issued by', lines: [shortenName(facts.company_name)] }]),
    { label: 'Project', lines: [shortenName(facts.project_name)] },
    ...(facts.classification === null ? [] : [{ label: 'Classification', lines: [shortenName(facts.classification)] }]),
    { label: 'Version', lines: [`${facts.release}, evidence level: ${facts.evidence}`] },
    { label: 'Report id', lines: [facts.report_id], mono: true },
  ];
  return {
    logo: facts.logo === null ? null : flatImage(facts.logo),
    title,
    subtitle: targets.length === 0 ? shortenName(facts.project_name, 160) : targetsInShort(setting),
    summary: dates === null ? counted : `${counted}, ${dates.range}`,
    authors: shortenName((facts.frontmatter?.authors ?? '').replace(/\s+/g, ' ').trim(), longestAuthors),
    notice: previewNotice(setting),
    rows,
  };
}

/** Systems that were attacked, by their names. */
export const targetsOf = (targets: readonly TargetSetting[]): readonly string[] =>
  targets.flatMap(({ row, name }) => (row.name === null ? [] : [name]));

/** Those that were attacked; who was to be and was not is said to be so. */
function targetLines({ targets, facts }: ReportSetting): string[] {
  const unnamed = targets.filter(({ row }) => row.name === null).length;
  const never = [
    ...new Set(
      facts.rows.assessments
        .filter((row) => totalRuns(row) === 0 && row.adversarial_ml_runs === 0)
        .map((row) => row.target_model)
        .filter((name) => name !== null),
    ),
  ].filter((name) => !targets.some(({ row }) => row.name === name));
  return [
    ...named(targetsOf(targets)),
    ...(unnamed > 0 && targets.length > 1 ? [`${countInWords(unnamed)} not named by the sources`] : []),
    ...(never.length > 0 ? [`without a run: ${listInWords(named(never))}`] : []),
  ];
}

/** "weak-bot", "weak-bot and strong-bot", "weak-bot, strong-bot and four more targets". */
function targetsInShort({ targets }: ReportSetting): string {
  const [first, second, ...others] = targets.map(({ name }) => shortenName(name, 160));
  if (first === undefined) return '';
  if (second === undefined) return first;
  const [third] = others;
  if (third === undefined) return `${first} and ${second}`;
  return `${first}, ${second} and ${others.length === 1 ? third : `${countInWords(others.length)} more targets`}`;
}

function runsCounted({ facts, runs, ledger }: ReportSetting): string {
  const { assessments } = facts.rows;
  if (assessments.length === 0) return 'No assessments';
  const tested = assessments.filter((row) => totalRuns(row) > 0).length;
  const among = tested === 0 ? assessments.length : tested;
  const words = `${plural(runs, 'attack run')} in ${countInWords(among)} ${among === 1 ? 'assessment' : 'assessments'}`;
  return ledger.state({ kind: 'number', about: {}, population: countedRuns, of: 'runs', value: runs }, words);
}

function named(names: readonly string[]): string[] {
  const shown = names.slice(0, mostNames).map((name) => shortenName(name, 300));
  return names.length > mostNames ? [...shown, `and ${formatCount(names.length - mostNames)} more`] : shown;
}
