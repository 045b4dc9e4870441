import { importFormats } from './import-formats.ts';
import { lines, readText, refusal } from './spec-support/read-text.ts';

describe('detection of the format', () => {
  it('goes by content, behind a BOM and blank lines', async () => {
    const { format } = await readText(`\uFEFF\n\n${lines({ type: 'assessment', name: 'A' })}`);
    expect(format.name).toBe('airt');
  });

  it('finds a hit log whose first line is longer than what is looked at', async () => {
    const hit = {
      goal: 'g',
      prompt: 'p',
      output: 'x'.repeat(100_000),
      probe: 'dan.A',
      detector: 'd',
      run_id: 'r',
      attempt_id: 'a',
      score: 1,
    };
    expect((await readText(lines(hit))).format.name).toBe('garak_hitlog');
  });

  it('refuses what it does not know, and names what it does', async () => {
    for (const content of ['', '[1, 2]', 'name,age\nx,1\n', '{"hello": "world"}', '%PDF-1.7', '\u0000\u0001']) {
      const [problem] = await refusal(content);
      expect(problem?.type).toBe('unknown_format');
      expect(problem?.msg).toContain('garak_report');
    }
  });

  it('knows each format under one name', () => {
    expect(new Set(importFormats.map(({ name }) => name)).size).toBe(importFormats.length);
  });
});
