// Every relative link of the documentation leads to something that is there, and to a heading that is there.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { repository } from '../lib/repository.mjs';

const documents = [
  ...readdirSync(repository).filter((file) => file.endsWith('.md')),
  ...['.github', 'docs', 'docker', 'bench', 'libs', 'apps'].flatMap(markdownFiles),
];

let links = 0;
for (const document of documents) {
  const text = withoutCode(readFileSync(join(repository, document), 'utf8'));
  for (const target of linkTargets(text)) {
    links += 1;
    const fault = faultOf(document, target);
    if (fault === undefined) continue;
    process.exitCode = 1;
    process.stderr.write(`${document}: ${target}: ${fault}\n`);
  }
}
// A pattern that no longer finds links would be green.
if (links < 50) {
  process.exitCode = 1;
  process.stderr.write(`Only ${links} links were found in ${documents.length} documents.\n`);
}

function markdownFiles(folder) {
  if (!existsSync(join(repository, folder))) return [];
  return readdirSync(join(repository, folder), { recursive: true })
    .filter((path) => path.endsWith('.md') && !path.includes('node_modules'))
    .map((path) => join(folder, path));
}

/** `[text](target)`, `![text](target)`, `[name]: target` and `src="target"`, of this repository only. */
function linkTargets(text) {
  const patterns = [/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g, /^\[[^\]]+\]:\s+(\S+)/gm, /\b(?:src|href)="([^"]+)"/g];
  return patterns
    .flatMap((pattern) => [...text.matchAll(pattern)].map(([, target]) => target))
    .filter((target) => !/^[a-z][a-z+.-]*:/i.test(target));
}

function faultOf(document, target) {
  const [path, anchor] = target.split('#');
  const file =
    path === '' ? join(repository, document) : resolve(repository, dirname(document), decodeURIComponent(path));
  if (relative(repository, file).startsWith('..')) return 'leads out of the repository';
  if (!existsSync(file)) return 'is not there';
  if (anchor === undefined || !file.endsWith('.md') || !statSync(file).isFile()) return undefined;
  return headingsOf(readFileSync(file, 'utf8')).includes(anchor) ? undefined : 'has no such heading';
}

/** Anchors as GitHub and GitLab make them: lower case, punctuation out, spaces to hyphens. */
function headingsOf(text) {
  return [...withoutCode(text).matchAll(/^#{1,6}\s+(.+)$/gm)].map(([, heading]) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

function withoutCode(text) {
  return text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, 'code');
}
