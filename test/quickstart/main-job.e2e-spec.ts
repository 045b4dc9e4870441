import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { conformanceOf } from '../support/conformance.ts';
import { eventually } from '../support/eventually.ts';
import { HttpFileRun, parseVariables, readHttpFile, type Variables } from '../support/http-file.ts';

const ENTRY = join(__dirname, '../../dist/apps/quickstart/src/main.js');
const REQUESTS = join(__dirname, '../../docs/http');

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output(): string;
}

interface Record {
  readonly status: string;
  readonly error: string | null;
  readonly base_url: string;
  readonly pdf: string;
  readonly sha256: string;
  readonly presigned_url: string;
  readonly api_key: string;
  readonly imports: readonly { readonly unchanged: boolean; readonly attack_runs: number }[];
}

describe('the main job of npm start', () => {
  let dataDir: string;
  let first: Run;
  let record: Record;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'airt-main-job-'));
    await chmod(dataDir, 0o755);
    first = quickstart('--data', dataDir);
    await eventually(
      () => ({ output: first.output(), ended: first.child.exitCode }),
      ({ output, ended }) => output.includes('Ctrl-C stops it') || ended !== null,
      150_000,
    );
    record = await readRecord(dataDir);
  });

  afterAll(async () => {
    first.child.kill('SIGINT');
    await first.ended;
    await rm(dataDir, { recursive: true, force: true });
  });

  it('leaves a whole PDF, a signed URL that serves it, and a record of both', async () => {
    expect(record).toMatchObject({ status: 'completed', error: null });
    const pdf = await readFile(record.pdf);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(createHash('sha256').update(pdf).digest('hex')).toBe(record.sha256);
    const fetched = await fetch(record.presigned_url);
    expect(Buffer.from(await fetched.arrayBuffer()).equals(pdf)).toBe(true);
    expect(first.output()).toContain(record.presigned_url);
    expect(first.output()).toContain(record.api_key);
    expect((await stat(join(dataDir, 'run.json'))).mode & 0o777).toBe(0o600);
  });

  it('keeps key and signed URL out of the service’s log', async () => {
    const log = await readFile(join(dataDir, 'service.log'), 'utf8');

    expect(log).not.toContain(record.api_key);
    expect(log).not.toContain('X-Amz-Signature');
  });

  describe('and then the requests of docs/http, as written', () => {
    let variables: Variables;

    beforeAll(async () => {
      variables = parseVariables(await readFile(join(dataDir, 'http.env'), 'utf8'));
    });

    it.each(readdirSync(REQUESTS).filter((file) => file.endsWith('.http')))('%s', async (file) => {
      const path = join(REQUESTS, file);
      const conformance = await conformanceOf(record.base_url);
      const run = new HttpFileRun(path, variables);
      for (const request of await readHttpFile(path)) {
        const answer = await run.send(request);
        const ok = answer.status >= 200 && answer.status < 300;
        const sentBody = request.body.length > 0;
        const faults = conformance.faults({ ...answer, path: answer.url.slice(record.base_url.length), sentBody });
        expect({ request: request.name, ok, answer: ok || answer.text, faults }).toEqual({
          request: request.name,
          ok: true,
          answer: true,
          faults: [],
        });
      }
    });
  });

  it('joins the running service on a second start and imports nothing twice', async () => {
    const second = quickstart('--data', dataDir, '--once');

    expect(await second.ended).toBe(0);
    expect(second.output()).toContain('it ran already');
    expect(second.output()).toContain('already imported, nothing changed');
    const again = await readRecord(dataDir);
    expect(again.base_url).toBe(record.base_url);
    expect(again.imports).toEqual([
      expect.objectContaining({ unchanged: true, attack_runs: record.imports[0]?.attack_runs }),
    ]);
    expect((await fetch(`${record.base_url}/health/ready`)).status).toBe(200);
  });

  it('fails with the reason of the API when a file is broken', async () => {
    const broken = join(dataDir, 'broken.ndjson');
    await writeFile(broken, '{"neither": "format"}\nnor JSON\n');

    const run = quickstart('--data', dataDir, '--once', '--input', broken);

    expect(await run.ended).toBe(1);
    expect(run.output()).toMatch(/Failed: POST .*imports.* answered 400/);
    expect((await readRecord(dataDir)).status).toBe('failed');
  });

  it('ends on Ctrl-C and leaves nothing running', async () => {
    first.child.kill('SIGINT');

    expect(await first.ended).toBe(0);
    await expect(fetch(`${record.base_url}/health/live`)).rejects.toThrow();
  });

  it('lets one of two simultaneous starts serve and the other join, and its service end in good order when it is killed', async () => {
    const shared = await mkdtemp(join(tmpdir(), 'airt-main-job-'));
    await chmod(shared, 0o755);
    const both = [quickstart('--data', shared), quickstart('--data', shared)];

    const settled = await eventually(
      () => both.map((run) => (run.child.exitCode === null ? run.output() : `ended ${run.child.exitCode}`)),
      (seen) => seen.includes('ended 0') && seen.some((output) => output.includes('Ctrl-C stops it')),
      120_000,
    );

    expect(settled).toHaveLength(2);
    expect(await readdir(shared)).toContain('service.json');
    for (const run of both) run.child.kill('SIGKILL');
    // The last things that a service takes away before it ends.
    await eventually(
      () => readdir(shared),
      (files) => !files.includes('service.json') && !files.includes('holder.json'),
      30_000,
    );
    await rm(shared, { recursive: true, force: true });
  });
});

function quickstart(...args: string[]): Run {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { child, ended, output: () => output };
}

async function readRecord(dataDir: string): Promise<Record> {
  return JSON.parse(await readFile(join(dataDir, 'run.json'), 'utf8')) as Record;
}
