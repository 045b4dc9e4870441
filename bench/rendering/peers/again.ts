import { readFile } from 'node:fs/promises';
import type { ReportFacts } from '#domain';
import { reportWriters, sourceOfRows } from '#rendering/in-this-thread';
import { rowBatches } from '../neutral.ts';

/** What reports leave behind in a thread: node --expose-gc again.js FACTS HEADS ROWS ROUNDS prints the heap in MB after each. */
const [factsFile = '', headsFile = '', rowsFile = '', rounds = '20'] = process.argv.slice(2);
const facts = JSON.parse(await readFile(factsFile, 'utf8')) as ReportFacts;
const collect = globalThis.gc;
if (!collect) throw new Error('Start it with --expose-gc.');

const heaps: number[] = [];
for (let round = 0; round < Number(rounds); round += 1) {
  const source = sourceOfRows(facts, (part) => rowBatches(part === 'heads' ? headsFile : rowsFile));
  let bytes = 0;
  for await (const piece of reportWriters.pdf.write(source)) bytes += piece.length;
  if (bytes === 0) throw new Error('an empty document');
  collect();
  heaps.push(Number((process.memoryUsage().heapUsed / 1_048_576).toFixed(1)));
}
process.stdout.write(JSON.stringify(heaps));
