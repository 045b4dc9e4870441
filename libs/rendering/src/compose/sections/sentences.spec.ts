import { remedyTexts, sectionKeys } from '#domain';
import { hitsOnlyReport, nothingAssessedReport, nothingSucceededReport, richReport } from '#testing';
import { composeFindings } from '../findings-composer.ts';
import { digestOf } from '../../model/findings-digest.ts';
import { reportSetting, type ReportSetting } from '../../sentences/report-setting.ts';
import { sectionComposers } from './section-composers.ts';

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
