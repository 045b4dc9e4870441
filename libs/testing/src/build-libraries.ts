import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transform } from '@swc/core';

/**
 * Builds libraries as they run in production (ESM, plain JavaScript) into a temporary folder and answers its path: what
 * starts a thread of its own cannot run from sources inside a test.
 */
export async function buildLibraries(root: string, names: readonly string[]): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'report-libraries-'));
  const imports = Object.fromEntries(names.map((name) => [`#${name}`, `./libs/${name}/src/index.js`]));
  await writeFile(join(out, 'package.json'), JSON.stringify({ type: 'module', imports }));
  await symlink(join(root, 'node_modules'), join(out, 'node_modules'), 'dir');
  for (const name of names) {
    const folder = join('libs', name, 'src');
    for (const file of await readdir(join(root, folder), { recursive: true })) {
      if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
      const { code } = await transform(await readFile(join(root, folder, file), 'utf8'), {
        swcrc: false,
        module: { type: 'es6' },
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript' },
          ...{ rewriteRelativeImportExtensions: true },
          experimental: { emitAssertForImportAttributes: true },
        },
      });
      const built = join(out, folder, file.replace(/\.ts$/, '.js'));
      await mkdir(dirname(built), { recursive: true });
      await writeFile(built, code);
    }
  }
  return out;
}
