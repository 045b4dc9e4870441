import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { repository } from './repository.mjs';

export const readSource = (file) => readFileSync(join(repository, file), 'utf8');

/** Writes a source file as the format check wants it, and says so. */
export async function writeSource(file, text) {
  const prettier = await import('prettier');
  const filepath = join(repository, file);
  mkdirSync(dirname(filepath), { recursive: true });
  const change = existsSync(filepath) ? 'changed' : 'written';
  writeFileSync(filepath, await prettier.format(text, { ...(await prettier.resolveConfig(filepath)), filepath }));
  process.stdout.write(`${change}: ${file}\n`);
}

/** The text with `name` imported from `from`, joined to such an import (`import` or `import type`) if there is one. */
export function withImport(text, how, name, from) {
  const there = new RegExp(`^${how} \\{([^}]*)\\} from '${from.replaceAll('.', '\\.')}';$`, 'm').exec(text);
  const names = there?.[1].split(',').map((known) => known.trim()) ?? [];
  if (names.includes(name)) return text;
  const line = `${how} { ${[...names.filter(Boolean), name].join(', ')} } from '${from}';`;
  return there ? text.replace(there[0], line) : afterImports(text, line);
}

/** The text after its last import, with a line more. */
export function afterImports(text, line) {
  const last = [...text.matchAll(/^(?:import\b[^;]*|\} from '[^']+');$/gm)].at(-1);
  const end = last.index + last[0].length;
  return `${text.slice(0, end)}\n${line}${text.slice(end)}`;
}

export function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** `delete-workspace` → `DeleteWorkspace`. */
export const className = (name) => name.replace(/(?:^|-)([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** Words with hyphens, as files are named. */
export const isName = (name) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name);
