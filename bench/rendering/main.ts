import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { ContentFiles } from './content.ts';
import { writeContent } from './content.ts';
import { boundsOf, kept, verdict } from './bounds.ts';
import { costChart } from './cost-chart.ts';
import { checkPdf, measureProcess } from './measure.ts';
import type { Peer } from './peers.ts';
import { againInOneThread, oursInHeap, peers, warmPair } from './peers.ts';
import type { Result, Row } from './rows.ts';
import { markdown, rowsOf } from './rows.ts';

/**
 * The same findings as a PDF by our renderer, by its peers and by a bare writer, each a fresh process measured as a whole,
 * in turn in one run. Every PDF must name every finding. Ends with 1 when a bound is missed; a peer that is not installed or
 * does not end is named with its reason and not judged.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,1000,10000,50000' },
    peers: { type: 'string', default: peers.map(({ name }) => name).join(',') },
    /** `table`: the findings table alone, without a block for each. */
    content: { type: 'string', default: 'full' },
    /** Up to 1,000 findings; larger sizes are measured once. */
    rounds: { type: 'string', default: '3' },
    /** Seconds for one run. */
    limit: { type: 'string', default: '600' },
    warm: { type: 'boolean', default: false },
    /** Findings that must fit a heap of 512 MB; 0: not tried. */
    heap: { type: 'string', default: '0' },
    /** Reports of 10,000 findings in a row in one thread; 0: not tried. */
    again: { type: 'string', default: '0' },
    chart: { type: 'string' },
    json: { type: 'string' },
  },
});
const limit = Number(values.limit);
const heapMb = 512;
const kind = values.content === 'table' ? 'table' : 'full';
const asked = values.peers.split(',');
const skipped: string[] = [];
const unknown = asked.filter((name) => !peers.some((peer) => peer.name === name));
if (unknown.length > 0) throw new Error(`No such peer: ${unknown.join(', ')}`);

const scratch = await mkdtemp(join(tmpdir(), 'airt-bench-rendering-'));
try {
  const { present, versions } = await installed();
  const rows: Row[] = [];
  for (const size of values.sizes.split(',').map(Number)) {
    const folder = join(scratch, String(size));
    await mkdir(folder);
    rows.push(...rowsOf(size, await measureSize(present, await writeContent(folder, size, kind), size, folder)));
    await rm(folder, { recursive: true });
  }
  const warm = values.warm ? await measureWarm() : null;
  const heap = Number(values.heap) > 0 ? await measureHeap(Number(values.heap)) : null;
  const heaps = Number(values.again) > 0 ? await measureAgain(Number(values.again)) : null;
  const bounds = boundsOf(rows, limit, { warm, heaps, inHeap: heap === null ? null : heap.status === 'ok' });

  process.stdout.write(`\n${markdown(rows)}\n${bounds.map((bound) => `${verdict(bound)}\n`).join('')}`);
  if (warm) process.stdout.write(`warm: ${JSON.stringify(warm)}\n`);
  if (heap) process.stdout.write(`in a heap of ${heapMb} MB: ${JSON.stringify(heap)}\n`);
  if (heaps) process.stdout.write(`heap after each of ${heaps.length} reports, in MB: ${heaps.join(' ')}\n`);
  const failed = rows.flatMap(({ peer, size, status }) => (status === 'ok' ? [] : [`${peer} at ${size}: ${status}`]));
  process.stdout.write(`not run: ${[...skipped, ...failed].join('; ') || 'nothing'}\n`);
  if (values.chart !== undefined) await writeFile(values.chart, costChart(rows));
  if (values.json !== undefined) {
    const summary = { content: kind, versions, rows, warm, heap, heaps, bounds, skipped: [...skipped, ...failed] };
    await writeFile(values.json, `${JSON.stringify(summary, null, 2)}\n`);
  }
  // Where ours does not end, no bound of that size can be judged: that is no pass.
  const ended = rows.every(({ peer, status }) => peer !== 'ours' || status === 'ok');
  if (!ended || !bounds.every((bound) => kept(bound) || bound.atMost === true)) process.exitCode = 1;
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function installed(): Promise<{ present: Peer[]; versions: Record<string, string> }> {
  const present: Peer[] = [];
  const versions: Record<string, string> = {};
  for (const peer of peers) {
    if (!asked.includes(peer.name)) {
      skipped.push(`${peer.name}: not asked for`);
      continue;
    }
    try {
      versions[peer.name] = await peer.version();
      present.push(peer);
    } catch {
      skipped.push(`${peer.name}: not installed (${peer.install})`);
    }
  }
  return { present, versions };
}

/** Peers in turn within each round: what else the machine does meets all of them. One that fails is not tried again. */
async function measureSize(
  present: readonly Peer[],
  files: ContentFiles,
  size: number,
  folder: string,
): Promise<Map<string, Result>> {
  const results = new Map<string, Result>();
  const rounds = size <= 1_000 ? Number(values.rounds) : 1;
  for (let round = 0; round < rounds; round += 1) {
    for (const peer of present) {
      const before = results.get(peer.name);
      if (before && 'failed' in before) continue;
      const result = await measureOnce(peer, files, size, folder, before);
      results.set(peer.name, result);
      const figures = 'costs' in result ? result.costs.at(-1) : result;
      process.stdout.write(`${JSON.stringify({ peer: peer.name, size, round: round + 1, ...figures })}\n`);
    }
  }
  return results;
}

async function measureOnce(
  peer: Peer,
  files: ContentFiles,
  size: number,
  folder: string,
  before: Result | undefined,
): Promise<Result> {
  const out = join(folder, `${peer.name}.pdf`);
  const earlier = before && 'costs' in before ? before : null;
  const measured = await measureProcess(peer.command(files, out, folder), join(folder, 'times'), limit);
  if ('failed' in measured) return { failed: measured.failed, rounds: 1 };
  try {
    const checked = earlier?.checked ?? (await checkPdf(out, size));
    return { costs: [...(earlier?.costs ?? []), measured.cost], checked };
  } catch (error) {
    return { failed: `its PDF ${error instanceof Error ? error.message : String(error)}`, rounds: 1 };
  } finally {
    await rm(out, { force: true });
  }
}

interface Warm {
  readonly ours_ms: number;
  readonly pdfmake_ms: number;
}

async function measureWarm(): Promise<Warm> {
  const { file, args } = warmPair(await writeContent(scratch, 100, kind), 20);
  const { stdout } = await promisify(execFile)(file, args);
  return JSON.parse(stdout) as Warm;
}

async function measureHeap(size: number): Promise<Row> {
  const files = await writeContent(scratch, size, kind);
  const out = join(scratch, 'heap.pdf');
  const measured = await measureProcess(oursInHeap(files, out, heapMb), join(scratch, 'times'), limit);
  const result: Result =
    'failed' in measured
      ? { failed: measured.failed, rounds: 1 }
      : { costs: [measured.cost], checked: await checkPdf(out, size) };
  const [row] = rowsOf(size, new Map([[`ours in ${heapMb} MB`, result]]));
  if (!row) throw new Error('no row');
  return row;
}

async function measureAgain(rounds: number): Promise<readonly number[]> {
  const { file, args } = againInOneThread(await writeContent(scratch, 10_000, kind), rounds);
  const { stdout } = await promisify(execFile)(file, args);
  return JSON.parse(stdout) as readonly number[];
}
