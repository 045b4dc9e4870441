import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import type { FindingsPageRequest, ProjectRef } from '#contracts';
import { pageStatement, totalStatement } from '../../apps/report-service/src/findings/list-findings/list-statements.ts';
import { presence } from '../../apps/report-service/src/findings/rows/row-presence.ts';
import { Parameters } from '../../apps/report-service/src/findings/rows/row-query.ts';
import { startBenchService } from '../support/bench-service.ts';
import { type FilledProject, fillProject } from '../support/fill-project.ts';
import { type ListCase, listCases, type PreflightCase, preflightCases } from './cases.ts';
import { inWords, isTableScan, type Scan, scansOf, tableScansSoFar } from './scans.ts';

/**
 * How long lists of findings and preflights take in a large project, beside plain SQL for the same rows in the same run.
 * Both ask in turn, one request at a time, so that what else the machine does meets both. Every answer is compared. Ends
 * with 1 when a bound is missed: 100 ms, 3 times plain SQL, no table scan where less than a twentieth of the rows is kept.
 */
const { values } = parseArgs({
  options: {
    findings: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '20' },
    json: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const pageSize = 50;
const selective = 0.05;
const bounds = { p95_ms: 100, ratio: 3 };

interface Measured {
  readonly name: string;
  readonly rows: number;
  readonly share: number;
  readonly service: readonly number[];
  readonly plain: readonly number[];
  readonly scans: readonly Scan[];
}

const service = await startBenchService();
const sql = new Client({ connectionString: service.databaseUrl });
try {
  await sql.connect();
  const path = await service.project('bench');
  const filled = await fillProject(service.databaseUrl, 'bench', Number(values.findings));
  const project: ProjectRef = { ...filled, workspaceId: '', name: 'bench', path };
  const one = await anAssessment(filled);
  const all = await countPlain(filled, 'true');

  const lists: Measured[] = [];
  for (const each of listCases(one)) lists.push(await measureList(project, each, all));
  const preflights: Measured[] = [];
  for (const each of preflightCases(one)) preflights.push(await measurePreflight(project, each, all));
  const scanned = await tableScansOfSelective(project, one, [...lists, ...preflights]);

  print('list', lists);
  print('preflight', preflights);
  const summary = {
    findings: all,
    rounds,
    lists: p95s(lists),
    preflights: p95s(preflights),
    table_scans_of_selective_requests: scanned,
    explained_table_scans_below_5_percent: [...lists, ...preflights].filter(
      ({ share, scans }) => share < selective && scans.some(isTableScan),
    ).length,
  };
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  if (values.json) await writeFile(values.json, `${JSON.stringify(summary, null, 2)}\n`);
  const kept =
    [summary.lists, summary.preflights].every(
      ({ service_ms: ms, ratio }) => ms <= bounds.p95_ms && ratio <= bounds.ratio,
    ) &&
    scanned === 0 &&
    summary.explained_table_scans_below_5_percent === 0;
  if (!kept) process.exitCode = 1;
} finally {
  await sql.end();
  await service.stop();
}

async function anAssessment({ projectId }: FilledProject): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from findings.assessment where project_id = $1 and key = 'campaign-5'`,
    [projectId],
  );
  return rows[0]?.id ?? '';
}

/** With the organization, as an index of the service's wants it: plain SQL is to be as fast as it can. */
function current({ projectId, organizationId }: FilledProject): string {
  return `r.project_id = '${projectId}' and r.organization_id = '${organizationId}' and r.superseded_by is null`;
}

async function countPlain(project: FilledProject, where: string): Promise<number> {
  const { rows } = await sql.query<{ total: number }>(
    `select count(*)::int as total from findings.attack_run r where ${current(project)} and ${where}`,
  );
  return rows[0]?.total ?? 0;
}

interface Listed {
  readonly findings: readonly { readonly id: string }[];
  readonly total: number;
  readonly next_cursor: string | null;
}

async function list(path: string, request: FindingsPageRequest): Promise<Listed> {
  const answer = await service.request('GET', `${path}/findings?${query(request)}`);
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Listed;
}

function query({ page, limit: size, sortBy, sortDir, view, cursor, filter }: FindingsPageRequest): string {
  const parameters = new URLSearchParams({ page_size: String(size), sort_by: sortBy, sort_dir: sortDir, view });
  if (cursor === undefined) parameters.set('page', String(page));
  else parameters.set('cursor', cursor);
  for (const [field, value] of Object.entries(filter)) parameters.set(field, String(value));
  return parameters.toString();
}

async function measureList(project: ProjectRef, each: ListCase, all: number): Promise<Measured> {
  const { where, orderBy = 'r.score_rank, r.id', cursorAfter = 0 } = each;
  let request: FindingsPageRequest = {
    page: 1,
    limit: pageSize,
    sortBy: 'score',
    sortDir: 'desc',
    view: 'all',
    includeAdversarial: each.request.view !== 'report',
    ...each.request,
  };
  for (let page = 0; page < cursorAfter; page += 1) {
    const { next_cursor: cursor } = await list(project.path, request);
    request = { ...request, ...(cursor !== null && { cursor }) };
  }
  const offset = (cursorAfter > 0 ? cursorAfter : request.page - 1) * pageSize;
  const plainPage = `
    select r.*, a.name, t.original_prompt, t.prompt, t.response, t.reasoning
    from findings.attack_run r
    join findings.assessment a on a.id = r.assessment_id
    left join findings.trial t on t.attack_run_id = r.id and t.ordinal = r.best_trial
    where ${current(project)} and ${where} order by ${orderBy} limit ${pageSize} offset ${offset}`;
  const ask = async (): Promise<{ ids: string[]; total: number }> => {
    const { findings, total } = await list(project.path, request);
    return { ids: findings.map(({ id }) => id), total };
  };
  const askPlainly = async (): Promise<{ ids: string[]; total: number }> => {
    const { rows } = await sql.query<{ id: string }>(plainPage);
    return { ids: rows.map(({ id }) => id), total: await countPlain(project, where) };
  };
  const { asked, service: times, plain } = await inTurn(each.name, ask, askPlainly);
  const scans = [
    ...(await scansOf(sql, project.organizationId, pageStatement(project, request, null))),
    ...(await scansOf(sql, project.organizationId, totalStatement(project, request))),
  ];
  return { name: each.name, rows: asked.total, share: asked.total / all, service: times, plain, scans };
}

/** Beside a count of the same findings: preflight asks whether there are any, of each section. */
async function measurePreflight(project: ProjectRef, each: PreflightCase, all: number): Promise<Measured> {
  const ask = async (): Promise<{ empty: boolean }> => {
    const answer = await service.request(
      'POST',
      `${project.path}/reports/preflight`,
      JSON.stringify({ preset: each.preset }),
    );
    const { empty_sections: empty } = (await answer.json()) as { empty_sections: readonly { key: string }[] };
    return { empty: empty.some(({ key }) => key === 'findings') };
  };
  let rows = 0;
  const askPlainly = async (): Promise<{ empty: boolean }> => {
    rows = await countPlain(project, each.where);
    return { empty: rows === 0 };
  };
  const { service: times, plain } = await inTurn(each.name, ask, askPlainly);
  const parameters = new Parameters();
  const request = { filter: each.filter, frameworks: [], includeAdversarial: false, watermark: 'current' as const };
  const expression = presence('findings', project.projectId, request, parameters);
  const scans = await scansOf(sql, project.organizationId, [`select ${expression}`, parameters.values]);
  return { name: each.name, rows, share: rows / all, service: times, plain, scans };
}

/** The two in turn, after two rounds that warm caches and connections; both must say the same. */
async function inTurn<T>(
  name: string,
  ask: () => Promise<T>,
  askPlainly: () => Promise<T>,
): Promise<{ asked: T; service: number[]; plain: number[] }> {
  const times = { service: [] as number[], plain: [] as number[] };
  const timed = async (of: number[], work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const answer = await work();
    of.push(performance.now() - started);
    return answer;
  };
  for (let round = 0; ; round += 1) {
    const warm = round < 2;
    const asked = await timed(warm ? [] : times.service, ask);
    const plainly = await timed(warm ? [] : times.plain, askPlainly);
    if (JSON.stringify(asked) !== JSON.stringify(plainly)) throw new Error(`${name}: not the rows of plain SQL`);
    if (round === rounds + 1) return { asked, ...times };
  }
}

/** Asks every list and preflight that keeps few rows again, and looks at the counter of table scans. */
async function tableScansOfSelective(project: ProjectRef, one: string, measured: readonly Measured[]): Promise<number> {
  const few = new Set(measured.filter(({ share }) => share < selective).map(({ name }) => name));
  await untilCounted();
  const before = await tableScansSoFar(sql);
  for (const { name, request } of listCases(one)) {
    if (!few.has(name)) continue;
    const view = request.view ?? 'all';
    await list(project.path, {
      page: 1,
      limit: pageSize,
      sortBy: 'score',
      sortDir: 'desc',
      includeAdversarial: view === 'all',
      ...request,
      view,
    });
  }
  for (const { name, preset } of preflightCases(one)) {
    if (!few.has(name)) continue;
    await (
      await service.request('POST', `${project.path}/reports/preflight`, JSON.stringify({ preset }))
    ).arrayBuffer();
  }
  await untilCounted();
  return (await tableScansSoFar(sql)) - before;
}

/** A connection hands in what it counted when it has been idle for some seconds. */
function untilCounted(): Promise<void> {
  return pause(12_000);
}

interface Summary {
  readonly service_ms: number;
  readonly plain_ms: number;
  readonly ratio: number;
  /** Of the medians of single cases: one slow case of plain SQL lifts the ratio of all. */
  readonly ratios_of_cases: { readonly median: number; readonly worst: number };
}

function p95s(measured: readonly Measured[]): Summary {
  const of = (which: 'service' | 'plain'): number => quantile(measured.flatMap((each) => each[which]));
  const [ours, plain] = [of('service'), of('plain')];
  const ratios = measured.map((each) => quantile(each.service, 0.5) / quantile(each.plain, 0.5));
  return {
    service_ms: round1(ours),
    plain_ms: round1(plain),
    ratio: round2(ours / plain),
    ratios_of_cases: { median: round2(quantile(ratios, 0.5)), worst: round2(Math.max(...ratios)) },
  };
}

function round2(ratio: number): number {
  return Number(ratio.toFixed(2));
}

function quantile(times: readonly number[], share = 0.95): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function round1(ms: number): number {
  return Number(ms.toFixed(1));
}

function print(kind: string, measured: readonly Measured[]): void {
  process.stdout.write(
    `\n${kind}: p50 and p95 in ms of the service, of plain SQL; EXPLAIN of the service's statements\n`,
  );
  for (const { name, rows, share, service: times, plain, scans } of measured) {
    const ms = [times, plain].map((each) => `${round1(quantile(each, 0.5))} / ${round1(quantile(each))}`).join('  |  ');
    const percent = `${(share * 100).toFixed(2)} %`;
    process.stdout.write(`${name}: ${rows} rows, ${percent}  |  ${ms}\n    ${inWords(scans)}\n`);
  }
}
