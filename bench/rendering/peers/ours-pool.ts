import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ReportFacts } from '#domain';
import { RenderingPool } from '#rendering';
import { rowBatches } from '../neutral.ts';

/** Our renderer as builds use it, a thread with a limited heap and findings in batches: ours-pool.js FACTS HEADS ROWS OUT HEAP_MB. */
const [factsFile = '', headsFile = '', rowsFile = '', out = '', heap = '1024'] = process.argv.slice(2);
const facts = JSON.parse(await readFile(factsFile, 'utf8')) as ReportFacts;
const pool = new RenderingPool({ size: 1, maxOldGenerationSizeMb: Number(heap), timeoutMs: () => 3_600_000 });
await pipeline(
  await pool.render({ format: 'pdf', facts, findings: (part) => rowBatches(part === 'heads' ? headsFile : rowsFile) }),
  createWriteStream(out),
);
await pool.close();
