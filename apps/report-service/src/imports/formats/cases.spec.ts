import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Outcome } from '#domain';

import { importFormats } from './import-formats.ts';
import { readFileRecords } from './spec-support/read-text.ts';

interface Expected {
  readonly runs: Readonly<Record<Outcome, number>>;
  readonly trials?: Readonly<Record<Outcome, number>>;
  readonly suspected?: number;
  readonly filtered?: number;
  readonly compliance?: Readonly<Record<string, readonly string[]>>;
}

/** Small files with one trap each, which stand beside the samples. */
const samples = process.env['AIRT_SAMPLES_DIR'];
const folder = join(samples ?? '', '..', 'cases');
const present = samples !== undefined && existsSync(join(folder, 'expected.json'));

if (!present) {
  const notice = 'SKIPPED: files with traps (cases.spec.ts): set AIRT_SAMPLES_DIR to the samples they stand beside';
  console.warn(notice);
  const report = process.env['AIRT_SKIP_REPORT'];
  if (report !== undefined && report !== '') appendFileSync(report, `${notice}\n`);
}

const expected = present
  ? (JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { cases: Record<string, Expected> }).cases
  : {};
const tools: ReadonlySet<string> = new Set(
  importFormats.flatMap(({ name }) => name.split('_')[0] ?? []).filter((tool) => tool !== ''),
);

(present ? describe : describe.skip)('files with a trap', () => {
  for (const [file, truth] of Object.entries(expected)) {
    if (!tools.has(file.split('/')[0] ?? '')) continue;

    it(`gives the counted truth of ${file}`, async () => {
      const { folded } = await readFileRecords(join(folder, file));
      const trials = folded.runs.flatMap((run) => run.trials);
      const flagged = (flag: 'suspected_target_error' | 'blocked_by_filter'): number =>
        trials.filter((trial) => trial[flag] === true).length;
      expect({
        runs: { succeeded: folded.succeeded, resisted: folded.resisted, not_assessed: folded.notAssessed },
        ...(truth.trials && { trials: countsOf(trials) }),
        ...(truth.suspected !== undefined && { suspected: flagged('suspected_target_error') }),
        ...(truth.filtered !== undefined && { filtered: flagged('blocked_by_filter') }),
      }).toEqual({
        runs: truth.runs,
        ...(truth.trials && { trials: truth.trials }),
        ...(truth.suspected !== undefined && { suspected: truth.suspected }),
        ...(truth.filtered !== undefined && { filtered: truth.filtered }),
      });
      for (const [attack, items] of Object.entries(truth.compliance ?? {})) {
        const told = folded.attackFacts.filter((facts) => facts.attack_name === attack);
        expect({ attack, items: told.flatMap((facts) => facts.compliance['owasp_llm_top_10'] ?? []) }).toEqual({
          attack,
          items,
        });
        expect(told.map(({ compliance_source }) => compliance_source)).not.toContain('file');
      }
    });
  }

  it('puts the hit on the answer that it belongs to where blank ones have no score', async () => {
    const { folded } = await readFileRecords(join(folder, 'garak/fewer_scores.report.jsonl'));
    const hit = folded.runs.flatMap((run) => run.trials).find(({ outcome }) => outcome === 'succeeded');
    expect(hit?.response).toContain('evil.pickle');
  });

  it('takes every answer as it is when told to', async () => {
    const { folded } = await readFileRecords(join(folder, 'promptfoo/error_or_not.json'), {
      keepSuspectedErrors: true,
    });
    expect(folded).toMatchObject({ succeeded: 0, resisted: 21, notAssessed: 0 });
  });
});

function countsOf(trials: readonly { readonly outcome: Outcome }[]): Readonly<Record<Outcome, number>> {
  const count = (outcome: Outcome): number => trials.filter((trial) => trial.outcome === outcome).length;
  return { succeeded: count('succeeded'), resisted: count('resisted'), not_assessed: count('not_assessed') };
}
