import { prose } from '../../model/blocks.ts';
import { countsClaim, numberClaim } from '#domain';
import { absentSentence } from '../../sentences/left-out-sentences.ts';
import { firstAction } from '../../sentences/action-sentences.ts';
import { testedSentence } from '../../sentences/compose-glance.ts';
import { filterNote } from '../../sentences/filter-sentences.ts';
import { brokeOf, heldOf, mostTargetsTold } from '../../sentences/summary-sentences.ts';
import { countInWords, formatCount, listInWords, plural } from '../../format/numbers.ts';
import type { Block, LabelledRow } from '../../model/report-content.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import type { TargetSetting } from '../../sentences/target-settings.ts';
import { notTestedParagraph } from '../../sentences/summary-sentences.ts';
import { composeVerdict, stateVerdict } from '../../sentences/verdict.ts';
import { shortenName } from '../../text/shorten-field.ts';
import type { SectionComposer } from './section-composer.ts';

/** Half a page of sentences by rule: what was tested, what broke, what held, what was not tested, what comes first. */
export const executiveSummary: SectionComposer = (setting) => {
  const verdict = composeVerdict(setting);
  const row = (label: string, ...texts: readonly string[]): LabelledRow => ({
    label,
    blocks: texts.map((text): Block => prose('body', text)),
  });
  const filter = filterNote(setting.facts);
  const absent = absentSentence(setting);
  stateVerdict(setting, verdict);
  return {
    lead: [{ text: verdict.opening, strong: true }, { text: ` ${verdict.rest}` }],
    blocks: [
      {
        kind: 'labelled',
        rows: [
          row('Tested', testedParagraph(setting)),
          row('What broke', ...ofEachTarget(setting, (target) => brokeOf(setting, target))),
          row('What held', ...ofEachTarget(setting, (target) => heldOf(setting, target))),
          row('Not tested', notTestedParagraph(setting)),
          row('What first', firstAction(setting)),
          ...(filter === null ? [] : [row('Filter', filter)]),
          // Scope & Method says it where it is in the report.
          ...(absent === '' || setting.links.section('methodology') !== null ? [] : [row('Left out', absent)]),
        ],
      },
    ],
  };
};

/** Of several targets a paragraph each. */
function ofEachTarget({ targets, head }: ReportSetting, tell: (target: TargetSetting) => string): readonly string[] {
  if (targets.length < 2) return [tell(head)];
  const shown = targets.slice(0, mostTargetsTold).map((target) => `${shortenName(target.name, 120)}: ${tell(target)}`);
  const more = targets.length - shown.length;
  return more > 0 ? [...shown, `${countInWords(more)} more targets stand in the sections below.`] : shown;
}

function testedParagraph(setting: ReportSetting): string {
  const { targets, facts, ledger, runs, trials } = setting;
  if (runs === 0) return testedSentence(setting);
  const shown = targets.slice(0, 3).map(({ name }) => shortenName(name, 120));
  const names = targets.length > 3 ? [...shown, `${formatCount(targets.length - 3)} more`] : shown;
  const against = targets.some(({ row }) => row.name !== null)
    ? ledger.state(numberClaim('targets', targets.length), ` against ${listInWords(names)}`)
    : '';
  const assessments = facts.rows.assessments.filter(
    (row) => row.succeeded + row.resisted + row.not_assessed + row.hits_only > 0,
  ).length;
  const size = ledger.state(
    [numberClaim('runs', runs), numberClaim('trials', trials), countsClaim({}, setting.counts)],
    sizeInWords(setting),
  );
  const within = ledger.state(numberClaim('assessments', assessments), plural(assessments, 'assessment'));
  return `${size} in ${within}${against}: ${testedSentence(setting)}`;
}

/** Trials of a hit are those that succeeded: they are in no sum with others. */
function sizeInWords({ runs, trials, counts, targets }: ReportSetting): string {
  const hits = counts.hits_only;
  if (hits === 0) return `${plural(runs, 'attack run')} with ${plural(trials, 'trial')}`;
  const hitTrials = targets.reduce((sum, { row }) => sum + row.hit_trials, 0);
  if (hits === runs) return `${plural(hits, 'hit')} with ${plural(hitTrials, 'successful trial')}`;
  return `${plural(runs - hits, 'attack run')} with ${plural(trials - hitTrials, 'trial')}, and ${plural(hits, 'hit')} with ${plural(hitTrials, 'successful trial')}`;
}
