import { readFile, writeFile } from 'node:fs/promises';
import type { FindingRow, ReportFacts } from '#domain';
import { referenceReport } from '../../../libs/rendering/src/writers/pdf/spec-support/reference-report.ts';
import { jsonLines } from '../neutral.ts';

/** The very pages of ours, every mark drawn by pdfmake: reference.js FACTS ROWS OUT. */
const [factsFile = '', rowsFile = '', out = ''] = process.argv.slice(2);
const facts = JSON.parse(await readFile(factsFile, 'utf8')) as ReportFacts;
const findings: FindingRow[] = [];
for await (const row of jsonLines<FindingRow>(rowsFile)) findings.push(row);
await writeFile(out, await referenceReport(facts, findings));
