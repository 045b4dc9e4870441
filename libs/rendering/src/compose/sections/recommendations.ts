import { severities } from '#domain';
import { notes, prose } from '../../model/blocks.ts';
import { displayName } from '../../format/display-names.ts';
import { findingSpans } from '../../model/finding-id.ts';
import { capitalised, countInWords, formatCount, listInWords, plural } from '../../format/numbers.ts';
import type { PlannedAction } from '../../sentences/plan-actions.ts';
import type { ActionContent, Block, Inline } from '../../model/report-content.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';
import { shortenName } from '../../text/shorten-field.ts';
import type { SectionComposer } from './section-composer.ts';

/** Up to five actions, each with the findings it closes. */
export const recommendations: SectionComposer = (setting) => {
  const { plan, counts } = setting;
  const actions = plan.actions.map((action, index) => actionContent(action, index + 1, setting));
  const blocks: Block[] =
    actions.length > 0
      ? [{ kind: 'actions', actions }]
      : [prose('text', 'There is no fixed text for the categories of these findings.')];
  const further = plan.further.map(
    (action) =>
      `${action.title.toLowerCase()} (${action.categories.map(displayName).join(', ')}: ${formatCount(closedBy(action))})`,
  );
  const without = plan.withoutText
    .slice(0, 20)
    .map(
      (row) =>
        `${shortenName(row.category, 80)} (${formatCount(severities.reduce((sum, severity) => sum + row.severities[severity], 0))})`,
    );
  blocks.push(
    ...notes([
      further.length > 0 && `Further actions: ${further.join('; ')}.`,
      without.length > 0 &&
        `No fixed text for: ${without.join(', ')}${plan.withoutText.length > 20 ? ` and ${formatCount(plan.withoutText.length - 20)} more` : ''}.`,
      `Fixed texts, chosen by rule from the findings; no text here was written by a model.${counts.not_assessed > 0 ? ` Repeat the ${plural(counts.not_assessed, 'run')} without a verdict before the actions are closed.` : ''}`,
    ]),
  );
  return { lead: [{ text: leadSentence(actions.length) }], blocks };
};

export function leadSentence(actions: number): string {
  if (actions === 0) return 'No action follows by rule from these findings.';
  if (actions === 1) return 'One action, for the category that all findings with a fixed text belong to.';
  return `${capitalised(countInWords(actions))} actions, ordered by the critical, then high, then medium findings they close. Each finding is counted under the action for its category.`;
}

const closedBy = (action: PlannedAction): number =>
  severities.reduce((sum, severity) => sum + action.closes[severity], 0);

function actionContent(action: PlannedAction, number: number, setting: ReportSetting): ActionContent {
  return {
    number,
    anchor: `action-${number}`,
    title: action.title,
    text: action.text,
    closes: action.closes,
    findings: findingsInline(action, setting),
    frameworks: action.items.map((item) => item.slice(item.indexOf(':') + 1)).join(', '),
  };
}

function findingsInline(action: PlannedAction, { findings, links, cut }: ReportSetting): Inline {
  const shown = findings.ofCategories(action.categories);
  const categories = listInWords(action.categories.map(displayName));
  if (shown.length === 0)
    return [
      { text: `of category ${categories}; none is in this ${cut === null ? 'report' : 'preview'}`, tone: 'quiet' },
    ];
  const spans = findingSpans(shown, links);
  const more = closedBy(action) - shown.length;
  return more > 0 ? [...spans, { text: ` +${formatCount(more)}`, tone: 'quiet' }] : spans;
}
