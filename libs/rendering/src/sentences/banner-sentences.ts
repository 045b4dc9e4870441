import type { ReportSetting } from './report-setting.ts';
import { formatCount, listInWords, plural } from '../format/numbers.ts';
import { shortenName } from '../text/shorten-field.ts';

/** What a reader must know before any figure. */
export function frontBanner(setting: Pick<ReportSetting, 'facts'>): string | null {
  const said = [plainEvaluationBanner(setting), incompleteBanner(setting)].filter((text) => text !== null);
  return said.length === 0 ? null : said.join(' ');
}

/** A file whose end is missing: what it would have said counts nowhere. */
export function incompleteBanner({ facts }: Pick<ReportSetting, 'facts'>): string | null {
  const names = [
    ...new Set(
      facts.rows.assessments.flatMap(({ sources }) =>
        sources
          .filter(({ warnings }) => warnings.some((warning) => warning.includes('cut off in writing')))
          .map(({ file_name }) => shortenName(file_name ?? 'a file without a name', 120)),
      ),
    ),
  ];
  if (names.length === 0) return null;
  const shown = names.slice(0, 3);
  const more = names.length - shown.length;
  const list = listInWords(more > 0 ? [...shown, `${formatCount(more)} more`] : shown);
  return `Incomplete: ${list} ${names.length === 1 ? 'was' : 'were'} cut off in writing; what stood behind the cut is not in this report.`;
}

/** A file without red-team fields: a failed check was counted as a success of the attack, and the reader must know. */
export function plainEvaluationBanner({ facts }: Pick<ReportSetting, 'facts'>): string | null {
  const plain = facts.rows.assessments.filter((assessment) =>
    assessment.sources.some((source) => source.warnings.some((warning) => warning.startsWith('plain_evaluation'))),
  );
  if (plain.length === 0) return null;
  const which =
    plain.length === facts.rows.assessments.length
      ? 'The data come'
      : `${plural(plain.length, 'assessment')} of this report ${plain.length === 1 ? 'comes' : 'come'}`;
  return `${which} from a plain evaluation, not from a red team run: a failed check is counted as a success of the attack.`;
}
