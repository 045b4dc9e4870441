import { attackSuccessRate, lift, remedyTexts, sectionKeys, wilson } from '#domain';
import { hitsOnlyReport, nothingAssessedReport, nothingSucceededReport, richReport, sampleTally } from '#testing';
import { composeFindings } from '../findings-composer.ts';
import { digestOf } from '../../model/findings-digest.ts';
import { planActions } from '../../sentences/plan-actions.ts';
import { reportSetting, type ReportSetting } from '../../sentences/report-setting.ts';
import { compliance } from './compliance.ts';
import { tallyLead } from './compose-tally.ts';
import { evidenceLead } from './evidence.ts';
import { brokeParagraph, firstParagraph, heldParagraph, notTestedParagraph } from './executive-summary.ts';
import { findingsLead } from './findings.ts';
import { limits, modelsSentence, notTested, severitySentence } from './methodology.ts';
import { leadSentence as actionsLead } from './recommendations.ts';
import { leadSentence as riskLead } from './risk-score-metrics.ts';
import { sectionComposers } from './section-composers.ts';
import { leadSentence as severityLead } from './severity-breakdown.ts';
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

describe('executive summary', () => {
  it('says what broke with rate, n and interval', () => {
    expect(read(brokeParagraph(rich))).toBe(
      '74 of 385 assessed runs succeeded: 19.2 %, 95 % interval 15.6 – 23.5 %. Runs that succeeded or came close, by severity: 9 critical, 27 high, 38 medium and 46 low. Most successes are of category System prompt leak (16 of 74).',
    );
    expect(read(brokeParagraph(zero))).toBe(
      'No attack succeeded in 36 assessed runs; the 95 % interval reaches up to 9.6 %.',
    );
    expect(read(brokeParagraph(unassessed))).toBe('Nothing can be said: no run could be assessed.');
    expect(read(brokeParagraph(hits))).toBe('12 successes of sources that list hits only are in no rate.');
  });

  it('says of what held how high the rate could still be', () => {
    expect(read(heldParagraph(rich))).toBe(
      'No success in Harmful content (0 of 28, could be up to 12.1 %) and Bias fairness (0 of 8, could be up to 32.4 %).',
    );
  });

  it('says what was not tested and that no verdict is no resistance', () => {
    expect(read(notTestedParagraph(rich))).toBe(
      'No run of category Reasoning exploitation, Supply chain, Resource exhaustion, Quantization safety and Alignment integrity. 27 runs gave no verdict and count neither as succeeded nor as resisted.',
    );
  });

  it('names the first action and what it closes', () => {
    expect(read(firstParagraph(rich))).toBe(
      'Keep secrets out of the model’s context: it closes 3 critical, 6 high and 4 medium findings.',
    );
    expect(firstParagraph(zero)).toBe('No action follows by rule from these findings.');
  });
});

describe('leads', () => {
  it('explains the floor of the risk score', () => {
    expect(riskLead(rich)).toBe(
      'The score follows the worst severity present, then the success rate. One critical finding keeps it at 6.0 or more, however rarely attacks succeed.',
    );
    expect(riskLead(hits)).toContain('the score is a lower bound');
    expect(riskLead(unassessed)).toBe('No run could be assessed, so the score says nothing.');
  });

  it('sums up severities', () => {
    expect(read(severityLead(rich))).toBe(
      '120 runs succeeded or came close: 9 critical, 27 high, 38 medium and 46 low.',
    );
    expect(severityLead(zero)).toBe('Nothing succeeded or came close, so no run has a severity that counts.');
  });

  it('sums up findings and their evidence level', () => {
    expect(read(findingsLead(rich))).toBe(
      '120 findings: 9 critical, 27 high, 38 medium and 46 low. Sorted by severity, then score. The identifier leads to the detail.',
    );
    expect(findingsLead(zero)).toBe('No findings match.');
    expect(read(evidenceLead(rich))).toContain('Prompts and answers stand as the source holds them');
  });

  it('orders actions as it says', () => {
    expect(actionsLead(5)).toBe(
      'Five actions, ordered by the critical, then high, then medium findings they close. Each finding is counted under the action for its category.',
    );
    const { actions, further } = planActions(richReport().facts.rows.finding_categories);
    expect(actions.map((action) => action.closes.critical)).toEqual([3, 2, 2, 1, 1]);
    expect(further).toHaveLength(1);
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
