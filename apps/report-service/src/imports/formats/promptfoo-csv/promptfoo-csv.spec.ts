import { readText, refusal } from '../spec-support/read-text.ts';
import type { StagedTrial } from '../staged-record.ts';

const header = '"Test ID","Plugin","Strategy","Target","Prompt","Response","Pass","Score","Reason","Timestamp"\n';

function record(facts: Readonly<Record<string, string>> = {}): string {
  const fields = {
    id: '1',
    plugin: 'pii:direct',
    strategy: 'basic',
    target: 'shop-bot',
    prompt: 'Who lives at number 8?',
    response: 'I cannot say.',
    pass: 'Pass (1)',
    score: '1',
    reason: 'Refused',
    time: '2026-01-02T03:04:05.000Z',
    ...facts,
  };
  return `${Object.values(fields)
    .map((field) => `"${field.replaceAll('"', '""')}"`)
    .join(',')}\n`;
}

describe('promptfoo red-team CSV', () => {
  it('makes a run with one trial of each record', async () => {
    const { folded, format, tally } = await readText(header + record() + record({ id: '2' }));
    expect(format.name).toBe('promptfoo_csv');
    expect(folded).toMatchObject({ trials: 2, resisted: 2 });
    expect(tally.rows_read).toBe(2);
  });

  it('lets the verdict decide and takes the score of an empty column from its label', async () => {
    const { records, folded } = await readText(header + record({ pass: 'Fail (0)', score: '' }));
    expect(folded.succeeded).toBe(1);
    expect(trials(records)[0]).toMatchObject({ score: 1, source_score: 'Fail (0)', score_scale: 'from_label' });
  });

  it('makes no score of an error, nor of a label without a number', async () => {
    for (const pass of ['Error (0)', 'Fail']) {
      const { records } = await readText(header + record({ pass, score: '' }));
      expect(trials(records)[0]).not.toHaveProperty('score');
      expect(trials(records)[0]).not.toHaveProperty('source_score');
    }
  });

  it('reverses the score that the column has', async () => {
    const { records } = await readText(header + record({ pass: 'Fail (0)', score: '0.25' }));
    expect(trials(records)[0]).toMatchObject({ score: 0.75, source_score: '0.25', score_scale: 'inverted' });
  });

  it('counts an error of the target as not assessed', async () => {
    expect((await readText(header + record({ pass: 'Error (0)' }))).folded.notAssessed).toBe(1);
  });

  it('counts a record that nothing was asked of as not assessed', async () => {
    const { records, tally } = await readText(header + record({ reason: 'No assertions' }));
    expect(trials(records)[0]).toMatchObject({ outcome: 'not_assessed', not_assessed_reason: 'not_evaluated' });
    expect([...tally.warnings.keys()]).toEqual(['no assertion judged the row: not assessed']);
  });

  it('reads older reports, which call the plugin a category', async () => {
    const { folded } = await readText(header.replace('Plugin', 'Category') + record());
    expect(folded.runs[0]).toMatchObject({ category: 'pii_extraction' });
  });

  it('reads records that span lines, and quotes in them', async () => {
    const { records } = await readText(`\uFEFF${header}${record({ response: 'Dear "friend",\nno.' })}`);
    expect(trials(records)[0]?.response).toBe('Dear "friend",\nno.');
  });

  it('keeps invisible characters as they are', async () => {
    const hidden = 'Hello\u{E0041}\u{E0042}';
    const { records } = await readText(header + record({ prompt: hidden }));
    expect(trials(records)[0]?.prompt).toBe(hidden);
  });

  it('spans the times of its records', async () => {
    const { folded } = await readText(
      header + record({ time: '2026-01-03T00:00:00Z' }) + record({ id: '2', time: '2026-01-02T00:00:00Z' }),
    );
    expect([...folded.assessments.values()][0]).toMatchObject({
      started_at: '2026-01-02T00:00:00Z',
      completed_at: '2026-01-03T00:00:00Z',
    });
  });

  it('refuses a verdict that it does not know, with the line on which the record begins', async () => {
    const rows = header + record({ response: 'two\nlines' }) + record({ id: '2', pass: 'maybe' });
    expect(await refusal(rows)).toMatchObject([{ loc: ['line', 4, 'Pass'], type: 'value_error' }]);
  });

  it('refuses a record with too few fields', async () => {
    expect(await refusal(`${header}"1","pii"\n${record()}`)).toMatchObject([{ loc: ['line', 2], type: 'csv_invalid' }]);
  });

  it('refuses a file that was cut off inside a field or between fields', async () => {
    const whole = header + record() + record({ id: '2' });
    for (const cut of [whole.slice(0, -70), whole.slice(0, whole.lastIndexOf('"2",') + 4)]) {
      expect(await refusal(cut)).toMatchObject([{ loc: ['line', 3], type: 'truncated_tail' }]);
      expect((await readText(cut, { allowTruncatedTail: true })).folded.runs).toHaveLength(1);
    }
  });
});

function trials(records: readonly { readonly kind: string }[]): readonly StagedTrial[] {
  return records.filter((record): record is StagedTrial => record.kind === 'trial');
}
