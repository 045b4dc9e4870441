import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

describe('the checks of the documents', () => {
  let copy: string;
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'documents-'));
    for (const part of ['scripts', 'docs/adr', 'docs/glossary.md'])
      cpSync(join(root, part), join(copy, part), { recursive: true });
  });
  afterEach(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  const complaints = (check: string): string =>
    spawnSync(process.execPath, [join(copy, `scripts/checks/${check}.mjs`)], { encoding: 'utf8' }).stderr;
  const edit = (file: string, change: (text: string) => string): void => {
    writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
  };

  it('find nothing wrong with those that are here', () => {
    expect([complaints('decisions'), complaints('glossary')]).toEqual(['', '']);
  });

  it.each([
    ['a date', /^- Date: .*\n/m, 'has no `- Date: YYYY-MM-DD`'],
    ['a status', /^- Status: .*\n/m, 'has no `- Status: accepted`'],
    ['what was refused', '**Refused.**', 'has no paragraph **Refused.**'],
    ['its own number', '# 0002', 'begins without a title'],
  ])('name a decision without %s', (_what, part, complaint) => {
    edit('docs/adr/0002-slices-not-layers.md', (text) => text.replace(part, ''));
    expect(complaints('decisions')).toContain(`docs/adr/0002-slices-not-layers.md ${complaint}`);
  });

  it('name a decision that is amended by one that is not there', () => {
    edit('docs/adr/0002-slices-not-layers.md', (text) =>
      text.replace('Status: accepted', 'Status: accepted, amended by [0099](0099-layers.md)'),
    );
    expect(complaints('decisions')).toContain('names 0099-layers.md in its status, which is not there');
  });

  it('name a number that is left out', () => {
    rmSync(join(copy, 'docs/adr/0003-contracts-as-the-only-door.md'));
    expect(complaints('decisions')).toContain('leaves a number out');
  });

  it('name a word of the glossary that stands where nobody looks for it', () => {
    edit('docs/glossary.md', (text) => `${text}\n**Aardvark.** An animal.\n`);
    expect(complaints('glossary')).toContain('"Aardvark" belongs before');
  });
});
