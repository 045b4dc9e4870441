import { ratedRuns, severities } from '#domain';
import { prose } from '../../model/blocks.ts';
import { testedSentence, untestedGoals } from '../../sentences/compose-glance.ts';
import { displayName } from '../../format/display-names.ts';
import { unfilteredNote } from '../../sentences/filter-sentences.ts';
import { formatCount, interval, listInWords, percent, plural } from '../../format/numbers.ts';
import type { LabelledRow } from '../../model/report-content.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import { composeVerdict } from '../../sentences/verdict.ts';
import { shortenName } from '../../text/shorten-field.ts';
import { attackSuccessRate } from '#domain';
import type { SectionComposer } from './section-composer.ts';

/** Half a page of sentences by rule: what was tested, what broke, what held, what was not tested, what comes first. */
export const executiveSummary: SectionComposer = (setting) => {
  const verdict = composeVerdict(setting);
  const row = (label: string, text: string): LabelledRow => ({ label, blocks: [prose('body', text)] });
  const unfiltered = unfilteredNote(setting.facts, setting.runs);
  return {
    lead: [{ text: verdict.opening, strong: true }, { text: ` ${verdict.rest}` }],
    blocks: [
      {
        kind: 'labelled',
        rows: [
          row('Tested', testedParagraph(setting)),
          row('What broke', brokeParagraph(setting)),
          row('What held', heldParagraph(setting)),
          row('Not tested', notTestedParagraph(setting)),
          row('What first', firstParagraph(setting)),
          ...(unfiltered === null ? [] : [row('Filter', unfiltered)]),
        ],
      },
    ],
  };
};

function testedParagraph(setting: ReportSetting): string {
  const targets = [
    ...new Set(setting.facts.rows.assessments.map((row) => row.target_model).filter((name) => name !== null)),
  ];
  const target =
    targets.length === 0
      ? ''
      : ` against ${listInWords(targets.slice(0, 3).map((name) => shortenName(name, 120)))}${targets.length > 3 ? ` and ${formatCount(targets.length - 3)} more` : ''}`;
  return `${plural(setting.runs, 'attack run')} with ${plural(setting.trials, 'trial')} in ${plural(setting.facts.rows.assessments.length, 'assessment')}${target}: ${testedSentence(setting)}`;
}

export function brokeParagraph({ rate, counts, severities: bySeverity, facts, ledger }: ReportSetting): string {
  const hits =
    counts.hits_only > 0
      ? ` ${plural(counts.hits_only, 'success', 'successes')} of sources that list hits only are in no rate.`
      : '';
  if (rate === null) return counts.hits_only > 0 ? hits.trim() : 'Nothing can be said: no run could be assessed.';
  if (rate.succeeded === 0)
    return `No attack succeeded in ${plural(rate.assessed, 'assessed run')}; the 95 % interval reaches up to ${percent(rate.high)}.${hits}`;
  const parts = severities
    .filter((severity) => bySeverity[severity] > 0)
    .map((severity) => `${formatCount(bySeverity[severity])} ${severity}`);
  const bySize = [...facts.rows.asr_by_category]
    .sort((a, b) => b.succeeded - a.succeeded)
    .filter((row) => row.succeeded > 0);
  const most = bySize[0]
    ? ` Most successes are of category ${displayName(shortenName(bySize[0].name, 80))} (${formatCount(bySize[0].succeeded)} of ${formatCount(rate.succeeded)}).`
    : '';
  const told = ledger.state(
    { kind: 'rate', about: {}, population: ratedRuns, rate },
    `${formatCount(rate.succeeded)} of ${plural(rate.assessed, 'assessed run')} succeeded: ${percent(rate.value)}, 95 % interval ${interval(rate)}.`,
  );
  return `${told} Runs that succeeded or came close, by severity: ${listInWords(parts) || 'none'}.${most}${hits}`;
}

export function heldParagraph({ facts }: Pick<ReportSetting, 'facts'>): string {
  const held = facts.rows.asr_by_category.filter(
    (row) => attackSuccessRate(row)?.succeeded === 0 && row.hits_only === 0,
  );
  if (held.length === 0) return 'In every category with an assessed run at least one attack succeeded.';
  const shown = held.slice(0, 4).map((row) => {
    const rate = attackSuccessRate(row);
    return `${displayName(shortenName(row.name, 80))} (0 of ${formatCount(rate?.assessed ?? 0)}, could be up to ${percent(rate?.high ?? 1)})`;
  });
  const more = held.length > shown.length ? [...shown, `${formatCount(held.length - shown.length)} more`] : shown;
  return `No success in ${listInWords(more)}.`;
}

export function notTestedParagraph({ facts, counts }: Pick<ReportSetting, 'facts' | 'counts'>): string {
  const missing = untestedGoals(facts.rows.asr_by_category.map((row) => row.name)).map((name) => displayName(name));
  const first =
    missing.length === 0
      ? 'Every goal category was tried at least once.'
      : `No run of category ${listInWords(missing)}.`;
  const open =
    counts.not_assessed > 0
      ? ` ${plural(counts.not_assessed, 'run')} gave no verdict and count neither as succeeded nor as resisted.`
      : '';
  return `${first}${open}`;
}

export function firstParagraph({ plan }: Pick<ReportSetting, 'plan'>): string {
  const [first] = plan.actions;
  if (!first) return 'No action follows by rule from these findings.';
  const closes = severities
    .filter((severity) => first.closes[severity] > 0)
    .map((severity) => `${formatCount(first.closes[severity])} ${severity}`);
  return `${first.title}: it closes ${listInWords(closes)} ${closes.length === 1 && severities.reduce((sum, severity) => sum + first.closes[severity], 0) === 1 ? 'finding' : 'findings'}.`;
}
