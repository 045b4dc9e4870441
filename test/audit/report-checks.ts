import { near, wilsonInterval } from './arithmetic.ts';
import { type Audited, faultsOfClaim } from './claim-checks.ts';
import { grouped } from './grouped.ts';
import { asRead, type FindingJson, isRecord, type ReportJson, sectionTitles, tablesOf, walk } from './report-json.ts';
import { countsOf, currentRuns, findingRuns, ofPopulation, severityOrder, targetKey } from './selected-runs.ts';
import type { StoredProject, StoredRun } from './stored-project.ts';

/** Everything false that was found in a report, each with its place. */
export function faultsOfReport(report: ReportJson, project: StoredProject): readonly string[] {
  const { include_adversarial, filter } = report.report;
  const scope = { include_adversarial, filter };
  const audited: Audited = { project, scope, findings: runsOfFindings(report.findings, project) };
  return [
    ...faultsOfClaims(report, audited),
    ...faultsOfRates(report),
    ...faultsOfFigures(report, audited),
    ...faultsOfTables(report, audited),
    ...faultsOfFindings(report, audited),
  ];
}

const faultsOfClaims = (report: ReportJson, audited: Audited): readonly string[] =>
  report.claims.flatMap(({ place, text, claim }) =>
    faultsOfClaim(claim, audited).map(
      (fault) => `claim ${claim.kind} at ${place} ${JSON.stringify(claim.about)}, “${asRead(text)}”: ${fault}`,
    ),
  );

/** A run is told by what a finding says of it; ids of rows are not printed. */
function runsOfFindings(
  findings: readonly FindingJson[],
  project: StoredProject,
): ReadonlyMap<string, readonly StoredRun[]> {
  const keyOf = (one: FindingJson | StoredRun): string =>
    JSON.stringify(
      'attack_name' in one
        ? [one.assessment_name, one.attack_name, one.source_ref, one.transforms]
        : [one.assessment, one.attack, one.source_ref, one.transforms],
    );
  const runs = grouped<StoredRun>(currentRuns(project), keyOf);
  return new Map(findings.map((finding) => [finding.id, runs.get(keyOf(finding)) ?? []]));
}

/** Wherever a rate stands, it is k of n with the interval of k and n. */
function faultsOfRates(report: ReportJson): readonly string[] {
  const faults: string[] = [];
  for (const [path, value] of walk(report)) {
    if (!isRecord(value)) continue;
    const { succeeded: k, assessed: n, value: rate, low, high } = value;
    if ([k, n, rate, low, high].some((one) => typeof one !== 'number')) continue;
    const is = wilsonInterval(k as number, n as number);
    if (n === 0 || !near(rate as number, (k as number) / (n as number)))
      faults.push(`${path}: rate ${String(rate)} of ${String(k)} / ${String(n)}`);
    if (!near(low as number, is.low) || !near(high as number, is.high))
      faults.push(`${path}: interval of ${String(k)} / ${String(n)}`);
  }
  return faults;
}

/** A group of runs that a row may speak of. */
interface Group {
  readonly dimension: string;
  readonly target: string | null;
  readonly name: string;
  readonly runs: readonly StoredRun[];
}

export function groupsOf({ project, scope }: Audited): readonly Group[] {
  const counted = ofPopulation(
    currentRuns(project),
    { coverage: 'any', status: 'counted', domain: 'generative' },
    scope,
  );
  const targets = [...grouped(counted, targetKey)];
  const names: Readonly<Record<string, (run: StoredRun) => string | null>> = {
    all: () => 'All',
    'all with a goal': ({ goal }) => (goal === null ? null : 'All'),
    attack: (run) => run.attack_name,
    category: (run) => run.category,
    goal: (run) => run.goal,
    transform: (run) => JSON.stringify(run.transforms),
    assessment: (run) => run.assessment_key,
    pair: (run) => JSON.stringify([run.attack_name, run.transforms]),
  };
  return Object.entries(names).flatMap(([dimension, name]) =>
    targets.flatMap(([target, runs]) => {
      const named = runs.filter((run) => name(run) !== null);
      return [...grouped(named, (run) => name(run) ?? '')].map(([own, of]) => ({
        dimension,
        target,
        name: own,
        runs: of,
      }));
    }),
  );
}

const sameCounts = (said: unknown, runs: readonly StoredRun[]): boolean => {
  const is = countsOf(runs);
  return (
    isRecord(said) &&
    said['succeeded'] === is.succeeded &&
    said['resisted'] === is.resisted &&
    said['not_assessed'] === is.not_assessed &&
    said['hits_only'] === is.hits_only
  );
};

const list = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? (value as readonly unknown[]).filter(isRecord) : [];

/** Rows of the figures are the groups of the data, all of them and no others. */
function faultsOfFigures(report: ReportJson, audited: Audited): readonly string[] {
  const groups = groupsOf(audited);
  const { figures } = report;
  const faults: string[] = [];
  for (const [field, dimension] of [
    ['by_attack', 'attack'],
    ['by_category', 'category'],
    ['by_goal', 'goal'],
    ['by_transform', 'transform'],
    ['attack_by_transform', 'pair'],
  ] as const) {
    if (figures[field] === null || figures[field] === undefined) continue;
    const rows = list(figures[field]);
    const own = groups.filter(
      (group) => group.dimension === dimension && !(field === 'by_transform' && group.name === '[]'),
    );
    const stated = (row: Readonly<Record<string, unknown>>): Group | undefined =>
      own.find((group) => sameCounts(row['outcomes'], group.runs) && isNamed(row, group));
    for (const row of rows)
      if (!stated(row)) faults.push(`figures.${field}: no such group: ${JSON.stringify(shortRow(row))}`);
    for (const group of own) {
      if (!rows.some((row) => isNamed(row, group) && sameCounts(row['outcomes'], group.runs)))
        faults.push(
          `figures.${field}: missing ${group.target ?? ''} ${group.name} ${JSON.stringify(countsOf(group.runs))}`,
        );
    }
    for (const row of rows) {
      // Groups of several targets may have equal counts: the row is right if it is one of them.
      const fitting = own.filter((group) => sameCounts(row['outcomes'], group.runs) && isNamed(row, group));
      const measured = fitting.map(({ name, runs }) => faultsOfMeasures(`figures.${field} ${name}`, row, runs));
      if (!measured.some((found) => found.length === 0)) faults.push(...(measured[0] ?? []));
    }
  }
  faults.push(...faultsOfTotals(report, audited));
  return faults;
}

function shortRow(row: Readonly<Record<string, unknown>>): object {
  const { name, attack, transforms, transform, target, outcomes } = row;
  return { name, attack, transforms, transform, target, outcomes };
}

/** Names as they stand; a list of transforms is told as one. */
function isNamed(row: Readonly<Record<string, unknown>>, group: Group): boolean {
  const target = row['target_key'] ?? row['target'];
  if (typeof target === 'string' && group.target !== null && !isTarget(target, group.target)) return false;
  const { transforms } = row;
  switch (group.dimension) {
    case 'transform':
      return !Array.isArray(transforms) || JSON.stringify(transforms) === group.name;
    case 'pair':
      return Array.isArray(transforms)
        ? JSON.stringify([row['attack'], transforms]) === group.name
        : group.name.startsWith(JSON.stringify([row['attack']]).slice(0, -1));
    default:
      return (
        row['name'] === group.name ||
        unescaped(row['name']) === group.name ||
        (typeof row['name'] === 'string' && group.name.length > 1000)
      );
  }
}

/** A name whose hidden signs are printed as what they are. */
const unescaped = (name: unknown): unknown =>
  typeof name === 'string'
    ? name.replace(/\\u\{([\dA-F]+)\}/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    : name;

const isTarget = (told: string, key: string): boolean => isTargetNamed(String(unescaped(told)), key);
const isTargetNamed = (said: string, key: string): boolean =>
  said === key || key === `n:${said}` || key.startsWith('a:');

function faultsOfMeasures(
  place: string,
  row: Readonly<Record<string, unknown>>,
  runs: readonly StoredRun[],
): readonly string[] {
  const faults: string[] = [];
  const { succeeded, resisted } = countsOf(runs);
  const n = succeeded + resisted;
  const { asr } = row;
  if (asr === null ? n > 0 : isRecord(asr) && (asr['succeeded'] !== succeeded || asr['assessed'] !== n))
    faults.push(`${place}: asr is ${succeeded} / ${n}`);
  const trials = runs.reduce((sum, run) => sum + run.trials.length, 0);
  if (typeof row['trials'] === 'number' && row['trials'] !== trials) faults.push(`${place}: ${trials} trials`);
  const best = Math.max(-1, ...runs.map(({ best_score }) => best_score ?? -1));
  if ('best_score' in row && row['best_score'] !== (best === -1 ? null : best))
    faults.push(`${place}: best score ${best}`);
  const first = runs
    .filter(({ outcome, coverage }) => outcome === 'succeeded' && coverage === 'full')
    .map(({ trials: own }) => own.findIndex(({ outcome }) => outcome === 'succeeded') + 1);
  const mean = first.length === 0 ? null : first.reduce((sum, one) => sum + one, 0) / first.length;
  const said = row['trials_to_success'];
  if (said !== undefined && (typeof said === 'number' && mean !== null ? !near(said, mean) : said !== mean))
    faults.push(`${place}: trials to success are ${String(mean)}, not ${JSON.stringify(said)}`);
  return faults;
}

function faultsOfTotals(report: ReportJson, { project, scope }: Audited): readonly string[] {
  const { figures } = report;
  const current = currentRuns(project);
  const counted = ofPopulation(current, { coverage: 'any', status: 'counted', domain: 'generative' }, scope);
  const dismissed = ofPopulation(current, { coverage: 'any', status: 'dismissed', domain: 'generative' }, scope);
  const faults: string[] = [];
  const is = (field: string, value: unknown): void => {
    if (field in figures && JSON.stringify(figures[field]) !== JSON.stringify(value))
      faults.push(`figures.${field} is ${JSON.stringify(value)}, not ${JSON.stringify(figures[field])}`);
  };
  is('runs', counted.length);
  is(
    'trials',
    counted.reduce((sum, { trials }) => sum + trials.length, 0),
  );
  is('outcomes', countsOf(counted));
  is('dismissed', dismissed.length);
  const severe = counted.filter(({ finding_type: type }) => ['jailbreak', 'partial'].includes(type));
  const { severities } = figures;
  if (isRecord(severities))
    for (const severity of severityOrder) {
      const count = severe.filter((run) => run.severity === severity).length;
      const open = severe.filter((run) => run.severity === severity && run.finding_status === 'open').length;
      if (severities[severity] !== count && severities[severity] !== open)
        faults.push(`figures.severities.${severity} is ${count} (${open} open), not ${String(severities[severity])}`);
    }
  return faults;
}

const percentOf = (text: string): number | null => {
  const found = /^\*?([<>]?)\s*(\d+(?:\.\d+)?)/.exec(asRead(text));
  return found?.[1] === '' ? Number(found[2]) : null;
};

/** Rows of tables with a rate: k / n, runs and percent belong together, and are those of a group of that name. */
function faultsOfTables(report: ReportJson, audited: Audited): readonly string[] {
  const faults: string[] = [];
  const groups = groupsOf(audited);
  for (const [place, table] of tablesOf(report)) {
    const titles = table.columns.map(({ title }) => asRead(title));
    const column = (pattern: RegExp): number => titles.findIndex((title) => pattern.test(title));
    const [runsAt, lostAt, resistedAt, succeededAt, rateAt, intervalAt] = [
      column(/^Runs$/),
      column(/^Not assessed$/),
      column(/^Resisted$/),
      column(/^Succeeded/),
      column(/^ASR/),
      column(/interval$/),
    ] as const;
    if (rateAt < 0 || succeededAt < 0) continue;
    for (const row of [...table.rows, ...(table.total ? [table.total] : [])]) {
      const said = row.map(asRead);
      const name = said[0] ?? '';
      const at = (index: number): number => Number((said[index] ?? '').split(/ [^\d]/)[0]?.replaceAll(/[,\s]/g, ''));
      const [k, n] =
        resistedAt < 0 ? pairIn(said[succeededAt] ?? '') : [at(succeededAt), at(succeededAt) + at(resistedAt)];
      const percent = percentOf(said[rateAt] ?? '');
      if (Number.isNaN(k) || Number.isNaN(n)) {
        if (percent !== null && n === 0) faults.push(`${place}, ${name}: a rate of nothing`);
        continue;
      }
      if (percent !== null && n > 0 && Math.abs(percent - (100 * k) / n) > 0.0501)
        faults.push(`${place}, ${name}: ${percent} % is not ${k} of ${n}`);
      if (n === 0 && percent !== null) faults.push(`${place}, ${name}: ${percent} % of no run`);
      const ends = (said[intervalAt] ?? '').split('–').map((end) => Number(end.trim()));
      if (intervalAt >= 0 && n > 0 && ends.length === 2 && ends.every((end) => !Number.isNaN(end))) {
        const is = wilsonInterval(k, n);
        if (Math.abs((ends[0] ?? 0) - 100 * is.low) > 0.0501 || Math.abs((ends[1] ?? 0) - 100 * is.high) > 0.0501)
          faults.push(`${place}, ${name}: interval ${said[intervalAt] ?? ''} of ${k} / ${n}`);
      }
      const lost = lostAt < 0 ? null : at(lostAt);
      const runs = runsAt < 0 ? null : at(runsAt);
      const fits = groups.some(({ runs: own }) => {
        const is = countsOf(own);
        return (
          ((is.succeeded === k && is.succeeded + is.resisted === n) || (n === is.hits_only && k === n)) &&
          (lost === null || is.not_assessed === lost) &&
          (runs === null || own.length === runs || own.length - is.hits_only === runs)
        );
      });
      if (
        !fits &&
        percent !== null &&
        runs !== 0 &&
        ['asr_by_attack', 'asr_by_category', 'asr_by_goal', 'risk_score_metrics'].includes(place)
      )
        faults.push(`${place}, ${name}: no group of one target has ${said.join(' | ')}`);
    }
  }
  return faults;
}

const pairIn = (text: string): readonly [number, number] => {
  const found = /(\d[\d,]*) ?\/ ?(\d[\d,]*)/.exec(text);
  const number = (digits: string | undefined): number => Number((digits ?? 'x').replaceAll(',', ''));
  return [number(found?.[1]), number(found?.[2])];
};

/** The findings are the runs that the report's filter keeps, each as stored, the worst first. */
function faultsOfFindings(report: ReportJson, audited: Audited): readonly string[] {
  const faults: string[] = [];
  const expected = findingRuns(audited.project, audited.scope);
  const shows = report.sections.some(({ title }) => ['findings', 'evidence'].includes(sectionTitles[title] ?? ''));
  if (!shows) return report.findings.length === 0 ? [] : ['findings stand in a report that has no section of them'];
  if (report.report.finding_count !== expected.length)
    faults.push(`finding_count is ${expected.length}, not ${report.report.finding_count}`);
  if (report.findings.length !== expected.length)
    faults.push(`${report.findings.length} findings, ${expected.length} runs`);
  let before: StoredRun | undefined;
  for (const finding of report.findings) {
    const runs = audited.findings.get(finding.id) ?? [];
    const run = runs.find((one) => faultsOfFinding(finding, one).length === 0) ?? runs[0];
    if (!run) {
      faults.push(`${finding.id}: no such run (${finding.assessment}, ${finding.attack}, ${finding.source_ref ?? ''})`);
      continue;
    }
    faults.push(...faultsOfFinding(finding, run).map((fault) => `${finding.id}: ${fault}`));
    if (before && compareRuns(before, run) > 0) faults.push(`${finding.id} stands after a lesser one`);
    before = run;
  }
  return faults;
}

function faultsOfFinding(finding: FindingJson, run: StoredRun): readonly string[] {
  const faults: string[] = [];
  const of = (name: string, said: unknown, is: unknown): void => {
    if (JSON.stringify(said) !== JSON.stringify(is)) faults.push(`${name} is ${String(is)}, not ${String(said)}`);
  };
  const count = (outcome: string): number => run.trials.filter((trial) => trial.outcome === outcome).length;
  of('outcome', finding.outcome, run.outcome);
  of('severity', finding.severity, run.severity);
  of('status', finding.status, run.finding_status);
  of('type', finding.finding_type, run.finding_type);
  of('category', finding.category, run.category);
  of('best score', finding.best_score, run.best_score);
  // What a hit log tried without success is not in it.
  of('trials', finding.trials, run.coverage === 'hits_only' ? null : run.trials.length);
  of('succeeded trials', finding.succeeded_trials, count('succeeded'));
  of('lost trials', finding.not_assessed_trials, count('not_assessed'));
  of('target', finding.target_model, run.target_model ?? run.assessment_target);
  if (run.coverage === 'hits_only') {
    const text = JSON.stringify([finding.why_this_severity, finding.detail]);
    if (/\d+ of \d+ trial/.test(asRead(text))) faults.push('says “k of n trials” of a hit');
  }
  return faults;
}

/** The documented order: severity, succeeded before came close, open before closed, score. */
function compareRuns(a: StoredRun, b: StoredRun): number {
  const rank = ({ severity }: StoredRun): number => (severity === null ? 5 : severityOrder.indexOf(severity));
  return (
    rank(a) - rank(b) ||
    Number(b.outcome === 'succeeded') - Number(a.outcome === 'succeeded') ||
    Number(b.finding_status === 'open') - Number(a.finding_status === 'open') ||
    (b.best_score ?? -1) - (a.best_score ?? -1)
  );
}
