// A use case to fill in: its message, its handler, its place in the module, and the documents that list it.
// npm run slice:new -- storage/copy-image [--query] [--contract storage] [--no-docs]
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { repository } from './lib/repository.mjs';
import { run } from './lib/run.mjs';
import { afterImports, className, isName, readSource, refuse, withImport, writeSource } from './lib/sources.mjs';

const usage = 'npm run slice:new -- MODULE/VERB-NOUN [--query] [--contract FILE] [--no-docs]';
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    query: { type: 'boolean', default: false },
    contract: { type: 'string' },
    'no-docs': { type: 'boolean', default: false },
  },
});
const [module = '', ...below] = (positionals[0] ?? '').split('/');
const slice = below.at(-1) ?? '';
if (![module, ...below].every(isName) || !slice.includes('-')) refuse(`Name a module and a use case: ${usage}`);

const folder = `apps/report-service/src/${module}`;
const moduleFile = `${folder}/${module}.module.ts`;
const contractFile = `libs/contracts/src/${values.contract ?? module}.ts`;
const handlerFile = `${below.join('/')}/${slice}.handler.ts`;
for (const file of [moduleFile, contractFile]) if (!existsSync(join(repository, file))) refuse(`${file} is not there.`);
if (existsSync(join(repository, folder, ...below))) refuse(`${folder}/${below.join('/')} is there already.`);

const kind = values.query ? 'Query' : 'Command';
const answer = values.query ? 'number' : 'void';
const message = className(slice);
const handlerImports = values.query ? 'type IQueryHandler, QueryHandler' : 'CommandHandler, type ICommandHandler';

let contract = readSource(contractFile);
contract = withImport(contract, 'import', kind, '@nestjs/cqrs');
contract = withImport(contract, 'import type', 'ProjectRef', './project-ref.ts');
await writeSource(
  contractFile,
  `${contract}
/** What it ${values.query ? 'answers' : 'does'}, in a sentence, with units and errors: docs/messages.md quotes it. */
export class ${message} extends ${kind}<${answer}> {
  constructor(readonly project: ProjectRef) {
    super();
  }
}
`,
);

const work = values.query
  ? `return this.database.read(project.organizationId, async (tx) => {
      const rows = await tx.query<unknown[]>('select 1 where $1::uuid is not null', [project.projectId]);
      return rows.length;
    });`
  : `await this.database.transaction(project.organizationId, async (tx) => {
      // Ask, decide, save. Audit log and outbox are written in this transaction too (ADR 0006, 0030).
      await tx.query('select 1 where $1::uuid is not null', [project.projectId]);
    });`;
await writeSource(
  `${folder}/${handlerFile}`,
  `import { ${handlerImports} } from '@nestjs/cqrs';
import { ${message} } from '#contracts';
import { Database } from '#platform';

@${kind}Handler(${message})
export class ${message}Handler implements I${kind}Handler<${message}> {
  constructor(private readonly database: Database) {}

  async execute({ project }: ${message}): Promise<${answer}> {
    ${work}
  }
}
`,
);

const withHandler = afterImports(readSource(moduleFile), `import { ${message}Handler } from './${handlerFile}';`);
await writeSource(moduleFile, withHandler.replace('providers: [', `providers: [${message}Handler, `));

if (!values['no-docs']) process.exitCode = await run(process.execPath, ['scripts/docs.mjs']);
process.stdout.write(`
Next: say in the contract what it does, and fill the handler; \`npm run docs\` when the contract changes.
A route is a controller beside the handler, in \`controllers\` of ${module}.module.ts, with a request in docs/http (CONTRIBUTING.md).
`);
