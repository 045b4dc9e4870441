import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FindingRow } from '#domain';
import { buildLibraries, manyAttacksReport, richReport, type SampleReport } from '#testing';
import { bytesOf as pdfOf } from '../pipeline/spec-support/written.ts';
import { pack } from '../writers/pdf/packing/pack.ts';
import { batchOf, type PageBatch } from '../writers/pdf/packing/page-batch.ts';
import type { RenderJob, RenderProgress } from './render-job.ts';
import { RenderingPool } from './rendering-pool.ts';

let built: string;
let worker: URL;
let pool: RenderingPool;
const open: RenderingPool[] = [];

function poolOf(changes: Partial<ConstructorParameters<typeof RenderingPool>[0]> = {}): RenderingPool {
  const made = new RenderingPool({ size: 1, maxOldGenerationSizeMb: 512, timeoutMs: () => 40_000, worker, ...changes });
  open.push(made);
  return made;
}

beforeAll(async () => {
  built = await buildLibraries(process.cwd(), ['domain', 'rendering']);
  worker = pathToFileURL(join(built, 'libs/rendering/src/pool/render.worker.js'));
  pool = poolOf();
});
afterAll(async () => {
  await Promise.all(open.map((one) => one.close()));
  await rm(built, { recursive: true, force: true });
});

async function* inBatches(rows: readonly FindingRow[], size = 10): AsyncGenerator<readonly FindingRow[]> {
  for (let i = 0; i < rows.length; i += size) {
    await setImmediate();
    yield rows.slice(i, i + size);
  }
}

const jobOf = ({ facts, findings }: SampleReport, changes: Partial<RenderJob> = {}): RenderJob => ({
  format: 'pdf',
  facts,
  findings: () => inBatches(findings),
  ...changes,
});

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('rendering pool', () => {
  it('renders a report off the calling thread and says how far it is', async () => {
    const seen: RenderProgress[] = [];
    const stream = await pool.render(jobOf(richReport({}, 25), { onProgress: (progress) => seen.push(progress) }));
    const bytes = await bytesOf(stream);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.subarray(-6).toString().trim()).toBe('%%EOF');
    expect([...new Set(seen.map((progress) => progress.stage))]).toEqual([
      'reading',
      'composing',
      'laying_out',
      'writing',
    ]);
    const fractions = seen.map((progress) => progress.fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('gives the same bytes however the findings are cut into batches', async () => {
    const report = richReport({}, 25);
    const first = await bytesOf(await pool.render(jobOf(report)));
    const second = await bytesOf(await pool.render(jobOf(report, { findings: () => inBatches(report.findings, 3) })));
    expect(first.equals(second)).toBe(true);
  });

  it('gives the same bytes of a long report whose pages another thread packs', async () => {
    const report = richReport({}, 600);
    // From the sources there is no built worker to be found: the thread that draws packs all.
    const alone = await pdfOf('pdf', report);
    const beside = await bytesOf(await pool.render(jobOf(report)));
    expect(beside.toString('latin1').split('/Type /Page\n').length - 1).toBeGreaterThan(256 + 64);
    expect(beside.equals(alone)).toBe(true);
  });

  it('has a built thread that packs pages as the drawing thread does', async () => {
    const pages = ['one', 'two', 'three'].map((name) => Buffer.from(`page ${name} `.repeat(50)));
    const thread = new Worker(join(built, 'libs/rendering/src/writers/pdf/packing/pack.worker.js'));
    thread.postMessage(batchOf(pages));
    const [answer] = (await once(thread, 'message')) as [PageBatch];
    await thread.terminate();
    expect(answer).toEqual(batchOf(pages.map(pack)));
  });

  it('leaves no thread behind when a long report is cancelled half-way', async () => {
    const threads = (): number => (existsSync('/proc/self/task') ? readdirSync('/proc/self/task').length : 0);
    const cancelled = poolOf();
    await bytesOf(await cancelled.render(jobOf(richReport({}, 5))));
    const before = threads();
    let most = 0;
    const abort = new AbortController();
    const report = richReport({}, 3_000);
    async function* watched(): AsyncGenerator<readonly FindingRow[]> {
      for await (const rows of inBatches(report.findings, 50)) {
        most = Math.max(most, threads());
        yield rows;
      }
    }
    const job = cancelled.render(jobOf(report, { findings: watched, signal: abort.signal }));
    const stream = await job;
    for await (const chunk of stream) {
      if ((chunk as Buffer).length > 0 && most > before) break;
    }
    for (let tries = 0; tries < 100 && threads() > before; tries++) await setTimeout(50);
    expect(threads()).toBeLessThanOrEqual(before);
    if (before > 0) expect(most).toBeGreaterThan(before);
  });

  it('asks for the next batch only when it has worked on the one before', async () => {
    let handedOut = 0;
    const { facts, findings } = richReport({}, 40);
    async function* counted(): AsyncGenerator<readonly FindingRow[]> {
      for await (const rows of inBatches(findings)) {
        handedOut++;
        yield rows;
      }
    }
    const job = pool.render({ format: 'pdf', facts, findings: counted });
    expect(handedOut).toBeLessThanOrEqual(1);
    await bytesOf(await job);
    // Read twice: first for the pages that speak of all findings.
    expect(handedOut).toBe(8);
  });

  it('lets a format without pages leave while its findings are still read', async () => {
    const report = richReport({}, 3_000);
    let handedOut = 0;
    async function* counted(): AsyncGenerator<readonly FindingRow[]> {
      for await (const rows of inBatches(report.findings, 100)) {
        handedOut++;
        yield rows;
      }
    }
    const stream = await pool.render(jobOf(report, { format: 'csv', findings: counted }));
    const early = handedOut;
    const bytes = await bytesOf(stream);
    expect(early).toBeLessThan(30);
    expect(handedOut).toBe(30);
    expect(bytes.toString().split('\r\n')).toHaveLength(3_002);
  });

  it('breaks a document that has begun to leave when reading fails, and works again', async () => {
    const report = richReport({}, 3_000);
    async function* failing(): AsyncGenerator<readonly FindingRow[]> {
      yield* inBatches(report.findings, 100);
      throw new Error('the database went away');
    }
    const stream = await pool.render(jobOf(report, { format: 'json', findings: failing }));
    await expect(bytesOf(stream)).rejects.toThrow('the database went away');
    expect((await bytesOf(await pool.render(jobOf(richReport({}, 2))))).length).toBeGreaterThan(10_000);
  });

  it.each(['json', 'html'] as const)('gives the same %s twice', async (format) => {
    const report = richReport({}, 25);
    const first = await bytesOf(await pool.render(jobOf(report, { format })));
    expect(
      first.equals(
        await bytesOf(await pool.render(jobOf(report, { format, findings: () => inBatches(report.findings, 3) }))),
      ),
    ).toBe(true);
  });

  it('reads no more findings than a preview shows, and lets go of the rest', async () => {
    const report = richReport({}, 40);
    let handedOut = 0;
    let released = false;
    async function* counted(): AsyncGenerator<readonly FindingRow[]> {
      try {
        for await (const rows of inBatches(report.findings)) {
          handedOut++;
          yield rows;
        }
      } finally {
        released = true;
      }
    }
    const facts = { ...report.facts, preview: { findings: 10, pages: 6 } };
    const bytes = await bytesOf(await pool.render({ format: 'pdf', facts, findings: counted }));
    expect(bytes.toString('latin1').split('/Type /Page\n').length - 1).toBe(6);
    expect(handedOut).toBe(1);
    expect(released).toBe(true);
  });

  it('queues what exceeds its size', async () => {
    const jobs = await Promise.all([1, 2, 3].map(async () => bytesOf(await pool.render(jobOf(richReport({}, 5))))));
    expect(new Set(jobs.map((bytes) => bytes.length)).size).toBe(1);
  });

  it('fails a job whose facts are broken and goes on with the next on the same thread', async () => {
    const report = richReport({}, 5);
    const broken = { ...report.facts, rows: null } as unknown as SampleReport['facts'];
    await expect(pool.render(jobOf({ ...report, facts: broken }))).rejects.toMatchObject({ code: 'render_failed' });
    expect((await bytesOf(await pool.render(jobOf(report)))).length).toBeGreaterThan(10_000);
  });

  it('ends a job at its time limit, and the next one works', async () => {
    let limit = 5;
    const strict = poolOf({ timeoutMs: () => limit });
    await expect(strict.render(jobOf(richReport({}, 60)))).rejects.toMatchObject({ code: 'render_timeout' });
    limit = 40_000;
    expect((await bytesOf(await strict.render(jobOf(richReport({}, 2))))).length).toBeGreaterThan(10_000);
  });

  it('fails with out_of_memory at its memory limit and leaves this process alone', async () => {
    const small = poolOf({ maxOldGenerationSizeMb: 48 });
    await expect(small.render(jobOf(manyAttacksReport(100_000)))).rejects.toMatchObject({
      code: 'render_out_of_memory',
    });
  });

  it('passes on what reading the findings threw', async () => {
    async function* failing(): AsyncGenerator<readonly FindingRow[]> {
      await setImmediate();
      yield [];
      throw new Error('the database went away');
    }
    await expect(pool.render({ format: 'pdf', facts: richReport({}, 5).facts, findings: failing })).rejects.toThrow(
      'the database went away',
    );
    expect((await bytesOf(await pool.render(jobOf(richReport({}, 2))))).length).toBeGreaterThan(10_000);
  });

  it('tells its reader of a signal that came before he did, and nobody else', async () => {
    const controller = new AbortController();
    const stream = await pool.render(jobOf(richReport({}, 60), { signal: controller.signal }));
    controller.abort(new Error('the lease is lost'));
    // The store is asked for a place meanwhile: an error without a listener would end the process here.
    await setImmediate();
    await setImmediate();
    await expect(bytesOf(stream)).rejects.toThrow('the lease is lost');
  });

  it('stops at a signal, running or waiting', async () => {
    const controller = new AbortController();
    const running = pool.render(jobOf(richReport({}, 60), { signal: controller.signal }));
    const waiting = pool.render(jobOf(richReport({}, 5), { signal: controller.signal }));
    controller.abort(new Error('not needed any more'));
    await expect(running).rejects.toThrow('not needed any more');
    await expect(waiting).rejects.toThrow('not needed any more');
  });

  it('frees its thread when the document is given up half-way', async () => {
    const stream = await pool.render(jobOf(richReport({}, 60)));
    stream.destroy();
    expect((await bytesOf(await pool.render(jobOf(richReport({}, 2))))).length).toBeGreaterThan(10_000);
  });

  it('is healthy while open, and refuses work once closed', async () => {
    const own = poolOf();
    expect(own.healthy()).toBe(true);
    await own.close();
    expect(own.healthy()).toBe(false);
    await expect(own.render(jobOf(richReport({}, 2)))).rejects.toMatchObject({ code: 'render_crashed' });
  });

  it('calls itself ill when its threads cannot start', async () => {
    const ill = poolOf({ worker: pathToFileURL(join(built, 'no-such-worker.js')) });
    await expect(ill.render(jobOf(richReport({}, 2)))).rejects.toMatchObject({ code: 'render_crashed' });
    expect(ill.healthy()).toBe(false);
  });
});
