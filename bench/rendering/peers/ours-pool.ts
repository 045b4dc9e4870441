import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { FindingRow, ReportFacts } from '#domain';
import { RenderingPool } from '#rendering';
import { jsonLines } from '../neutral.ts';

/** Our renderer as builds use it, a thread with a limited heap and findings in batches: ours-pool.js FACTS ROWS OUT HEAP_MB. */
const [factsFile = '', rowsFile = '', out = '', heap = '1024'] = process.argv.slice(2);
const facts = JSON.parse(await readFile(factsFile, 'utf8')) as ReportFacts;
const pool = new RenderingPool({ size: 1, maxOldGenerationSizeMb: Number(heap), timeoutMs: () => 3_600_000 });
await pipeline(await pool.render({ format: 'pdf', facts, findings: batches() }), createWriteStream(out));
await pool.close();

async function* batches(): AsyncGenerator<readonly FindingRow[]> {
  let batch: FindingRow[] = [];
  for await (const row of jsonLines<FindingRow>(rowsFile)) {
    batch.push(row);
    if (batch.length < 500) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
