// An empty migration with the next number, in the list of all: npm run migration:new -- add-reviewers
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { repository } from './lib/repository.mjs';
import { afterImports, className, isName, readSource, refuse, writeSource } from './lib/sources.mjs';

const folder = 'apps/report-service/src/migrations';
const name = process.argv[2] ?? '';
if (!isName(name)) refuse('Name what it does: npm run migration:new -- add-reviewers');

const number = Math.max(...readdirSync(join(repository, folder)).map((file) => Number(file.slice(0, 4)) || 0)) + 1;
const file = `${String(number).padStart(4, '0')}-${name}.ts`;
// Sorts behind those before it, as TypeORM's time stamps do.
const migration = `${className(name)}${1_764_000_000_000 + number}`;

await writeSource(
  `${folder}/${file}`,
  `import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why the schema changes, in a sentence. */
export class ${migration} implements MigrationInterface {
  readonly name = '${migration}';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(\`
      -- A new table of tenants' rows needs row-level security, and grants to airt_app and airt_relay (ADR 0014).
    \`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(\`
      -- Back to the schema before, with the rows that it can hold.
    \`);
  }
}
`,
);

const list = `${folder}/migrations.ts`;
const text = afterImports(readSource(list), `import { ${migration} } from './${file}';`);
await writeSource(list, text.replace(/,?\n\];/, `,\n${migration},\n];`));
