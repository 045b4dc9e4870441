import type { AssessmentRow } from '#domain';
import { shortenName } from '../text/shorten-field.ts';
import { moment } from '../format/dates.ts';
import { flatImage } from '../model/flat-image.ts';
import { testsRun } from '../sentences/date-sentences.ts';
import { previewNotice } from '../sentences/preview-notice.ts';
import { countInWords, formatCount, listInWords, plural } from '../format/numbers.ts';
import type { CoverContent } from '../model/report-content.ts';
import type { ReportSetting } from '../sentences/report-setting.ts';

const mostNames = 6;
const longestAuthors = 400;

export function composeCover(setting: ReportSetting, title: string): CoverContent {
  const { facts, runs } = setting;
  const { assessments } = facts.rows;
  const targets = named(targetsOf(assessments));
  const dates = testsRun(assessments);
  const counted =
    assessments.length === 0
      ? 'No assessments'
      : `${plural(runs, 'attack run')} in ${countInWords(assessments.length)} ${assessments.length === 1 ? 'assessment' : 'assessments'}`;
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
    { label: 'Data as of', lines: [facts.data_as_of === null ? 'no imports' : moment(facts.data_as_of)] },
    ...(facts.company_name === null ? [] : [{ label: 'Issued by', lines: [shortenName(facts.company_name)] }]),
    { label: 'Project', lines: [shortenName(facts.project_name)] },
    ...(facts.classification === null ? [] : [{ label: 'Classification', lines: [shortenName(facts.classification)] }]),
    { label: 'Version', lines: [`${facts.release}, evidence level: ${facts.evidence}`] },
    { label: 'Report id', lines: [facts.report_id], mono: true },
  ];
  return {
    logo: facts.logo === null ? null : flatImage(facts.logo),
    title,
    subtitle:
      targets.length === 0
        ? shortenName(facts.project_name, 160)
        : listInWords(targets.slice(0, 2).map((name) => shortenName(name, 160))),
    summary: dates === null ? counted : `${counted}, ${dates.range}`,
    authors: shortenName((facts.frontmatter?.authors ?? '').replace(/\s+/g, ' ').trim(), longestAuthors),
    notice: previewNotice(setting),
    rows,
  };
}

export const targetsOf = (assessments: readonly AssessmentRow[]): readonly string[] => [
  ...new Set(assessments.map((row) => row.target_model).filter((name) => name !== null)),
];

function named(names: readonly string[]): string[] {
  const shown = names.slice(0, mostNames).map((name) => shortenName(name, 300));
  return names.length > mostNames ? [...shown, `and ${formatCount(names.length - mostNames)} more`] : shown;
}
