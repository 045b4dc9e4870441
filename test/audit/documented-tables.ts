import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const docs = join(__dirname, '../../docs');
let read: ReadonlyMap<string, readonly (readonly string[])[]> | undefined;

/** Rows of the tables of docs/severity.md by the heading above them: what a reader may look up, and no code. */
function tables(): ReadonlyMap<string, readonly (readonly string[])[]> {
  if (read) return read;
  const found = new Map<string, (readonly string[])[]>();
  let heading = '';
  for (const line of readFileSync(join(docs, 'severity.md'), 'utf8').split('\n')) {
    if (line.startsWith('#')) heading = line.replace(/^#+ /, '');
    else if (line.startsWith('|') && !/^\|[ -]+\|[ |-]*$/.test(line)) {
      const cells = line.split('|').slice(1, -1);
      found.set(heading, [...(found.get(heading) ?? []), cells.map((cell) => cell.trim().replaceAll('`', ''))]);
    }
  }
  read = found;
  return found;
}

const crosswalk = (): readonly (readonly string[])[] => {
  const rows = tables().get('Framework items of a category');
  if (!rows) throw new Error('docs/severity.md has no table of framework items.');
  return rows;
};

const columnOf: Readonly<Record<string, number>> = {
  owasp_llm_top_10: 1,
  owasp_agentic_top_10: 2,
  mitre_atlas: 3,
  nist_ai_rmf: 4,
  google_saif: 5,
};

/** Items that the documented crosswalk gives a category. */
export function crosswalkItems(framework: string, category: string): readonly string[] {
  const row = crosswalk().find(([name]) => name === category);
  const cell = row?.[columnOf[framework] ?? -1] ?? '–';
  return cell === '–' ? [] : cell.split(', ');
}

/** All categories of the vocabulary. */
export const vocabulary = (): readonly string[] =>
  crosswalk()
    .slice(1)
    .map(([name = '']) => name);
