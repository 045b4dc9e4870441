import type { AdversarialMlRow, ReportFacts } from '#domain';
import { sampleFacts, sampleFinding, sampleTarget, sampleTargetKey } from '#testing';
import { withholdEvidence } from '../../evidence/withhold-evidence.ts';
import { digestOf } from '../../model/findings-digest.ts';
import { composeGlance } from '../../sentences/compose-glance.ts';
import { reportSetting } from '../../sentences/report-setting.ts';
import { digestFinding } from '../compose-finding.ts';
import { composeReport } from '../compose-report.ts';
import { plainInline } from '../../model/plain-inline.ts';
import type { ReportContent } from '../../model/report-content.ts';
import { adversarialTitle } from './adversarial-ml.ts';

const read = (text: string): string => text.replaceAll('\u00A0', ' ');
const row = (changes: Partial<AdversarialMlRow> = {}): AdversarialMlRow => ({
  target_key: sampleTargetKey,
  attack: 'fgsm',
  adversarial_class: 'evasion',
  distance_norm: 'Linf',
  succeeded: 6,
  degraded: 4,
  resisted: 5,
  not_assessed: 0,
  hits_only: 0,
  best_distance: 0.031,
  ...changes,
});
const report = (changes: Partial<ReportFacts>, rows: readonly AdversarialMlRow[]): ReportContent =>
  composeReport(
    sampleFacts({
      ...changes,
      rows: {
        ...sampleFacts().rows,
        targets: [sampleTarget({ succeeded: 1, resisted: 9 })],
        adversarial_ml: rows,
        left_out: [{ what: 'adversarial_ml', name: null, status: null, runs: 15, succeeded: 6 }],
      },
    }),
  );
const methodOf = (content: ReportContent): string =>
  read(JSON.stringify(content.sections.find((section) => section.title === 'Scope & Method')?.blocks));

describe('results on classifiers', () => {
  it('have a rate and a section of their own', () => {
    const content = report({ include_adversarial: true }, [row()]);
    const section = content.sections.at(-1);
    expect(section?.title).toBe(adversarialTitle);
    expect(read(plainInline(section?.lead ?? []))).toBe(
      '6 of 15 assessed runs on classifiers evaded: 40.0 %, 95 % interval 19.8 – 64.3 %. These runs are in no other rate or score of this report; what evaded or degraded may stand among the findings.',
    );
    const table = section?.blocks.find((block) => block.kind === 'table');
    expect(table?.rows[0]?.cells.map((cell) => read(cell.lines.map(plainInline).join('|')))).toEqual([
      'fgsm|Evasion',
      '15',
      '6',
      '4',
      '5',
      '0',
      '6 / 15',
      '*40.0',
      '19.8 – 64.3',
      '0.031 (Linf)',
    ]);
    expect(content.claims).toContainEqual(
      expect.objectContaining({ place: 'adversarial_ml', claim: expect.objectContaining({ kind: 'rate' }) as unknown }),
    );
    expect(methodOf(content)).toContain('in a section of their own and in no other rate or score; what evaded');
  });

  it('stand on page two as what they are, and are the first of no severity', () => {
    const finding = digestFinding(
      withholdEvidence(sampleFinding({ attack_domain: 'adversarial_ml', severity: 'high' }), 'full'),
      1,
    );
    const digest = digestOf([finding]);
    expect(digest.firstOf('high', null)).toBeNull();
    const { worst } = composeGlance(reportSetting(sampleFacts({ include_adversarial: true }), digest));
    expect(JSON.stringify(worst)).toContain('adversarial ML, in no rate or score here');
  });

  it('are named with their number where they are left out', () => {
    const content = report({ include_adversarial: false }, []);
    expect(content.sections.some((section) => section.title === adversarialTitle)).toBe(false);
    expect(methodOf(content)).toContain(
      '15 runs on classifiers (adversarial ML) are in no number of this report; 6 of them evaded the classifier.',
    );
  });
});
