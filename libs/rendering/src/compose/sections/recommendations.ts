import { notes, prose } from '../../model/blocks.ts';
import { displayName } from '../../format/display-names.ts';
import { findingSpans } from '../../model/finding-id.ts';
import { capitalised, formatCount, listInWords, plural } from '../../format/numbers.ts';
import { actionClaim, actionsLead, noActionReason } from '../../sentences/action-sentences.ts';
import type { PlannedAction } from '../../sentences/plan-actions.ts';
import type { ActionContent, Block, Inline } from '../../model/report-content.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import { sumOf } from '../../sentences/target-settings.ts';
import { isFiltered, unfilteredNote } from '../../sentences/filter-sentences.ts';
import { shortenName } from '../../text/shorten-field.ts';
import type { SectionComposer } from './section-composer.ts';

/** Up to five actions, each with the open findings it addresses. */
export const recommendations: SectionComposer = (setting) => {
  const { plan, targets } = setting;
  const actions = plan.actions.map((action, index) => actionContent(action, index + 1, setting));
  const blocks: Block[] =
    actions.length > 0
      ? [{ kind: 'actions', actions }]
      : // The lead has said that no category has a fixed text; a note below names them.
        plan.withoutText.length > 0
        ? []
        : [prose('text', capitalised(noActionReason(setting)))];
  const further = plan.further.map(
    (action) =>
      `${action.title.toLowerCase()} (${action.categories.map(displayName).join(', ')}: ${formatCount(sumOf(action.addresses))})`,
  );
  const without = plan.withoutText
    .slice(0, 20)
    .map((row) => `${displayName(shortenName(row.category, 80))} (${formatCount(sumOf(row.open))})`);
  const close = targets.reduce((sum, target) => sum + target.close, 0);
  const lost = targets.reduce((sum, target) => sum + target.row.not_assessed, 0);
  blocks.push(
    ...notes([
      further.length > 0 && `Further actions: ${further.join('; ')}.`,
      without.length > 0 &&
        `No fixed text for: ${without.join(', ')}${plan.withoutText.length > 20 ? ` and ${formatCount(plan.withoutText.length - 20)} more` : ''}.`,
      close > 0 &&
        `${plural(close, 'open run')} resisted but came close; no action is derived from ${close === 1 ? 'it' : 'them'}.`,
      actions.length > 0 &&
        'Fixed texts, chosen by rule from the categories of the findings; no text here was written by a model. Whether a fix works, only a new test shows.',
      lost > 0 &&
        `Repeat the ${lost === 1 ? 'run that was not assessed' : `${formatCount(lost)} runs that were not assessed`} before anything is taken as settled.`,
      unfilteredNote(setting.facts, setting.runs),
    ]),
  );
  const lead =
    actions.length === 0 && plan.withoutText.length === 0 ? 'No action follows by rule.' : actionsLead(actions.length);
  return { lead: [{ text: lead }], blocks };
};

function actionContent(action: PlannedAction, number: number, setting: ReportSetting): ActionContent {
  const { targets, ledger } = setting;
  const named =
    targets.length < 2
      ? ''
      : ` Found on ${listInWords(
          targets
            .filter(({ key }) => action.targets.includes(key))
            .slice(0, 4)
            .map(({ name }) => shortenName(name, 80)),
        )}${action.targets.length > 4 ? ` and ${formatCount(action.targets.length - 4)} more` : ''}.`;
  ledger.state(actionClaim(action), action.title);
  return {
    number,
    anchor: `action-${number}`,
    title: action.title,
    text: `${action.text}${named}`,
    addresses: action.addresses,
    findings: findingsInline(action, setting),
    frameworks: action.items.map((item) => item.slice(item.indexOf(':') + 1)).join(', '),
  };
}

/** The first few that are in this report, how many more are, and how many are not. */
function findingsInline(action: PlannedAction, { findings, links, facts }: ReportSetting): Inline {
  const { ranks, count } = findings.ofCategories(action.categories);
  const elsewhere = sumOf(action.addresses) - count;
  const left = isFiltered(facts.filter)
    ? 'left out by the filter'
    : `not in this ${facts.preview === null ? 'report' : 'preview'}`;
  if (ranks.length === 0)
    return [
      {
        text: `${formatCount(elsewhere)} of category ${listInWords(action.categories.map(displayName))}, ${left}`,
        tone: 'quiet',
      },
    ];
  const more = count - ranks.length;
  const rest = [
    ...(more > 0 ? [` +${formatCount(more)}`] : []),
    ...(elsewhere > 0 ? [`, and ${formatCount(elsewhere)} ${left}`] : []),
  ].join('');
  const spans = findingSpans(ranks, links);
  return rest === '' ? spans : [...spans, { text: rest, tone: 'quiet' }];
}
