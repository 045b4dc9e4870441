import { absentSections, type LeftOutRow, type SectionAbsence, sections } from '#domain';
import { formatCount, listInWords, plural } from '../format/numbers.ts';
import type { ReportSetting } from './report-setting.ts';
import { shortenName } from '../text/shorten-field.ts';

const mostNames = 3;

/** What of the imported data stands in no figure of this report, in short: whole assessments and runs. */
export function leftOutInShort(rows: readonly LeftOutRow[], adversarialApart: boolean): string {
  const of = (what: LeftOutRow['what']): readonly LeftOutRow[] => rows.filter((row) => row.what === what);
  const parts = [unfinished(of('unfinished_assessment')), empty(of('empty_assessment'))];
  const adversarial = of('adversarial_ml').reduce((sum, row) => sum + row.runs, 0);
  if (adversarial > 0 && !adversarialApart)
    parts.push(
      `${plural(adversarial, 'adversarial-ML run')} (${formatCount(succeededOf(of('adversarial_ml')))} succeeded)`,
    );
  const dismissed = of('dismissed').reduce((sum, row) => sum + row.runs, 0);
  if (dismissed > 0) parts.push(`${plural(dismissed, 'run')} triaged as false positive or incorrectly scored`);
  const said = parts.filter((part) => part !== '');
  return said.length === 0 ? '' : `In no figure of this report: ${said.join('; ')}.`;
}

const succeededOf = (rows: readonly LeftOutRow[]): number => rows.reduce((sum, row) => sum + row.succeeded, 0);

function unfinished(rows: readonly LeftOutRow[]): string {
  if (rows.length === 0) return '';
  const runs = rows.reduce((sum, row) => sum + row.runs, 0);
  return `${plural(rows.length, 'assessment')} that ${rows.length === 1 ? 'is' : 'are'} not completed (${named(rows)}; ${plural(runs, 'run')}, ${formatCount(succeededOf(rows))} succeeded)`;
}

const empty = (rows: readonly LeftOutRow[]): string =>
  rows.length === 0 ? '' : `${plural(rows.length, 'assessment')} without a run (${named(rows)})`;

function named(rows: readonly LeftOutRow[]): string {
  const shown = rows
    .slice(0, mostNames)
    .map(({ name, status }) => `“${shortenName(name ?? 'unnamed', 80)}”${status === null ? '' : ` ${status}`}`);
  const more = rows.length - shown.length;
  return listInWords(more > 0 ? [...shown, `${formatCount(more)} more`] : shown);
}

const absences: Readonly<Record<SectionAbsence, string>> = {
  no_runs: 'there are no attack runs',
  none_assessed: 'no run could be assessed',
  nothing_succeeded: 'no attack succeeded or came close',
  filtered_out: 'no finding matches the filter',
  no_goals: 'no run has a goal',
  no_tags: 'no run carries a tag of a chosen framework',
  not_asked: 'not asked for',
};

/** Which sections this report has not, by reason; empty where it has all. */
export function absentSentence({ facts, ledger }: Pick<ReportSetting, 'facts' | 'ledger'>): string {
  const claim = absentSections(facts);
  if (claim.absent.length === 0) return '';
  const reasons = [...new Set(claim.absent.map(({ reason }) => reason))];
  const words = reasons.map((reason) => {
    const titles = claim.absent.filter((one) => one.reason === reason).map(({ section }) => sections[section].title);
    return `${listInWords(titles)}: ${absences[reason]}.`;
  });
  return ledger.state(claim, words.join(' '));
}
