import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import pdfmake from 'pdfmake';
import type { FindingRow, ReportFacts } from '#domain';
import { RenderingPool } from '#rendering';
import type { NeutralFinding } from '../neutral.ts';
import { jsonLines } from '../neutral.ts';
import { pdfmakeDefinition, pdfmakeFonts } from '../pdfmake-definition.ts';

/** Warm: our pool's thread and pdfmake render the same findings in turn: warm.js FACTS ROWS NEUTRAL ROUNDS. */
const [factsFile = '', rowsFile = '', neutralFile = '', rounds = '20'] = process.argv.slice(2);
const facts = JSON.parse(await readFile(factsFile, 'utf8')) as ReportFacts;
const rows = await all<FindingRow>(rowsFile);
const neutral = await all<NeutralFinding>(neutralFile);
const pool = new RenderingPool({ size: 1, maxOldGenerationSizeMb: 1024, timeoutMs: () => 60_000 });
pdfmake.setFonts(pdfmakeFonts);

const times = { ours_ms: [] as number[], pdfmake_ms: [] as number[] };
const warmUp = 5;
for (let round = 0; round < warmUp + Number(rounds); round++) {
  const ours = await timed(async () => {
    await drained(await pool.render({ format: 'pdf', facts, findings: once }));
  });
  const theirs = await timed(async () => {
    await pdfmake.createPdf(pdfmakeDefinition(neutral)).getBuffer();
  });
  if (round < warmUp) continue;
  times.ours_ms.push(ours);
  times.pdfmake_ms.push(theirs);
}
await pool.close();
process.stdout.write(JSON.stringify({ ours_ms: median(times.ours_ms), pdfmake_ms: median(times.pdfmake_ms) }));

async function* once(): AsyncGenerator<readonly FindingRow[]> {
  yield await Promise.resolve(rows);
}

async function all<T>(path: string): Promise<T[]> {
  const values: T[] = [];
  for await (const value of jsonLines<T>(path)) values.push(value);
  return values;
}

async function drained(stream: Readable): Promise<void> {
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) bytes += chunk.length;
  if (bytes === 0) throw new Error('an empty document');
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Number((sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(1));
}
