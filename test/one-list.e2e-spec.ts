import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { parquetReadObjects } from 'hyparquet';
import { Client } from 'pg';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

import { airtFile } from './support/airt-file.ts';
import { TestProject } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { startService, type ServiceUnderTest } from './support/service.ts';
import { testStack } from './support/test-stack.ts';

const root = join(__dirname, '..');
const formats = 'apps/report-service/src/imports/formats';

/** The built product with one line more in the list of a run's columns, and a folder and its line more in the formats. */
describe('a product with one thing more', () => {
  let service: ServiceUnderTest;

  beforeAll(async () => {
    const copy = copyOfProduct();
    addLine(
      copy,
      'libs/domain/src/stored-columns.js',
      'attack_complexity: name,',
      `dialect: { ...name, field: 'spoken_dialect' },`,
    );
    addLine(
      copy,
      `${formats}/import-formats.js`,
      'withBoundedValues(airt, line),',
      'withBoundedValues(wordList, line),',
    );
    addLine(copy, `${formats}/import-formats.js`, `airt.js";`, `import { wordList } from './word-list/word-list.js';`);
    addFile(copy, `${formats}/word-list/word-list.js`, compiled(`${formats}/spec-support/word-list/word-list.ts`));
    service = await startService({ product: copy });
    // The migration that would come with the column.
    const owner = new Client({ connectionString: service.databaseUrls.owner });
    await owner.connect();
    await owner.query('alter table findings.attack_run add column dialect text');
    await owner.end();
  });

  afterAll(async () => {
    await service.stop();
  });

  it('stages, keeps and exports a column of a run that stands in its list alone, under the name that files call it by', async () => {
    const project = await TestProject.make(service.api);
    const { body } = await project.import(airtFile({ id: 'a' }, [{ id: 'r', score: 0.9, spoken_dialect: 'Scots' }]));
    expect(body).toMatchObject({ attack_runs: 1, errors: [] });

    expect(await rowsOf(service, 'select dialect from findings.attack_run')).toEqual([{ dialect: 'Scots' }]);
    const exported = await service.api.get<string>(project.path('/export'));
    expect(exported.body).toContain('"attack_name":"crescendo"');
    expect(exported.body).toContain('"spoken_dialect":"Scots"');
    const parquet = await service.api.fetch(project.path('/findings/export'));
    expect(await parquetReadObjects({ file: await parquet.arrayBuffer() })).toMatchObject([
      { spoken_dialect: 'Scots' },
    ]);

    const copy = await TestProject.make(service.api);
    expect((await copy.import(exported.body)).status).toBe(201);
    expect((await service.api.get<string>(copy.path('/export'))).body).toBe(exported.body);
  });

  it('checks such a column by its kind', async () => {
    const project = await TestProject.make(service.api);
    const { status, body } = await project.import(
      airtFile({ id: 'a' }, [{ id: 'r', spoken_dialect: 'x'.repeat(501) }]),
    );

    expect({ status, errors: body.errors }).toMatchObject({
      status: 400,
      errors: [{ loc: ['line', 2, 'spoken_dialect'] }],
    });
  });

  it('knows a format that is a folder and a line: by its content, by its name and in the documentation', async () => {
    const project = await TestProject.make(service.api);
    const { status, body } = await project.import('word list\nalpha yes\nbeta no\n');

    expect({ status, body }).toMatchObject({
      status: 201,
      body: { format: 'word_list', attack_runs: 2, succeeded: 1, resisted: 1 },
    });
    const named = await project.import('word list\ngamma no\n', { query: '?format=word_list' });
    expect(named.status).toBe(201);
    const { body: document } = await service.api.get('/openapi.json');
    expect(JSON.stringify(document)).toContain('"word_list"');
    const unknown = await project.import('neither\n');
    expect(JSON.stringify(unknown.body)).toContain('word_list');
  });
});

function copyOfProduct(): string {
  const copy = join(testStack().dataDir, 'product-with-more');
  for (const part of ['dist', 'package.json']) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return copy;
}

function addLine(product: string, file: string, after: string, line: string): void {
  const path = join(product, 'dist', file);
  const text = readFileSync(path, 'utf8');
  expect(text.split(after)).toHaveLength(2);
  writeFileSync(path, text.replace(after, `${after}\n${line}`));
}

function addFile(product: string, file: string, text: string): void {
  const path = join(product, 'dist', file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function compiled(file: string): string {
  const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 };
  return transpileModule(readFileSync(join(root, file), 'utf8'), { compilerOptions }).outputText;
}
