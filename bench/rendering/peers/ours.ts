import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReportFacts } from '#domain';
import { reportWriters, sourceOfRows } from '#rendering/in-this-thread';
import { rowBatches } from '../neutral.ts';

/** Our renderer in this very thread: ours.js FACTS HEADS ROWS OUT. */
const [factsFile = '', headsFile = '', rowsFile = '', out = ''] = process.argv.slice(2);
const facts = JSON.parse(await readFile(factsFile, 'utf8')) as ReportFacts;
const source = sourceOfRows(facts, (part) => rowBatches(part === 'heads' ? headsFile : rowsFile));
await pipeline(Readable.from(reportWriters.pdf.write(source)), createWriteStream(out));
