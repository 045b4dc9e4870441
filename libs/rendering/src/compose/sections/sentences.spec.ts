import { attackSuccessRate, lift, remedyTexts, sectionKeys, wilson } from '#domain';
import { hitsOnlyReport, nothingAssessedReport, nothingSucceededReport, richReport, sampleTally } from '#testing';
import { composeFindings } from '../findings-composer.ts';
import { digestOf } from '../../model/findings-digest.ts';
import { reportSetting, type ReportSetting } from '../../sentences/report-setting.ts';
import { compliance } from './compliance.ts';
import { tallyLead } from './compose-tally.ts';
import { limits, modelsSentence, notTested, severitySentence } from './methodology.ts';
import { sectionComposers } from './section-composers.ts';
import { transformLead } from './transform-effectiveness.ts';

const read = (text: string): string => text.replaceAll('\u00A0', ' ');
const settingOf = ({ facts, findings }: ReturnType<typeof richReport>): ReportSetting =>
  reportSetting(facts, digestOf(composeFindings(facts, findings)));
const rich = settingOf(richReport());
const zero = settingOf(nothingSucceededReport());
const unassessed = settingOf(nothingAssessedReport());
const hits = settingOf(hitsOnlyReport());

describe('sections', () => {
  it('has a composer for each key of the catalogue, and no other', () => {
    expect(Object.keys(sectionComposers)).toEqual([...sectionKeys]);
  });

  it.each(sectionKeys)('composes %s from every extreme without an error', (key) => {
    for (const setting of [rich, zero, unassessed, hits]) {
      const { lead, blocks } = sectionComposers[key](setting, '1');
      expect(lead.length).toBeGreaterThan(0);
      expect(blocks.length).toBeGreaterThan(0);
    }
  });
});

describe('lead of a rate by name', () => {
  const tally = (name: string, succeeded: number, assessed: number): Parameters<typeof tallyLead>[0][number] => {
    const row = sampleTally(name, { succeeded, resisted: assessed - succeeded });
    return { row, rate: attackSuccessRate(row) };
  };

  it.each([
    [
      'claims nothing where intervals overlap',
      [tally('a', 5, 10), tally('b', 4, 10)],
      '“a” succeeded most often: 5 of 10, 50.0 %; the intervals overlap, so the order of the attacks is not settled.',
    ],
    [
      'says when one stands clear of all',
      [tally('a', 90, 100), tally('b', 10, 100)],
      '“a” succeeded most often: 90 of 100, 90.0 %; its interval stands clear of every other attack.',
    ],
    [
      'counts those it stands clear of',
      [tally('a', 60, 100), tally('b', 50, 100), tally('c', 5, 100)],
      '“a” succeeded most often: 60 of 100, 60.0 %; its interval stands clear of 1 of the other 2.',
    ],
    [
      'warns of zero',
      [tally('a', 0, 36)],
      'No success with “a” in 36 assessed runs; the true rate may be up to 9.6 %.',
    ],
    ['has no rate without an assessed run', [tally('a', 0, 0)], 'No attack has an assessed run, so there is no rate.'],
  ])('%s', (_, tallies, sentence) => {
    expect(read(tallyLead(tallies, 'attack', 'attacks'))).toBe(sentence);
  });
});

describe('lead of transforms', () => {
  const row = (
    name: string,
    k: number,
    n: number,
    bk: number,
    bn: number,
  ): Parameters<typeof transformLead>[0][number] => {
    const [rate, baseline] = [wilson(k, n), bn === 0 ? null : wilson(bk, bn)];
    return { name, rate, baseline, lift: baseline && lift(rate, baseline) };
  };

  it.each([
    [
      'names the only one that raises',
      [row('persona', 18, 55, 26, 136), row('leetspeak', 5, 38, 26, 136)],
      'Only persona raises the success rate beyond chance (+13.6 points, interval +0.4 to +28.0). For 1 other transform the interval spans zero: too few runs to tell.',
    ],
    [
      'says within noise',
      [row('leetspeak', 5, 38, 26, 136)],
      'No transform changes the success rate beyond chance: within noise.',
    ],
    [
      'is n/a without a baseline, never 0',
      [row('token_split', 1, 6, 0, 0)],
      'None of 1 transform has a baseline to compare with.',
    ],
    ['says that none was used', [], 'No run used a transform.'],
  ])('%s', (_, rows, sentence) => {
    expect(read(transformLead(rows))).toBe(sentence);
  });
});

describe('method', () => {
  it('names models, bands, gaps and limits', () => {
    expect(modelsSentence(richReport().facts.rows.assessments)).toBe('Attacker: attacker-m 70B. Judge: judge-l 3.');
    expect(severitySentence()).toContain('critical from 0.90, high from 0.70, medium from 0.50, low from 0.30');
    expect(notTested(rich)).toContain(
      'Goal categories without a run: reasoning_exploitation, supply_chain, resource_exhaustion, quantization_safety, alignment_integrity.',
    );
    expect(read(limits(rich))).toContain('a rate of 0 does not show that an attack is impossible');
    expect(limits(hits)).toContain('lower bounds');
  });
});

describe('compliance', () => {
  it('lists every item of every framework in one of four states', () => {
    const { blocks } = compliance(rich, '9');
    const tables = blocks.filter((block) => block.kind === 'table').slice(1);
    const states = tables.flatMap((table) => table.rows.map((row) => row.cells[2]?.state));
    expect(tables[0]?.rows.map((row) => row.cells[2]?.state)).toEqual([
      'failed',
      'failed',
      'not_tested',
      'not_tested',
      'held',
      'failed',
      'failed',
      'not_tested',
      'too_little',
      'not_tested',
    ]);
    expect(states.every((state) => state !== undefined)).toBe(true);
    expect(states.length).toBeGreaterThan(50);
  });

  it('never calls anything compliant', () => {
    expect(JSON.stringify(compliance(rich, '9')).toLowerCase()).not.toMatch(/\bcompliant\b/);
    expect(read(JSON.stringify(compliance(rich, '9')))).toContain('With 20 the true rate may still be up to 16.1 %.');
  });
});

describe('fixed texts', () => {
  it.each(Object.entries(remedyTexts))(
    '%s has a short title, a fix and a safe answer',
    (_, { title, fix, safeAnswer }) => {
      expect(title.length).toBeLessThan(60);
      expect(fix).toMatch(/\.$/);
      expect(safeAnswer).toMatch(/\.$/);
    },
  );
});
