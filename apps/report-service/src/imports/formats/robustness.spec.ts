import fc from 'fast-check';

import { importFormats } from './import-formats.ts';
import { inFile, lines, readFileRecords, refusal } from './spec-support/read-text.ts';
import { InvalidImport } from './invalid-import.ts';

/** A true file of each format, as rows whose fields are replaced by anything. */
const rows = {
  airt: [
    { type: 'assessment', id: 'a', name: 'A', threshold: 0.5 },
    { type: 'attack_run', id: 'r', assessment: 'a', attack_name: 'x', compliance_tags: {}, transforms_applied: [] },
    { type: 'trial', attack_run: 'r', score: 1, turns: [] },
  ],
  garak_report: [
    { entry_type: 'init', run: 'r' },
    {
      entry_type: 'attempt',
      uuid: 'u',
      seq: 0,
      status: 2,
      probe_classname: 'p.P',
      prompt: {},
      outputs: ['x'],
      detector_results: {},
      notes: {},
      conversations: [],
    },
    { entry_type: 'eval', probe: 'p.P', detector: 'd', passed: 1 },
    { entry_type: 'digest', eval: { p: { 'p.P': {} } } },
  ],
  garak_hitlog: [
    {
      goal: 'g',
      prompt: {},
      output: {},
      triggers: [],
      score: 1,
      run_id: 'r',
      attempt_id: 'a',
      attempt_seq: 0,
      probe: 'p.P',
      detector: 'd',
    },
  ],
  promptfoo_json: [
    {
      id: 'x',
      provider: {},
      success: true,
      vars: {},
      prompt: {},
      response: {},
      metadata: {},
      testCase: {},
      gradingResult: {},
      score: 1,
      failureReason: 0,
    },
  ],
  azure_red_team: [
    { attack_success: true, attack_technique: 't', risk_category: 'r', conversation: [], risk_assessment: {} },
  ],
};

const documents = {
  promptfoo_json: (row: object) => JSON.stringify({ evalId: 'e', results: { results: [row] } }),
  azure_red_team: (row: object) => JSON.stringify({ scorecard: {}, attack_details: [row] }),
};

describe('any value in any place', () => {
  for (const format of importFormats) {
    const known = new Map<string, readonly object[]>(Object.entries(rows)).get(format.name);
    // A CSV file has no values but text.
    if (known === undefined) continue;
    it(`is read or refused with a location, never thrown at (${format.name})`, async () => {
      const document = new Map(Object.entries(documents)).get(format.name);
      await fc.assert(
        fc.asyncProperty(
          fc.nat(known.length - 1),
          fc.nat(20),
          fc.jsonValue({ maxDepth: 3 }),
          async (which, field, value) => {
            const changed = known.map((row, at) => (at === which ? withField(row, field, value) : row));
            const content = document === undefined ? lines(...changed) : document(changed[0] ?? {});
            await inFile(content, async (file) => {
              try {
                await readFileRecords(file, {}, format);
              } catch (error) {
                if (!(error instanceof InvalidImport)) throw error;
                expect(error.problems[0]?.loc.length).toBeGreaterThan(0);
              }
            });
          },
        ),
        { numRuns: 150 },
      );
    });
  }
});

describe('names that no honest file has', () => {
  it('are refused with their place, because keys and tables are made of them', async () => {
    const long = 'x'.repeat(600);
    const hit = { ...rows.garak_hitlog[0], probe: long };
    expect(await refusal(lines(hit))).toMatchObject([{ loc: ['line', 1, 'attack_name'], type: 'too_long' }]);
    const result = { ...rows.promptfoo_json[0], provider: 'p', metadata: { strategyId: long } };
    expect(await refusal(documents.promptfoo_json(result))).toMatchObject([
      { loc: ['results', 'results', 0, 'attack_name'], type: 'too_long' },
    ]);
  });
});

describe('values that nobody could read back', () => {
  const head = { type: 'assessment', id: 'a', name: 'a', target_model: 'm' };
  const run = {
    type: 'attack_run',
    id: 'r',
    assessment: 'a',
    attack_name: 'crescendo',
    category: 'tool_misuse',
    goal: 'g',
  };
  const trial = { type: 'trial', id: 't', attack_run: 'r', score: 1, prompt: 'p', response: 'r' };

  it.each([
    ['answer', lines(head, run, { ...trial, response: 'x'.repeat(4 * 1024 ** 2 + 1) }), ['line', 3, 'response']],
    ['goal', lines(head, { ...run, goal: 'x'.repeat(100_001) }, trial), ['line', 2, 'goal']],
    [
      'configuration',
      lines({ ...head, target_config: { a: 'x'.repeat(256 * 1024) } }, run),
      ['assessment', 'target_config'],
    ],
  ])('are refused with the place of the %s and what to do', async (_, file, loc) => {
    const problems = await refusal(file);
    expect(problems).toMatchObject([{ loc, type: 'value_too_large' }]);
    expect(JSON.stringify(problems)).toContain('Shorten it, or leave it out.');
  });

  it('are taken up to the bound', async () => {
    await expect(refusal(lines(head, run, { ...trial, response: 'x'.repeat(4 * 1024 ** 2) }))).rejects.toThrow();
  });
});

function withField(row: object, field: number, value: unknown): object {
  const keys = Object.keys(row);
  return { ...row, [keys[field % keys.length] ?? '']: value };
}
