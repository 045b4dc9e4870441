import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type BenchService, residentMiB, startBenchService } from '../support/bench-service.ts';
import { writeRunFile } from '../support/write-run-file.ts';

/**
 * How long `GET` of a build takes while the same process renders a large report, beside the same requests to the idle
 * process, in one run, and how long the thread that answers stood still. Requests start on a clock, whether or not earlier ones were answered: a stall is not hidden.
 */
const { values } = parseArgs({
  options: {
    findings: { type: 'string', default: '5000' },
    rate: { type: 'string', default: '50' },
    json: { type: 'string' },
  },
});
const findings = Number(values.findings);
const rate = Number(values.rate);

const folder = await mkdtemp(join(tmpdir(), 'airt-bench-files-'));
const service = await startBenchService({ RENDER_TIMEOUT_SECONDS: '600' });
try {
  const project = await service.project('bench');
  const file = join(folder, 'run.ndjson');
  await writeRunFile(file, findings, 1, 1);
  await service.request(
    'POST',
    `${project}/imports`,
    Readable.toWeb(createReadStream(file)) as ReadableStream,
    'application/x-ndjson',
  );

  const small = await build(service, project, ['risk_score_metrics']);
  await untilEnded(service, small);
  await service.longestStall();
  const idle = await poll(service, small, rate, (elapsed) => elapsed < 10_000);
  const idleStall = await service.longestStall();

  const large = await build(service, project, ['risk_score_metrics', 'findings', 'evidence']);
  const started = performance.now();
  let ended = false;
  let peakMiB = 0;
  const watch = untilEnded(service, large).then((state) => {
    ended = true;
    return state;
  });
  const memory = setInterval(() => {
    void residentMiB(service.pid).then((mib) => (peakMiB = Math.max(peakMiB, mib)));
  }, 250);
  const rendering = await poll(service, large, rate, () => !ended);
  clearInterval(memory);
  const state = await watch;
  const stall = await service.longestStall();
  const summary = {
    findings,
    requests_per_second: rate,
    build: {
      status: state.status,
      seconds: Number(((performance.now() - started) / 1_000).toFixed(1)),
      bytes: state.file_size_bytes,
    },
    peak_rss_mib: Math.round(peakMiB),
    idle: { ...quantiles(idle), longest_stall_ms: Number(idleStall.toFixed(1)) },
    rendering: { ...quantiles(rendering), longest_stall_ms: Number(stall.toFixed(1)) },
    p99_ratio: Number((quantiles(rendering).p99_ms / quantiles(idle).p99_ms).toFixed(2)),
  };
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  if (values.json) await writeFile(values.json, `${JSON.stringify(summary, null, 2)}\n`);
} finally {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
}

interface BuildState {
  readonly job_id: string;
  readonly status: string;
  readonly file_size_bytes: number;
}

async function build(service: BenchService, project: string, sections: readonly string[]): Promise<string> {
  const answer = await service.request('POST', `${project}/reports/build`, JSON.stringify({ preset: { sections } }));
  const body = (await answer.json()) as BuildState;
  if (answer.status !== 202) throw new Error(`build refused: ${JSON.stringify(body)}`);
  return `${project}/reports/build/${body.job_id}`;
}

async function untilEnded(service: BenchService, path: string): Promise<BuildState> {
  for (;;) {
    const state = (await (await service.request('GET', path)).json()) as BuildState;
    if (state.status !== 'queued' && state.status !== 'in_progress') return state;
    await pause(500);
  }
}

/** Latencies in ms, from the moment each request was due. */
async function poll(
  service: BenchService,
  path: string,
  perSecond: number,
  goOn: (elapsedMs: number) => boolean,
): Promise<number[]> {
  const latencies: number[] = [];
  const pending: Promise<void>[] = [];
  const started = performance.now();
  for (let request = 0; goOn(performance.now() - started); request += 1) {
    const due = started + (request * 1_000) / perSecond;
    await pause(Math.max(0, due - performance.now()));
    pending.push(
      service.request('GET', path).then(async (answer) => {
        await answer.arrayBuffer();
        latencies.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(pending);
  return latencies;
}

function quantiles(latencies: readonly number[]): { n: number; p50_ms: number; p99_ms: number; max_ms: number } {
  const sorted = [...latencies].sort((a, b) => a - b);
  const at = (share: number): number =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
  return { n: sorted.length, p50_ms: at(0.5), p99_ms: at(0.99), max_ms: at(1) };
}
