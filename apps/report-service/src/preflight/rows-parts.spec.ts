import type { SectionKey } from '#domain';
import { groupByFrameworks, partKey, type RowsPart } from './rows-parts.ts';

const part = (section: SectionKey, frameworks?: readonly string[]): RowsPart => ({
  kind: 'rows',
  section,
  ...(frameworks && { frameworks }),
});

describe('parts that show the same rows', () => {
  it('are a matrix of the plan’s frameworks and one that names the same', () => {
    const key = partKey(part('compliance'), ['eu_ai_act']);
    expect(partKey(part('compliance', ['eu_ai_act']), ['eu_ai_act'])).toBe(key);
    expect(partKey(part('compliance', ['nist_ai_rmf']), ['eu_ai_act'])).not.toBe(key);
  });

  it('are findings and their evidence, whatever frameworks the plan has', () => {
    expect(partKey(part('findings'), ['eu_ai_act'])).toBe(partKey(part('evidence'), []));
  });

  it('are asked for together, a matrix for each set of frameworks', () => {
    const parts = [part('findings'), part('compliance'), part('asr_by_attack'), part('compliance', ['nist_ai_rmf'])];
    expect(groupByFrameworks(parts, ['eu_ai_act'])).toEqual([
      [[], ['findings', 'asr_by_attack']],
      [['eu_ai_act'], ['compliance_items']],
      [['nist_ai_rmf'], ['compliance_items']],
    ]);
  });
});
