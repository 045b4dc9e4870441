import { readFile } from 'node:fs/promises';
import type { ImportFormat } from '../../staged-record.ts';

/** The least that a format can be: a title, and a line `attack outcome` for each run. */
export const wordList: ImportFormat = {
  name: 'word_list',
  accumulates: true,
  detect: (head) => head.startsWith('word list\n'),
  async *read(file, { fileSha256: assessment }, tally) {
    yield [{ kind: 'assessment', key: assessment, name: 'A word list' }];
    const [, ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
    for (const [index, line] of lines.entries()) {
      const [attack = '', outcome] = line.split(' ');
      const at = { assessment, run: attack, row: index + 2, rank: 0, source_ref: `line ${index + 2}` };
      tally.rows_read += 1;
      yield [
        { kind: 'run', ...at, attack_name: attack, category: 'words', transforms: [], compliance: {} },
        { kind: 'trial', ...at, trial: '1', outcome: outcome === 'yes' ? 'succeeded' : 'resisted' },
      ];
    }
  },
};
