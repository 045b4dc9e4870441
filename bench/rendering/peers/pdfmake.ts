import pdfmake from 'pdfmake';
import type { NeutralFinding } from '../neutral.ts';
import { jsonLines } from '../neutral.ts';
import { pdfmakeDefinition, pdfmakeFonts } from '../pdfmake-definition.ts';

/** Plain pdfmake: pdfmake.js NEUTRAL OUT. */
const [neutral = '', out = ''] = process.argv.slice(2);
const findings: NeutralFinding[] = [];
for await (const finding of jsonLines<NeutralFinding>(neutral)) findings.push(finding);
pdfmake.setFonts(pdfmakeFonts);
await pdfmake.createPdf(pdfmakeDefinition(findings)).write(out);
