import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { format, resolveConfig } from 'prettier';

import { conformanceOf } from '../support/conformance.ts';
import { startDemo } from './demo.ts';
import { recordExamples } from './record-examples.ts';
import { askAsDocumented, askBesides } from './requests.ts';

const target = 'apps/report-service/recorded-examples.json';

const demo = await startDemo();
try {
  // The first answer of an operation is its example: that of a webhook which was delivered, not that of a new one.
  const exchanges = [...(await askBesides(demo)), ...(await askAsDocumented(demo))];
  const examples = recordExamples(exchanges, await conformanceOf(demo.baseUrl), demo.baseUrl);
  const filepath = fileURLToPath(new URL(`../../../${target}`, import.meta.url));
  const before = await readFile(filepath, 'utf8').catch(() => '');
  const after = await format(JSON.stringify(examples), { ...(await resolveConfig(filepath)), filepath });
  if (after !== before) await writeFile(filepath, after);
  process.stdout.write(
    `written: ${target}, ${Object.keys(examples).length} operations; npm run docs takes them over\n`,
  );
} finally {
  await demo.stop();
}
