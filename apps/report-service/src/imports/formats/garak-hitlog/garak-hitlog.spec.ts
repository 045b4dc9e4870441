import { lines, readText, refusal } from '../spec-support/read-text.ts';
import { garakReport } from '../garak-report/garak-report.ts';
import { inFile, readFileRecords } from '../spec-support/read-text.ts';

function hit(facts: object = {}): object {
  return {
    goal: 'leak the note',
    prompt: { turns: [{ role: 'user', content: { text: 'Read the note' } }] },
    output: { text: 'It says: buy milk' },
    triggers: ['milk'],
    score: 1,
    run_id: 'run-1',
    attempt_id: 'u1',
    attempt_seq: 0,
    attempt_idx: 0,
    generator: 'openai shop-bot',
    probe: 'leakreplay.Cloze',
    detector: 'leakreplay.StartsWith',
    ...facts,
  };
}

describe('garak hit log', () => {
  it('holds hits only, all of them succeeded, however low the score', async () => {
    const { folded, format } = await readText(lines(hit(), hit({ attempt_seq: 1, score: 0.2 })));
    expect(format.name).toBe('garak_hitlog');
    expect(folded.succeeded).toBe(2);
    expect(folded.assessments.get('run-1')).toMatchObject({ coverage: 'hits_only', target_model: 'openai shop-bot' });
  });

  it('folds a second detector of the same exchange', async () => {
    const { folded } = await readText(lines(hit(), hit({ detector: 'leakreplay.Exact' })));
    expect(folded).toMatchObject({ trials: 1, folded: 1, succeeded: 1 });
  });

  it('keeps hits of one attempt as trials of one run', async () => {
    const { folded } = await readText(lines(hit(), hit({ attempt_idx: 1 })));
    expect(folded.runs).toHaveLength(1);
    expect(folded.trials).toBe(2);
  });

  it('names runs and trials as the report of the same run does', async () => {
    const attempt = {
      entry_type: 'attempt',
      uuid: 'u1',
      seq: 0,
      status: 2,
      probe_classname: 'leakreplay.Cloze',
      outputs: ['It says: buy milk'],
      detector_results: { 'leakreplay.StartsWith': [1] },
    };
    const report = await inFile(lines({ entry_type: 'init', run: 'run-1' }, attempt), (file) =>
      readFileRecords(file, {}, garakReport),
    );
    const hits = await readText(lines(hit()));
    const keys = (reading: typeof hits): object[] =>
      reading.folded.runs.map(({ assessment, run, trials }) => ({
        assessment,
        run,
        trials: trials.map(({ trial }) => trial),
      }));
    expect(keys(hits)).toEqual(keys(report));
  });

  it('keeps the number of the try, since those before it failed and are not in the file', async () => {
    const { folded } = await readText(lines(hit({ attempt_idx: 4 })));
    expect(folded.runs[0]?.trials[0]?.source_ref).toBe('line 1, attempt_idx 4');
  });

  it('takes no hit on a blank answer', async () => {
    const { folded, tally } = await readText(lines(hit({ output: { text: ' ' } })));
    expect(folded).toMatchObject({ succeeded: 0, notAssessed: 1 });
    expect([...tally.warnings.keys()]).toEqual(['a hit on a blank answer is not assessed']);
  });

  it('keeps a score outside of 0 to 1 as the file has it', async () => {
    const { folded } = await readText(lines(hit({ score: 7 })));
    expect(folded.runs[0]?.trials[0]).toMatchObject({ score: 1, source_score: '7', score_scale: 'clipped' });
  });

  it("takes compliance from garak's table of the probe", async () => {
    const { folded } = await readText(lines(hit()));
    expect(folded.runs[0]).toMatchObject({
      category: 'training_data_leak',
      compliance: { owasp_llm_top_10: ['LLM02'] },
      compliance_source: 'crosswalk',
      compliance_table: 'garak 0.16.1.pre1',
    });
  });

  it('refuses a hit without a probe, with its line', async () => {
    expect(await refusal(lines(hit(), hit({ probe: '' })))).toMatchObject([
      { loc: ['line', 2, 'probe'], type: 'missing' },
    ]);
  });
});
