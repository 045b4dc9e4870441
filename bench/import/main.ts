import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { type BenchService, residentMiB, startBenchService } from '../support/bench-service.ts';
import { writeRunFile } from '../support/write-run-file.ts';

/**
 * Import of a large file beside a bare COPY of the very rows that it made, into the same tables with the same indexes
 * and foreign keys, in turn in one run; and the resident memory of the service while it imports.
 */
const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'string' },
  },
});
const trialsPerRun = 3;
const runs = Math.floor(Number(values.lines) / (1 + trialsPerRun));

interface Round {
  readonly import_s: number;
  readonly copy_s: number;
  readonly ratio: number;
  readonly rss_after_warm_up_mib: number;
  readonly rss_min_mib: number;
  readonly rss_max_mib: number;
}

const folder = await mkdtemp(join(tmpdir(), 'airt-bench-files-'));
const service = await startBenchService();
const database = new pg.Client({ connectionString: service.databaseUrl });
await database.connect();
try {
  const warmUp = join(folder, 'warm-up.ndjson');
  await writeRunFile(warmUp, Math.min(runs, 5_000), trialsPerRun);
  const file = join(folder, 'run.ndjson');
  await writeRunFile(file, runs, trialsPerRun);
  const { size } = await stat(file);
  await importFile(service, await service.project('warm-up'), warmUp);

  const rounds: Round[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    rounds.push(await measure(service, database, file, `round-${round}`, folder));
    const last = rounds.at(-1);
    if (last) process.stdout.write(`${JSON.stringify(last)}\n`);
  }
  const ratios = rounds.map(({ ratio }) => ratio).sort((a, b) => a - b);
  const summary = {
    lines: runs * (1 + trialsPerRun) + 1,
    file_mib: Number((size / 1024 ** 2).toFixed(1)),
    rounds,
    ratio_median: ratios[Math.floor(ratios.length / 2)],
    rss_swing_mib: Number(
      Math.max(...rounds.map((round) => round.rss_max_mib - round.rss_after_warm_up_mib)).toFixed(1),
    ),
  };
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  if (values.json) await writeFile(values.json, `${JSON.stringify(summary, null, 2)}\n`);
} finally {
  await database.end();
  await service.stop();
  await rm(folder, { recursive: true, force: true });
}

async function measure(
  service: BenchService,
  database: pg.Client,
  file: string,
  slug: string,
  scratch: string,
): Promise<Round> {
  const path = await service.project(slug);
  const memory: number[] = [];
  const sampler = setInterval(() => {
    void residentMiB(service.pid).then((mib) => memory.push(mib));
  }, 100);
  const started = performance.now();
  await importFile(service, path, file);
  const importSeconds = (performance.now() - started) / 1_000;
  clearInterval(sampler);

  const { rows } = await database.query<{ id: string }>('select id from projects.project where slug = $1', [slug]);
  const copySeconds = await bareCopy(database, rows[0]?.id ?? '', scratch);
  // The first second is warm-up: buffers of the upload and of COPY are made once.
  const warm = memory.slice(10);
  return {
    import_s: Number(importSeconds.toFixed(2)),
    copy_s: Number(copySeconds.toFixed(2)),
    ratio: Number((importSeconds / copySeconds).toFixed(2)),
    rss_after_warm_up_mib: Number((warm[0] ?? memory[0] ?? 0).toFixed(1)),
    rss_min_mib: Number(Math.min(...(warm.length > 0 ? warm : memory)).toFixed(1)),
    rss_max_mib: Number(Math.max(...(warm.length > 0 ? warm : memory)).toFixed(1)),
  };
}

async function importFile(service: BenchService, path: string, file: string): Promise<void> {
  const answer = await service.request(
    'POST',
    `${path}/imports`,
    Readable.toWeb(createReadStream(file)) as ReadableStream,
    'application/x-ndjson',
  );
  const body = (await answer.json()) as { status?: string; detail?: string };
  if (body.status !== 'completed') throw new Error(`import failed: ${JSON.stringify(body).slice(0, 500)}`);
}

/** Takes the rows of a project out, and COPYs them in again: the same rows, tables, indexes and foreign keys. */
async function bareCopy(database: pg.Client, projectId: string, scratch: string): Promise<number> {
  const files = { attack_run: join(scratch, 'attack_run.copy'), trial: join(scratch, 'trial.copy') };
  const runColumns = await writableColumns(database, 'attack_run');
  const trialColumns = await writableColumns(database, 'trial');
  const ofProject = `from findings.attack_run where project_id = '${projectId}'`;
  await pipeline(
    database.query(copyTo(`copy (select ${runColumns} ${ofProject}) to stdout`)),
    createWriteStream(files.attack_run),
  );
  await pipeline(
    database.query(
      copyTo(
        `copy (select ${trialColumns} from findings.trial where attack_run_id in (select id ${ofProject})) to stdout`,
      ),
    ),
    createWriteStream(files.trial),
  );
  await database.query(`delete from findings.attack_run where project_id = '${projectId}'`);
  await database.query('vacuum findings.attack_run, findings.trial');
  await database.query('checkpoint');

  const started = performance.now();
  await database.query('begin');
  await pipeline(
    createReadStream(files.attack_run),
    database.query(copyFrom(`copy findings.attack_run (${runColumns}) from stdin`)),
  );
  await pipeline(
    createReadStream(files.trial),
    database.query(copyFrom(`copy findings.trial (${trialColumns}) from stdin`)),
  );
  await database.query('commit');
  return (performance.now() - started) / 1_000;
}

/** COPY gives no value to a column that PostgreSQL makes of others. */
async function writableColumns(database: pg.Client, table: 'attack_run' | 'trial'): Promise<string> {
  const { rows } = await database.query<{ columns: string }>(
    `select string_agg(column_name, ', ' order by ordinal_position) as columns from information_schema.columns
     where table_schema = 'findings' and table_name = $1 and is_generated = 'NEVER'`,
    [table],
  );
  return rows[0]?.columns ?? '';
}
