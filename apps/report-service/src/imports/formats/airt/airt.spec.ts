import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { assessmentFields, attackRunFields, trialFields, exportFields, sourceFields } from './airt-fields.ts';
import { lines, readText, refusal } from '../spec-support/read-text.ts';
import type { StagedRun, StagedTrial } from '../staged-record.ts';

const assessment = { type: 'assessment', id: 'a1', name: 'Spring campaign' };
const attackRun = { type: 'attack_run', id: 'r1', assessment: 'a1', attack_name: 'crescendo', category: 'tool_misuse' };
const trial = {
  type: 'trial',
  id: 't1',
  attack_run: 'r1',
  score: 0.8,
  prompt: 'Open the gate',
  response: 'It is open.',
};

describe('our own NDJSON', () => {
  it('is known by the type of its first line', async () => {
    const { format } = await readText(lines(assessment));
    expect(format.name).toBe('airt');
  });

  it('reads an assessment, its run and the trials that follow', async () => {
    const { folded, tally } = await readText(lines(assessment, attackRun, trial, { ...trial, id: 't2', score: 0.1 }));
    expect(tally.rows_read).toBe(4);
    expect(folded.runs).toMatchObject([
      { run: 'r1', category: 'tool_misuse', outcome: 'succeeded', bestScore: 0.8, severity: 'high' },
    ]);
    expect(folded.trials).toBe(2);
  });

  it('lets a run refer to its assessment by name', async () => {
    const { folded } = await readText(lines(assessment, { ...attackRun, assessment: 'Spring campaign' }));
    expect(folded.runs[0]?.assessment).toBe('a1');
  });

  it('takes a run line with a best score for its own single trial', async () => {
    const { folded } = await readText(
      lines(assessment, { ...attackRun, best_score: 0.95, best_response: 'It is open.' }),
    );
    expect(folded.runs[0]).toMatchObject({ outcome: 'succeeded', severity: 'critical' });
    expect(folded.trials).toBe(1);
  });

  it('lets trial lines replace what the run line tells', async () => {
    const { folded } = await readText(lines(assessment, { ...attackRun, best_score: 0.95 }, { ...trial, score: 0.2 }));
    expect(folded.runs[0]).toMatchObject({ outcome: 'resisted', bestScore: 0.2 });
    expect(folded.trials).toBe(1);
  });

  it('adds facts of a repeated assessment line without undoing earlier ones', async () => {
    const { folded } = await readText(
      lines({ ...assessment, coverage: 'hits_only', threshold: 0.7 }, { ...assessment, target_model: 'shop-bot' }),
    );
    expect(folded.assessments.get('a1')).toMatchObject({
      coverage: 'hits_only',
      threshold: 0.7,
      target_model: 'shop-bot',
    });
  });

  it('reads the bundled demo campaign whole, without a warning', async () => {
    const path = join(__dirname, '../../../../../quickstart/demo/campaign.ndjson');
    const { folded, tally } = await readText(readFileSync(path));
    expect(folded).toMatchObject({ succeeded: 32, notAssessed: 8 });
    expect(folded.runs).toHaveLength(183);
    expect(tally.warnings.size).toBe(0);
  });

  it('lets trial lines come long after their run', async () => {
    const other = { ...attackRun, id: 'r2' };
    const { folded } = await readText(lines(assessment, attackRun, other, { ...trial, attack_run: 'r2' }, trial));
    expect(folded.runs.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
  });

  it('believes an outcome that the line gives over its score', async () => {
    const { folded } = await readText(lines(assessment, attackRun, { ...trial, score: 0.1, outcome: 'succeeded' }));
    expect(folded.succeeded).toBe(1);
  });

  it('counts a trial without score and outcome as not assessed', async () => {
    const { records } = await readText(lines(assessment, attackRun, { ...trial, score: null }));
    expect(trialOf(records)).toMatchObject({ outcome: 'not_assessed', not_assessed_reason: 'no_score' });
  });

  it('counts an empty answer as not assessed, whatever its score', async () => {
    const { records } = await readText(lines(assessment, attackRun, { ...trial, score: 0, response: '' }));
    expect(trialOf(records)).toMatchObject({ outcome: 'not_assessed', not_assessed_reason: 'empty_answer' });
  });

  it('judges an answer that was left out of the file by its score', async () => {
    const masked = { ...trial, response: null };
    const { folded } = await readText(lines(assessment, attackRun, masked));
    expect(folded.succeeded).toBe(1);
  });

  it('applies the threshold of the assessment, and that of the caller before it', async () => {
    const strict = lines({ ...assessment, threshold: 0.9 }, attackRun, trial);
    expect((await readText(strict)).folded.succeeded).toBe(0);
    expect((await readText(strict, { threshold: 0.5 })).folded.succeeded).toBe(1);
  });

  it('normalises both spellings of compliance tags', async () => {
    const tags = {
      owasp_categories: ['LLM01:2025'],
      atlas_techniques: ['AML.T0051.000'],
      nist_ai_rmf_function: 'MEASURE',
    };
    const { records } = await readText(
      lines(
        assessment,
        { ...attackRun, compliance_tags: tags },
        { ...attackRun, id: 'r2', compliance_tags: ['owasp_asi:ASI02'] },
      ),
    );
    const [first, second] = records.filter((record): record is StagedRun => record.kind === 'run');
    expect(first?.compliance).toEqual({
      owasp_llm_top_10: ['LLM01'],
      mitre_atlas: ['AML.T0051', 'AML.T0051.000'],
      nist_ai_rmf: ['MEASURE'],
    });
    expect(second?.compliance).toEqual({ owasp_agentic_top_10: ['ASI02'] });
  });

  it('keeps a severity that a person set apart from one of the source', async () => {
    const rows = lines(
      assessment,
      { ...attackRun, severity: 'low', severity_source: 'human' },
      { ...attackRun, id: 'r2', severity: 'high' },
    );
    const { records } = await readText(rows);
    const [first, second] = records.filter((record): record is StagedRun => record.kind === 'run');
    expect([first?.human_severity, first?.source_severity]).toEqual(['low', undefined]);
    expect([second?.human_severity, second?.source_severity]).toEqual([undefined, 'high']);
  });

  it('counts line types that it does not know, and goes on', async () => {
    const { folded, tally } = await readText(lines(assessment, { type: 'comment', text: 'lunch' }, attackRun));
    expect(folded.runs).toHaveLength(1);
    expect([...tally.warnings]).toEqual([['row type not known, ignored: comment', 1]]);
  });

  it('reads a time without a zone as UTC and says so', async () => {
    const { folded, tally } = await readText(lines({ ...assessment, started_at: '2026-03-01T10:00:00' }));
    expect(folded.assessments.get('a1')?.started_at).toBe('2026-03-01T10:00:00Z');
    expect(tally.warnings.get('time without a zone read as UTC')).toBe(1);
  });

  it('refuses an unknown field with its line and name', async () => {
    expect(await refusal(lines(assessment, { ...attackRun, sverity: 'high' }))).toMatchObject([
      { loc: ['line', 2, 'sverity'], type: 'unknown_field' },
    ]);
  });

  it('refuses a derived field and says that it is derived', async () => {
    const [problem] = await refusal(lines(assessment, { ...attackRun, is_jailbreak: true }));
    expect(problem?.msg).toContain('derived on import');
  });

  it('refuses a wrong type, a score out of range and a missing field, all at once', async () => {
    const problems = await refusal(lines(assessment, attackRun, { type: 'trial', score: 1.5, prompt: 7 }));
    expect(problems).toMatchObject([
      { loc: ['line', 3, 'score'], type: 'type_error' },
      { loc: ['line', 3, 'prompt'], type: 'type_error' },
      { loc: ['line', 3, 'attack_run'], type: 'missing' },
    ]);
  });

  it('keeps what the file says of judges, scores and tags apart', async () => {
    const told = { secondary_verdicts: { other: 'succeeded' }, source_score: 'Medium', score_scale: 'from_label' };
    const { records, folded } = await readText(
      lines(
        assessment,
        { ...attackRun, compliance_tags: { owasp_categories: ['LLM01'] } },
        { type: 'trial', attack_run: 'r1', score: 0.66, detector: 'judge', ...told },
      ),
    );
    expect(trialOf(records)).toMatchObject(told);
    expect(folded.runs[0]).toMatchObject({ compliance_source: 'file' });
    expect(
      await refusal(
        lines(assessment, attackRun, { type: 'trial', attack_run: 'r1', secondary_verdicts: { x: 'won' } }),
      ),
    ).toMatchObject([{ loc: ['line', 3, 'secondary_verdicts'] }]);
  });

  it('flags the answer of a content filter, whatever the verdict', async () => {
    const body = '{"error":{"code":"content_filter","message":"filtered"}}';
    const { records } = await readText(
      lines(assessment, attackRun, { type: 'trial', attack_run: 'r1', outcome: 'resisted', response: body }),
    );
    expect(trialOf(records)).toMatchObject({ outcome: 'resisted', blocked_by_filter: true });
  });

  it('refuses a run whose assessment no earlier line names', async () => {
    expect(await refusal(lines(assessment, { ...attackRun, assessment: 'a2' }))).toMatchObject([
      { loc: ['line', 2, 'assessment'], type: 'unknown_reference' },
    ]);
  });

  it('refuses a finding type that would be derived', async () => {
    expect(await refusal(lines(assessment, { ...attackRun, finding_type: 'robust' }))).toMatchObject([
      { loc: ['line', 2, 'finding_type'] },
    ]);
    const { folded } = await readText(
      lines(assessment, { ...attackRun, finding_type: 'robust', attack_domain: 'adversarial_ml' }),
    );
    expect(folded.runs).toHaveLength(1);
  });

  it('agrees with its published JSON Schema on every field', () => {
    const path = join(__dirname, '../../../../../../docs/airt-ndjson.schema.json');
    const schema = JSON.parse(readFileSync(path, 'utf8')) as {
      $defs: Record<string, { properties: object; required: string[] } | undefined>;
    };
    const published = Object.entries({
      assessment: assessmentFields,
      attack_run: attackRunFields,
      trial: trialFields,
      export: exportFields,
      source: sourceFields,
    });
    for (const [type, rules] of published) {
      const definition = schema.$defs[type];
      expect(Object.keys(definition?.properties ?? {}).sort()).toEqual(Object.keys(rules).sort());
      const needed = Object.entries(rules).flatMap(([field, rule]) => (rule.required ? [field] : []));
      expect([...(definition?.required ?? [])].sort()).toEqual(needed.sort());
    }
  });
});

function trialOf(records: readonly { readonly kind: string }[]): StagedTrial | undefined {
  return records.find((record): record is StagedTrial => record.kind === 'trial');
}
