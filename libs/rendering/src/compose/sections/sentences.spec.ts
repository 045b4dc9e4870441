import { remedyTexts, sectionKeys } from '#domain';
import { hitsOnlyReport, nothingAssessedReport, nothingSucceededReport, richReport } from '#testing';
import { composeFindings } from '../findings-composer.ts';
import { digestOf } from '../../model/findings-digest.ts';
import { planActions } from '../../sentences/plan-actions.ts';
import { reportSetting, type ReportSetting } from '../../sentences/report-setting.ts';
import { evidenceLead } from './evidence.ts';
import { brokeParagraph, firstParagraph, heldParagraph, notTestedParagraph } from './executive-summary.ts';
import { findingsLead } from './findings.ts';
import { leadSentence as actionsLead } from './recommendations.ts';
import { leadSentence as riskLead } from './risk-score-metrics.ts';
import { sectionComposers } from './section-composers.ts';
import { leadSentence as severityLead } from './severity-breakdown.ts';

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
