// The words of docs/glossary.md stand in the order of the alphabet, so that two people find and add a word at one place.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { repository } from '../lib/repository.mjs';

const text = readFileSync(join(repository, 'docs/glossary.md'), 'utf8');
const words = [...text.matchAll(/^\*\*(.+?)\.\*\*/gm)].map(([, word]) => word);

if (words.length < 30) complain(`Only ${words.length} words were found in docs/glossary.md.`);
for (const [index, word] of words.entries()) {
  const before = words[index - 1];
  if (before !== undefined && before.localeCompare(word, 'en', { sensitivity: 'base' }) >= 0) {
    complain(`docs/glossary.md: "${word}" belongs before "${before}".`);
  }
}

function complain(sentence) {
  process.exitCode = 1;
  process.stderr.write(`${sentence}\n`);
}
