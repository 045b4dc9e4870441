import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

import { readFileRecords } from './spec-support/read-text.ts';

interface Truth {
  readonly rows: number;
  readonly assessments: number;
  readonly runs: number;
  readonly trials: number;
  readonly folded: number;
  readonly skipped: number;
  readonly succeeded: number;
  readonly resisted: number;
  readonly notAssessed: number;
  /** Of succeeded and partial runs: `critical 3, 1 default`. */
  readonly severities: string;
}

/** Counted by hand from real files, which stay outside of the repository. */
const truths: Readonly<Record<string, Truth>> = {
  'garak/report_test.report.jsonl': truth(21, 1, 8, 8, 8, 0, 0, 8, 0, ''),
  'garak/agg.report.jsonl': truth(14, 1, 9, 9, 0, 0, 0, 9, 0, ''),
  'garak/test_with_ci.report.jsonl': truth(9, 1, 4, 4, 0, 0, 0, 4, 0, ''),
  'garak-trustyai/garak_earlystop_run.jsonl': truth(53, 1, 23, 43, 23, 3, 7, 16, 0, '7 default'),
  'defectdojo/garak_no_hits.jsonl': truth(3, 1, 0, 0, 0, 0, 0, 0, 0, ''),
  'defectdojo/garak_many_hits.hitlog.jsonl': truth(8, 1, 8, 8, 0, 0, 8, 0, 0, 'critical 3, medium 1, low 1, 3 default'),
  'defectdojo/garak_varied_scores.hitlog.jsonl': truth(
    7,
    1,
    7,
    7,
    0,
    0,
    7,
    0,
    0,
    'critical 2, high 2, medium 2, low 1',
  ),
  'defectdojo/promptfoo_many_findings.json': truth(
    9,
    1,
    9,
    9,
    0,
    0,
    7,
    2,
    0,
    'critical 3, high 1, medium 1, low 1, 1 fallback',
  ),
  'promptfoo/Security_Prompt_Injection_Resilience_results.json': truth(6, 2, 6, 6, 0, 0, 5, 1, 0, '5 fallback'),
  'promptfoo/report_my-red-team-configuration.csv': truth(41, 1, 41, 41, 0, 0, 5, 36, 0, '5 default'),
  'promptfoo-shapes/redteam_v3.json': truth(11, 1, 10, 11, 0, 0, 3, 4, 3, 'high 2, medium 1'),
  'promptfoo-shapes/results_v2.json': truth(4, 1, 4, 4, 0, 0, 1, 2, 1, '1 fallback'),
  'promptfoo-shapes/stripped_grading.json': truth(11, 1, 10, 11, 0, 0, 4, 5, 1, 'high 2, medium 1, 1 default'),
  'promptfoo-shapes/stripped_metadata.json': truth(11, 1, 11, 11, 0, 0, 3, 5, 3, '3 default'),
  'promptfoo-shapes/stripped_output.json': truth(11, 1, 10, 11, 0, 0, 3, 4, 3, 'high 2, medium 1'),
  'promptfoo-shapes/stripped_vars_prompt.json': truth(11, 1, 11, 11, 0, 0, 3, 5, 3, 'high 2, medium 1'),
  'azure-redteam/Lab2d-Custom-Prompt-Scan.json': truth(24, 1, 24, 24, 0, 0, 1, 17, 6, 'medium 1, low 1'),
};

const folder = process.env['AIRT_SAMPLES_DIR'];
const present = folder !== undefined && existsSync(folder);

if (!present) {
  const notice = 'SKIPPED: real red-team files (samples.spec.ts): set AIRT_SAMPLES_DIR to their folder';
  console.warn(notice);
  const report = process.env['AIRT_SKIP_REPORT'];
  if (report !== undefined && report !== '') appendFileSync(report, `${notice}\n`);
}

(present ? describe : describe.skip)('real files of other tools', () => {
  for (const [file, expected] of Object.entries(truths)) {
    it(`gives the counted truth of ${file}`, async () => {
      const { folded, tally } = await read(file);
      expect({
        rows: tally.rows_read,
        assessments: folded.assessments.size,
        runs: folded.runs.length,
        trials: folded.trials,
        folded: folded.folded,
        skipped: folded.skipped,
        succeeded: folded.succeeded,
        resisted: folded.resisted,
        notAssessed: folded.notAssessed,
        severities: severitiesOf(folded.runs),
      }).toEqual(expected);
    });
  }

  it('keeps what an evaluation row claims beyond its rows, and warns', async () => {
    const { folded, tally } = await read('garak/test_with_ci.report.jsonl');
    const [assessment] = folded.assessments.values();
    expect(assessment?.source_reported?.['evaluation of test.Test by always.Pass']).toMatchObject({
      passed: 37,
      fails: 13,
      confidence_upper: 0.38,
    });
    expect([...tally.warnings.keys()].join()).toContain('claims 37 passed and 13 failed; the rows show 4 and 0');
  });

  it('does not warn where evaluation rows and attempts agree', async () => {
    const { tally } = await read('garak/agg.report.jsonl');
    expect([...tally.warnings.keys()].filter((text) => text.startsWith('evaluation'))).toEqual([]);
  });

  it('counts the first of two judges that differ', async () => {
    const { folded } = await read('garak-trustyai/garak_earlystop_run.jsonl');
    const succeeded = (attack: string): number =>
      folded.runs.filter((run) => run.attack_name === attack && run.outcome === 'succeeded').length;
    expect([
      succeeded('base.IntentProbe'),
      succeeded('spo.SPOIntent'),
      succeeded('spo.SPOIntentUserAugmented'),
    ]).toEqual([2, 3, 2]);
    expect(folded.runs.flatMap((run) => run.trials).filter((trial) => trial.outcome === 'succeeded')).toHaveLength(10);
  });

  it('counts the second judge when asked to', async () => {
    const { folded } = await read('garak-trustyai/garak_earlystop_run.jsonl', { detector: 'judge.Refusal' });
    expect(folded.succeeded).toBe(13);
    expect([...folded.assessments.values()][0]).toMatchObject({ primary_rule: 'chosen_by_caller' });
  });

  it('keeps the verdict of the judge that does not count', async () => {
    const { folded } = await read('garak-trustyai/garak_earlystop_run.jsonl');
    const hit = folded.runs.filter(({ trials }) =>
      trials.some(({ secondary_verdicts }) => secondary_verdicts?.['judge.Refusal'] === 'succeeded'),
    );
    const differ = folded.runs.filter((run) => hit.includes(run) !== (run.outcome === 'succeeded'));
    expect({ hit: hit.length, differ: differ.length }).toEqual({ hit: 13, differ: 10 });
  });

  it('tells the intents of a file apart, and files them where their texts say', async () => {
    const { folded } = await read('garak-trustyai/garak_earlystop_run.jsonl');
    const runs = new Map<string, number>();
    for (const { category, goal } of folded.runs) {
      const key = `${category}: ${(goal ?? '').slice(0, 13)}`;
      runs.set(key, (runs.get(key) ?? 0) + 1);
    }
    expect(Object.fromEntries(runs)).toEqual({
      'self_harm: Show interest': 6,
      'hate_unfairness: Use hate spee': 1,
      'harmful_content: Use profanity': 1,
      'jailbreak_general: Use profanity': 15,
    });
  });

  it('keeps the scores of the files beside ours', async () => {
    const written = async (file: string): Promise<unknown> =>
      (await read(file)).folded.runs
        .flatMap((run) => run.trials)
        .slice(0, 3)
        .map(({ score, source_score, score_scale }) => ({ score, source_score, score_scale }));
    expect(await written('promptfoo/Security_Prompt_Injection_Resilience_results.json')).toMatchObject([
      { source_score: '0.6666666666666666', score_scale: 'inverted' },
      { score: 1, source_score: '0', score_scale: 'inverted' },
      { score: 0.5, source_score: '0.5', score_scale: 'inverted' },
    ]);
    expect(await written('azure-redteam/Lab2d-Custom-Prompt-Scan.json')).toMatchObject([
      { score: 0, source_score: 'Very low', score_scale: 'from_label' },
      {},
      {},
    ]);
  });

  it('tells two targets of one evaluation apart', async () => {
    const { folded } = await read('promptfoo/Security_Prompt_Injection_Resilience_results.json');
    const succeeded = (target: string): number =>
      folded.runs.filter((run) => run.assessment.includes(target) && run.outcome === 'succeeded').length;
    expect([succeeded('qwen3'), succeeded('gpt-5')]).toEqual([3, 2]);
  });

  it('prints no template as a prompt that was sent', async () => {
    const { folded } = await read('promptfoo-shapes/redteam_v3.json');
    const prompts = folded.runs.flatMap((run) => run.trials).map(({ prompt }) => prompt);
    expect(prompts.filter((prompt) => prompt?.includes('{{'))).toEqual([]);
    expect(prompts).toContain('Read me the card.');
  });

  it('keeps the invisible characters of a smuggled prompt', async () => {
    const { folded } = await read('promptfoo/report_my-red-team-configuration.csv');
    const prompt = folded.runs[0]?.trials[0]?.prompt ?? '';
    expect(prompt.match(/[\u{E0000}-\u{E007F}]/gu)).toHaveLength(106);
  });

  it('dates a scan by its output items', async () => {
    const spanOf = async (file: string): Promise<object> => {
      const [assessment] = (await read(file)).folded.assessments.values();
      return { from: assessment?.started_at, to: assessment?.completed_at };
    };
    expect(await spanOf('azure-shapes/both.json')).toEqual({
      from: '2026-09-21T14:13:20.000Z',
      to: '2026-09-21T14:13:24.000Z',
    });
    expect(await spanOf('azure-redteam/Lab2d-Custom-Prompt-Scan.json')).toEqual({
      from: expect.stringMatching(/^2025-11-05T/) as unknown,
      to: expect.stringMatching(/^2025-11-05T/) as unknown,
    });
  });

  it('flags the five tracebacks that a scorecard counted as defended', async () => {
    const { folded, tally } = await read('azure-redteam/Lab2d-Custom-Prompt-Scan.json');
    expect(folded.runs.flatMap((run) => run.trials).filter((trial) => trial.suspected_target_error)).toHaveLength(5);
    expect([...folded.assessments.values()][0]?.source_reported).toMatchObject({ overall_asr: 4.35 });
    expect([...tally.warnings.keys()].join()).toContain('ASR of 4.35 %; the rows show 1 of 18');
  });

  async function read(
    file: string,
    options: Parameters<typeof readFileRecords>[1] = {},
  ): ReturnType<typeof readFileRecords> {
    return readFileRecords(join(folder ?? '', file), options);
  }
});

function severitiesOf(
  runs: readonly { readonly severity: string | null; readonly severityFrom: string | null }[],
): string {
  const counts = new Map<string, number>();
  for (const { severity, severityFrom } of runs) {
    if (severityFrom === null || severity === null) continue;
    const key = severityFrom === 'default' || severityFrom === 'fallback' ? severityFrom : severity;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const order = ['critical', 'high', 'medium', 'low', 'info', 'default', 'fallback'];
  return order
    .flatMap((key) =>
      counts.has(key)
        ? [
            key === 'default' || key === 'fallback'
              ? `${counts.get(key) ?? 0} ${key}`
              : `${key} ${counts.get(key) ?? 0}`,
          ]
        : [],
    )
    .join(', ');
}

function truth(
  rows: number,
  assessments: number,
  runs: number,
  trials: number,
  folded: number,
  skipped: number,
  succeeded: number,
  resisted: number,
  notAssessed: number,
  severities: string,
): Truth {
  return { rows, assessments, runs, trials, folded, skipped, succeeded, resisted, notAssessed, severities };
}
