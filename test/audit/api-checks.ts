import type { TestProject } from '../support/project.ts';
import { near, wilsonInterval } from './arithmetic.ts';
import type { ReportJson } from './report-json.ts';
import { countsOf, currentRuns, ofPopulation, severityOrder } from './selected-runs.ts';
import type { StoredProject, StoredRun } from './stored-project.ts';

interface Metrics {
  readonly overall_asr: number | null;
  readonly asr_low: number | null;
  readonly asr_high: number | null;
  readonly total_attacks: number;
  readonly total_trials: number;
  readonly succeeded: number;
  readonly resisted: number;
  readonly not_assessed: number;
  readonly hits_only: number;
  readonly severity_breakdown: Readonly<Record<string, number>>;
}

/** The summary of a project is what its documented fields mean: sums over all completed assessments. */
export async function faultsOfApi(
  project: TestProject,
  stored: StoredProject,
  report: ReportJson,
): Promise<readonly string[]> {
  const { body } = await project.api.get<Partial<Metrics>>(project.path('/summary'));
  const runs = ofPopulation(
    currentRuns(stored),
    { coverage: 'any', status: 'counted', domain: 'generative' },
    { include_adversarial: false, filter: {} },
  );
  return [...faultsOfMetrics('summary', body, runs), ...(await faultsOfList(project, report))];
}

export function faultsOfMetrics(place: string, said: Partial<Metrics>, runs: readonly StoredRun[]): readonly string[] {
  const faults: string[] = [];
  const is = (field: keyof Metrics, value: number | null): void => {
    const told = said[field];
    if (told === undefined) return;
    const same = typeof told === 'number' && typeof value === 'number' ? near(told, value) : told === value;
    if (!same) faults.push(`${place}.${field} is ${String(value)}, not ${JSON.stringify(told)}`);
  };
  const { succeeded, resisted, not_assessed, hits_only } = countsOf(runs);
  const n = succeeded + resisted;
  const { low, high } = n === 0 ? { low: null, high: null } : wilsonInterval(succeeded, n);
  is('succeeded', succeeded);
  is('resisted', resisted);
  is('not_assessed', not_assessed);
  is('hits_only', hits_only);
  is('total_attacks', runs.length);
  is(
    'total_trials',
    runs.reduce((sum, { trials }) => sum + trials.length, 0),
  );
  is('overall_asr', n === 0 ? null : succeeded / n);
  is('asr_low', low);
  is('asr_high', high);
  const severe = runs.filter(({ finding_type: type }) => type === 'jailbreak' || type === 'partial');
  for (const severity of severityOrder) {
    const count = severe.filter((run) => run.severity === severity).length;
    const told = said.severity_breakdown?.[severity];
    if (told !== undefined && told !== count) faults.push(`${place}: ${severity} is ${count}, not ${told}`);
  }
  return faults;
}

/** The list with a report's filter holds its findings, in its order. */
async function faultsOfList(project: TestProject, report: ReportJson): Promise<readonly string[]> {
  if (Object.keys(report.report.filter).length > 0 || report.findings.length === 0) return [];
  const adversarial = report.report.include_adversarial;
  const { body } = await project.findings(
    `?view=report&sort_by=severity&page_size=100&include_adversarial=${String(adversarial)}`,
  );
  const said = report.findings.slice(0, body.findings.length);
  const faults =
    body.total === report.findings.length
      ? []
      : [`the list has ${body.total} findings, the report ${report.findings.length}`];
  for (const [index, finding] of said.entries()) {
    const row = body.findings[index];
    if (row?.severity !== finding.severity || row.best_score !== finding.best_score)
      faults.push(`the list has another finding in place of ${finding.id}`);
  }
  // Which of equal ones comes first is no rank; all of a whole list are there nevertheless.
  const names = (some: readonly (readonly [unknown, string, unknown])[]): readonly string[] =>
    some.map((one) => JSON.stringify(one)).sort();
  const listed = names(body.findings.map((row) => [row.severity, row.attack_name, row.best_score]));
  const printed = names(said.map(({ severity, attack, best_score: score }) => [severity, attack, score]));
  if (body.total <= body.findings.length && JSON.stringify(listed) !== JSON.stringify(printed))
    faults.push('the list holds other findings than the report');
  return faults.slice(0, 3);
}
