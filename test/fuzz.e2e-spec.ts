import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';

import { atLength } from '#testing';

import { operationsOf } from '../apps/report-service/src/open-api/document.ts';
import { filled, idsIn, requestsOf } from './fuzz/fuzz-requests.ts';
import { type FuzzRequest, mutations } from './fuzz/mutations.ts';
import { demoCampaign, makeDemoProject } from './support/demo-project.ts';
import type { TestProject } from './support/project.ts';
import { conformanceOf, type Conformance } from './support/conformance.ts';
import { reportPart } from './support/report-line.ts';
import { type ServiceUnderTest, startService } from './support/service.ts';

const total = Number(process.env['FUZZ_REQUESTS'] ?? atLength(1_200, 5_000));
const seed = Number(process.env['FUZZ_SEED'] || randomInt(2 ** 31));
const atOnce = 6;
/** One request of so many is followed by the life of a build. */
const lifeEvery = 200;

describe(`${total} requests made from the OpenAPI document, seed ${seed}`, () => {
  let service: ServiceUnderTest;
  let conformance: Conformance;
  const known = new Map<string, string[]>();
  const faults: string[] = [];
  const kinds = new Set<string>();
  const statuses = new Map<string, Map<number, number>>();
  const memory: number[] = [];
  let lives = 0;
  let demo = '';
  let project: TestProject;

  beforeAll(async () => {
    service = await startService({ env: { RATE_LIMIT: 'off', BUILDS_IN_FLIGHT: '40', LOG_LEVEL: 'warn' } });
    project = await makeDemoProject(service.api);
    await warmUp();
    demo = (await service.api.get<{ id: string }>(service.api.project('demo'))).body.id;
    conformance = await conformanceOf(service.baseUrl);
    await sendAll();
  });
  afterAll(() => service.stop());

  it('are answered as documented, and never with a fault of ours', () => {
    expect(faults).toEqual([]);
  });

  it('reach every operation, and most of them with success', () => {
    const operations = [...requestsOf(conformance.document).keys()];
    expect(operations.filter((name) => !statuses.has(name))).toEqual([]);
    const succeeded = operations.filter((name) =>
      [...(statuses.get(name)?.keys() ?? [])].some((status) => status < 300),
    );
    expect(succeeded.length).toBeGreaterThan(operations.length * 0.6);
  });

  it('leave builds to live their whole life: created, polled, cancelled or ended, deleted, gone', () => {
    expect(lives).toBeGreaterThan(total / lifeEvery / 2);
  });

  it('leave no error and no unhandled rejection in the log, and the process alive', async () => {
    const lines = service.logs().split('\n');
    const bad = lines.filter((line) => /"level":[56]0|unhandled|uncaught|\(node:\d+\)|heap out of memory/i.test(line));
    expect(bad.slice(0, 5)).toEqual([]);
    expect((await fetch(`${service.baseUrl}/health/ready`)).status).toBe(200);
  });

  it('leave memory as flat as they found it after the first fifth', () => {
    const settled = median(memory.slice(Math.floor(memory.length / 5), Math.floor(memory.length / 2)));
    const end = median(memory.slice(-Math.ceil(memory.length / 5)));
    reportPart(`Fuzzer: ${total} requests, seed ${seed}, ${settled} MB settled, ${end} MB at the end`);
    expect(end).toBeLessThan(settled * 1.3 + 64);
  });

  /** Every thread has rendered, and loaded the fonts that it keeps, before memory is called settled. */
  async function warmUp(): Promise<void> {
    const builds = await Promise.all(
      Array.from({ length: 6 }, () => project.build({ sections: ['findings', 'evidence'] })),
    );
    for (const { body } of builds) expect((await project.ended(body.job_id)).status).toBe('completed');
    const preview = { preset: { sections: ['findings', 'evidence'] } };
    expect((await service.api.post(project.path('/reports/preview'), preview)).status).toBe(200);
  }

  async function sendAll(): Promise<void> {
    process.stdout.write(`fuzz: ${total} requests, seed ${seed}: npm run fuzz -- --requests ${total} --seed ${seed}\n`);
    const arbitraries = [...requestsOf(conformance.document).values()];
    const drawn = fc.tuple(fc.nat(), mutations, fc.nat());
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < total && faults.length < 20) {
        const index = next++;
        if (index % lifeEvery === lifeEvery - 1) await liveOnce();
        if (index % 100 === 0) memory.push(memoryOf(service.pid));
        const [choice, mutate, dice] = fc.sample(drawn, { seed: seed + index, numRuns: 1 })[0] ?? [0, same, 0];
        const arbitrary = arbitraries[choice % arbitraries.length];
        const one = arbitrary && fc.sample(arbitrary, { seed: seed + index, numRuns: 1 })[0];
        if (!one) continue;
        // A report takes seconds of a processor; most requests for one are refused or few.
        const heavy = one.operation.operation.responses['202'] !== undefined && dice % 10 !== 0;
        const isDelete = one.operation.method === 'delete';
        const fixed = {
          org: 'demo',
          ...(isDelete && one.operation.path.endsWith('{workspace}') ? {} : { workspace: 'red-team' }),
          ...(isDelete && one.operation.path.endsWith('{project}') ? {} : { project: 'demo' }),
        };
        const request = mutate(filled(one, known, fixed));
        await send(heavy && mutate === same ? { ...request, json: {} } : request, one.operation);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  /** Create, poll, cancel, delete, whatever the mutations around it are doing to the project. */
  async function liveOnce(): Promise<void> {
    const operations = operationsOf(conformance.document);
    const ask = (name: string, id = ''): Promise<Answered | null> => {
      const located = operations.find(({ operation }) => operation.operationId === name);
      if (!located) throw new Error(`The document has no ${name}.`);
      const values: Record<string, string> = { org: 'demo', workspace: 'red-team', project: 'demo', job_id: id };
      const path = located.path.replace(/\{(\w+)\}/g, (_, parameter: string) => values[parameter] ?? '');
      const json = located.operation.requestBody ? { json: { preset: { sections: ['methodology'] } } } : {};
      return send({ method: located.method.toUpperCase(), path, query: [], headers: {}, ...json }, located);
    };
    let accepted = await ask('build_report');
    if (accepted?.status === 422) {
      // Another request took the data away: they come back.
      await project.import(new Uint8Array(readFileSync(demoCampaign)), { name: 'campaign.ndjson' });
      accepted = await ask('build_report');
    }
    // Refused where that happened again, or the queue is full.
    if (accepted?.status !== 202) return;
    const { job_id: id } = accepted.body as { job_id: string };
    const seen: Record<string, number | undefined> = {};
    for (const step of ['get_build_job', 'cancel_build_job', 'delete_build_job'])
      seen[step] = (await ask(step, id))?.status;
    seen['get_deleted'] = (await ask('get_build_job', id))?.status;
    // Another request may have listed this build and deleted it in between.
    if (seen['cancel_build_job'] === 404 || seen['delete_build_job'] === 404) return;
    const { cancel_build_job: cancelled, ...others } = seen;
    const usual = cancelled === 200 || cancelled === 409;
    if (!usual || JSON.stringify(others) !== JSON.stringify(wholeLife))
      faults.push(`the life of build ${id}: ${JSON.stringify(seen)}`);
    else lives += 1;
  }

  async function send(request: FuzzRequest, operation: Parameters<typeof idsIn>[1]): Promise<Answered | null> {
    const query = new URLSearchParams(request.query.map(([name, value]) => [name, value.toWellFormed()])).toString();
    const path = query === '' ? request.path : `${request.path}?${query}`;
    const body = request.text ?? (request.json === undefined ? undefined : JSON.stringify(request.json));
    const headers = new Headers({ Authorization: `Bearer ${service.api.key}` });
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, value);
    const told = `${request.method} ${path.slice(0, 300)} ${JSON.stringify(request.headers).slice(0, 200)} ${(body ?? '').slice(0, 400)}`;
    try {
      const answer = await sent(`${service.baseUrl}${path}`, {
        method: request.method,
        headers,
        redirect: 'manual',
        ...(body !== undefined && { body }),
      });
      const text = await answer.text();
      const { status } = answer;
      const name = operation.operation.operationId ?? '';
      const counted = statuses.get(name) ?? new Map<number, number>();
      statuses.set(name, counted.set(status, (counted.get(status) ?? 0) + 1));
      const wrong = conformance.faults({
        method: request.method,
        path,
        sentBody: body !== undefined,
        status,
        headers: answer.headers,
        text,
      });
      if (status >= 500) wrong.push(`status ${status}: ${text.slice(0, 200)}`);
      // One example of each fault: the next one of its kind says nothing new.
      const kind = `${name} ${status} ${wrong[0] ?? ''}`;
      if (wrong.length > 0 && !kinds.has(kind)) {
        kinds.add(kind);
        faults.push(`${told}\n  -> ${status} ${wrong.slice(0, 4).join('; ').slice(0, 600)}`);
      }
      const isJson = /^application\/json(;|$)/.test(answer.headers.get('content-type') ?? '');
      const parsed: unknown = isJson ? JSON.parse(text) : null;
      if (status < 300 && isJson) remember(parsed, operation);
      return { status, body: parsed };
    } catch (error) {
      faults.push(`${told}\n  -> no answer: ${String((error as Error).cause ?? error)}`);
      return null;
    }
  }

  function remember(body: unknown, operation: Parameters<typeof idsIn>[1]): void {
    idsIn(body, operation, (name, id) => {
      // The key that all of this is sent with must outlive it, and the project and workspace that it is about.
      if ((name === 'key_id' && operation.method === 'get') || id === demo || id === 'red-team') return;
      const ids = known.get(name) ?? [];
      if (!ids.includes(id)) known.set(name, [...ids.slice(-30), id]);
    });
  }
});

/** Once more when a kept connection was closed at that moment: no client can see that coming. */
async function sent(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    return await fetch(url, init);
  }
}

interface Answered {
  readonly status: number;
  readonly body: unknown;
}

const wholeLife = { get_build_job: 200, delete_build_job: 204, get_deleted: 404 };

const same = (request: FuzzRequest): FuzzRequest => request;

/** Resident memory in MB. */
function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes ?? 0) / 1024);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
