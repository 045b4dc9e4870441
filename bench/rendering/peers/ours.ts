import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { FindingRow, ReportFacts } from '#domain';
import { composeFindings, composeReport, renderReport } from '#rendering';
import { jsonLines } from '../neutral.ts';

/** Our renderer in this very thread: ours.js FACTS ROWS OUT. */
const [factsFile = '', rowsFile = '', out = ''] = process.argv.slice(2);
const facts = JSON.parse(await readFile(factsFile, 'utf8')) as ReportFacts;
const rows: FindingRow[] = [];
for await (const row of jsonLines<FindingRow>(rowsFile)) rows.push(row);
const findings = composeFindings(facts, rows);
await pipeline(await renderReport(composeReport(facts, findings), findings), createWriteStream(out));
