import { countsClaim } from '#domain';
import type { ReportSetting } from './report-setting.ts';
import { bySeverity } from './summary-sentences.ts';
import type { TargetSetting } from './target-settings.ts';
import { closedInWords } from './risk-sentences.ts';
import { plural } from '../format/numbers.ts';

function noSeverityInWords({ risk }: TargetSetting): string {
  switch (risk.state) {
    case 'not_assessed':
    case 'no_runs':
      return 'No run could be assessed, so no run has a severity.';
    case 'ungraded':
      return 'What succeeded is called no finding, so no run has a severity.';
    default:
      return 'Nothing succeeded or came close, so no run has a severity.';
  }
}

/** Open findings that succeeded and those that came close by severity, never in one number. */
export function severityLead({ ledger }: Pick<ReportSetting, 'ledger'>, target: TargetSetting): string {
  const { row, risk } = target;
  const about = { target: target.key };
  const open = { coverage: 'any', status: 'open', domain: 'generative' } as const;
  if (target.findings === 0) return ledger.state(countsClaim(about, row), noSeverityInWords(target));
  const said = [
    target.open === 0
      ? 'No open finding succeeded.'
      : ledger.state(
          { kind: 'severities', about, population: open, of: 'succeeded', counts: row.open },
          `${plural(target.open, 'open finding')} succeeded: ${bySeverity(row.open)}.`,
        ),
    ...(target.close === 0
      ? []
      : [
          ledger.state(
            { kind: 'severities', about, population: open, of: 'came_close', counts: row.open_close },
            `${plural(target.close, 'open finding')} resisted but came close: ${bySeverity(row.open_close)}.`,
          ),
        ]),
    ...(risk.remediated + risk.accepted === 0
      ? []
      : [
          ledger.state(
            {
              kind: 'closed',
              about,
              population: { ...open, status: 'closed' },
              remediated: risk.remediated,
              accepted: risk.accepted,
            },
            `Succeeded, and closed since: ${closedInWords(risk)}.`,
          ),
        ]),
  ];
  return said.join(' ');
}
