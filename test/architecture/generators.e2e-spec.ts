import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageFaults } from '../../libs/platform/src/messages/message-faults.ts';

const root = join(__dirname, '../..');

/** What the checks of the copy are asked about: the files that the generators wrote or changed. */
let copy: string;
let files: string[];

const run = (program: string, ...args: string[]): { readonly status: number | null; readonly output: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: copy, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
};
const generate = (script: string, ...args: string[]): void => {
  const { status, output } = run(`scripts/${script}.mjs`, ...args);
  expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
  files.push(...[...output.matchAll(/^(?:written|changed): (.+)$/gm)].map(([, file]) => file ?? ''));
};
const installed = (path: string): string => join(root, 'node_modules', path);

describe('what the generators write', () => {
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'generators-'));
    files = [];
    const settings = [
      'package.json',
      '.prettierrc.json',
      '.editorconfig',
      '.dependency-cruiser.cjs',
      'eslint.config.mjs',
    ];
    for (const part of ['apps', 'libs', 'scripts', ...settings])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

    generate('migration-new', 'add-reviewers');
    generate('slice-new', 'storage/copy-image', '--no-docs');
    generate('slice-new', 'audit/count-deeds', '--query', '--no-docs');
    files = [...new Set(files)];
    // Types and lint of these files and of what they import, not of the whole tree.
    const settingsOfAll = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as object;
    writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify({ ...settingsOfAll, include: [], files }));
  });
  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  it('is a migration, two messages with their handlers, and their places in the lists', () => {
    expect(files.map((file) => file.replace(/\d{4}-/, 'NNNN-')).sort()).toEqual([
      'apps/report-service/src/audit/audit.module.ts',
      'apps/report-service/src/audit/count-deeds/count-deeds.handler.ts',
      'apps/report-service/src/migrations/NNNN-add-reviewers.ts',
      'apps/report-service/src/migrations/migrations.ts',
      'apps/report-service/src/storage/copy-image/copy-image.handler.ts',
      'apps/report-service/src/storage/storage.module.ts',
      'libs/contracts/src/audit.ts',
      'libs/contracts/src/storage.ts',
    ]);
  });

  it.each([
    ['the compiler', 'typescript/bin/tsc', () => ['--noEmit', '-p', 'tsconfig.json']],
    ['the linter', 'eslint/bin/eslint.js', () => files],
    ['the formatter', 'prettier/bin/prettier.cjs', () => ['--check', '--log-level=warn', ...files]],
    [
      'the boundaries',
      'dependency-cruiser/bin/dependency-cruise.mjs',
      () => ['--preserve-symlinks', ...files.filter((file) => file.startsWith('apps/'))],
    ],
  ])('passes %s', (_check, program, args) => {
    const { status, output } = run(installed(program), ...args());
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
  });

  it('is found by the check of messages at boot', async () => {
    const { messagesByOwner } = (await import(
      join(copy, 'libs/contracts/src/messages.ts')
    )) as typeof import('#contracts');
    const { StorageModule } = (await import(join(copy, 'apps/report-service/src/storage/storage.module.ts'))) as {
      readonly StorageModule: object;
    };
    const handlers = (Reflect.getMetadata('providers', StorageModule) as object[]).flatMap((provider) => {
      const message = (Reflect.getMetadata('__commandHandler__', provider) ??
        Reflect.getMetadata('__queryHandler__', provider)) as { readonly name: string } | undefined;
      const { name } = provider as { readonly name: string };
      return message ? [{ message: message.name, handler: name, module: 'StorageModule' }] : [];
    });
    const { storage = [] } = messagesByOwner;
    expect(handlers.map(({ message }) => message)).toContain('CopyImage');
    expect(messageFaults({ storage }, handlers)).toEqual([]);
  });

  it('is nothing where the name does not fit', () => {
    expect(run('scripts/migration-new.mjs', 'Add Reviewers').output).toContain('Name what it does');
    expect(run('scripts/slice-new.mjs', 'storage').output).toContain('Name a module and a use case');
    expect(run('scripts/slice-new.mjs', 'nowhere/copy-image').output).toContain('nowhere.module.ts is not there');
    expect(run('scripts/slice-new.mjs', 'storage/copy-image').output).toContain('copy-image is there already');
  });
});
