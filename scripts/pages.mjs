// The sample report as it is drawn now, to look at: .data/pages/report.pdf and a picture of each page. npm run pages
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { importBuilt, repository } from './lib/repository.mjs';
import { setUp } from './lib/set-up.mjs';

await setUp();

const { reportWriters, sourceOfRows } = await importBuilt('libs/rendering/src/in-this-thread.js');
const { drawPdf, richReport } = await importBuilt('libs/testing/src/index.js');

// The report of libs/rendering/src/writers/pdf/pictures.spec.ts.
const { facts, findings } = richReport({}, 8);
const pieces = [];
const source = sourceOfRows(facts, async function* () {
  yield findings;
});
for await (const piece of reportWriters.pdf.write(source)) pieces.push(piece);
const report = Buffer.concat(pieces);

const folder = join(repository, '.data', 'pages');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'report.pdf'), report);
const pages = await drawPdf(report, 'all', 1.5);
pages.forEach((page, index) => writeFileSync(join(folder, `page-${String(index + 1).padStart(2, '0')}.png`), page));
process.stdout.write(`drawn: .data/pages/report.pdf, page-01.png to page-${pages.length}.png\n`);
