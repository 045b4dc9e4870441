import { type ActionClaim, type Claim, countsClaim, severities } from '#domain';
import { capitalised, countInWords, formatCount, listInWords } from '../format/numbers.ts';
import { closedInWords } from './risk-sentences.ts';
import type { PlannedAction } from './plan-actions.ts';
import type { ReportSetting } from './report-setting.ts';
import { sumOf } from './target-settings.ts';

export const actionClaim = ({ categories, addresses }: PlannedAction): ActionClaim => ({
  kind: 'action',
  about: {},
  population: { coverage: 'any', status: 'open', domain: 'generative' },
  categories,
  counts: addresses,
});

export function actionsLead(actions: number): string {
  if (actions === 0) return 'No action follows by rule: no category of the open findings has a fixed text.';
  if (actions === 1) return 'One action, for the category of all open findings that have a fixed text.';
  return `${capitalised(countInWords(actions))} actions, ordered by the critical, then high, then medium open findings they address. Each finding is counted under the action for its category.`;
}

/** Why there is nothing to do: nothing open, or nothing known. */
export function noActionReason(setting: Pick<ReportSetting, 'targets' | 'runs' | 'counts' | 'ledger'>): string {
  const { targets, counts, ledger } = setting;
  const claims: Claim[] = [countsClaim({}, counts), ...targets.map(({ risk }) => risk)];
  return ledger.state(claims, noActionInWords(setting));
}

function noActionInWords({ targets, runs, counts }: Pick<ReportSetting, 'targets' | 'runs' | 'counts'>): string {
  if (runs === 0) return 'there are no attack runs.';
  if (counts.succeeded + counts.resisted + counts.hits_only === 0) return 'no run could be assessed.';
  const sum = (of: 'remediated' | 'accepted'): number => targets.reduce((total, { risk }) => total + risk[of], 0);
  const closed = closedInWords({ remediated: sum('remediated'), accepted: sum('accepted') });
  if (closed === '' && counts.succeeded + counts.hits_only > 0) return 'what succeeded is called no finding.';
  return closed === '' ? 'no attack succeeded.' : `there is no open finding that succeeded (${closed}).`;
}

/** "Keep secrets out of the model’s context: it addresses 3 critical and 6 high open findings." */
export function firstAction(setting: Pick<ReportSetting, 'plan' | 'targets' | 'runs' | 'counts' | 'ledger'>): string {
  const [first] = setting.plan.actions;
  if (!first)
    return setting.plan.withoutText.length > 0
      ? actionsLead(0)
      : `No action follows by rule: ${noActionReason(setting)}`;
  const parts = severities
    .filter((severity) => first.addresses[severity] > 0)
    .map((severity) => `${formatCount(first.addresses[severity])} ${severity}`);
  const total = sumOf(first.addresses);
  return setting.ledger.state(
    actionClaim(first),
    `${first.title}: it addresses ${listInWords(parts)} open ${total === 1 ? 'finding' : 'findings'}.`,
  );
}
