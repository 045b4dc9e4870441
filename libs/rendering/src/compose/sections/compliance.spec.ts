import type { ComplianceItemRow, ReportFacts } from '#domain';
import { sampleFacts, sampleFinding, sampleItem, sampleTarget, sampleTargetKey } from '#testing';
import { composeFindings } from '../findings-composer.ts';
import { digestOf } from '../../model/findings-digest.ts';
import { plainInline } from '../../model/plain-inline.ts';
import type { Block, TableBlock } from '../../model/report-content.ts';
import { reportSetting, type ReportSetting } from '../../sentences/report-setting.ts';
import { untaggedRuns } from '../../sentences/compliance-sentences.ts';
import { compliance } from './compliance.ts';

const read = (text: string): string => text.replaceAll('\u00A0', ' ');
const settingWith = (
  items: readonly ComplianceItemRow[],
  more: Partial<ReportFacts['rows']> = {},
  findings: Parameters<typeof composeFindings>[1] = [],
): ReportSetting => {
  const rows = { ...sampleFacts().rows, targets: [sampleTarget({ resisted: 40 })], compliance_items: items, ...more };
  const facts = sampleFacts({ rows });
  return reportSetting(facts, digestOf(composeFindings(facts, findings)));
};
const llm = (item: string, changes: Partial<ComplianceItemRow>): ComplianceItemRow =>
  sampleItem('owasp_llm_top_10', item, { distinct: 200, ...changes });

function rowOf(setting: ReportSetting, item: string): { state: string | undefined; texts: string[] } {
  const { blocks } = compliance(setting, '9');
  const rows = blocks
    .filter((block): block is TableBlock => block.kind === 'table')
    .slice(1)
    .flatMap((table) => table.rows);
  const row = rows.find((one) => plainInline(one.cells[0]?.lines[0] ?? []) === item);
  return {
    state: row?.cells[2]?.state,
    texts: row?.cells.map((cell) => read(cell.lines.map(plainInline).join('|'))) ?? [],
  };
}
const prose = (blocks: readonly Block[]): string =>
  read(blocks.flatMap((block) => (block.kind === 'prose' ? [plainInline(block.inline)] : [])).join('\n'));

describe('state of an item', () => {
  it('is held by 20 distinct prompts that were all assessed', () => {
    const row = rowOf(
      settingWith([llm('LLM01', { resisted: 20, distinct: 20, from_file: 20, from_crosswalk: 0 })]),
      'LLM01',
    );
    expect(row.state).toBe('held');
    expect(row.texts.slice(1, 6)).toEqual(['Prompt Injection', 'held', 'file', '0 / 20', '*0.0|0.0 – 16.1']);
  });

  it.each([
    ['runs without prompt and goal', { resisted: 25, distinct: 0 }, 'Prompt Injection|no prompt or goal is known'],
    ['repeats of one prompt', { resisted: 25, distinct: 1 }, 'Prompt Injection|only 1 distinct prompt or goal'],
    ['lost runs', { resisted: 20, not_assessed: 180 }, 'Prompt Injection|180 of 200 runs not assessed'],
    [
      'successes without a tag',
      { resisted: 25, untagged_successes: 3 },
      'Prompt Injection|3 successes without a tag would belong here by our crosswalk',
    ],
  ])('is not held with %s, and says why', (_, changes, told) => {
    const row = rowOf(settingWith([llm('LLM01', changes)]), 'LLM01');
    expect(row.state).toBe('too_little');
    expect(row.texts[1]).toBe(told);
  });

  it('tells lost runs beside a failure, and hits beside a rate', () => {
    const row = rowOf(
      settingWith([llm('LLM01', { succeeded: 1, resisted: 9, not_assessed: 5, hits_only: 6 })]),
      'LLM01',
    );
    expect(row.state).toBe('failed');
    expect([row.texts[1], row.texts[4]]).toEqual(['Prompt Injection|5 of 15 runs not assessed', '1 / 10|+ 6 hits']);
  });

  it('tells tried, but not assessed, from not tested', () => {
    const setting = settingWith([llm('LLM01', { not_assessed: 5 })]);
    expect([rowOf(setting, 'LLM01').state, rowOf(setting, 'LLM02').state]).toEqual(['not_assessed', 'not_tested']);
  });

  it('calls runs on a function of the NIST AI RMF evidence, never failed', () => {
    const setting = settingWith([sampleItem('nist_ai_rmf', 'GOVERN', { succeeded: 6, resisted: 38 })]);
    expect(rowOf(setting, 'GOVERN').state).toBe('evidence');
    expect(prose(compliance(setting, '9').blocks)).toContain('no test fails or holds them');
    expect(
      JSON.stringify(setting.ledger.stated.filter(({ claim }) => claim.about.framework === 'nist_ai_rmf')),
    ).not.toContain('failed');
  });
});

describe('tags', () => {
  it.each([
    [{ from_file: 20, from_crosswalk: 0 }, 'file'],
    [{ from_file: 0, from_crosswalk: 20 }, 'crosswalk'],
    [{ from_file: 15, from_crosswalk: 5 }, 'file 15, crosswalk 5'],
    [{ from_crosswalk: 0, from_table: 20 }, 'tool’s table'],
    [{ from_crosswalk: 3, from_table: 17 }, 'crosswalk 3, tool’s table 17'],
  ])('say of an item where they come from: %j', (origin, told) => {
    expect(rowOf(settingWith([llm('LLM01', { resisted: 20, ...origin })]), 'LLM01').texts[3]).toBe(told);
  });

  it('that runs lack are counted at the head of the framework', () => {
    const gap = { target_key: sampleTargetKey, framework: 'owasp_llm_top_10', runs: 30, succeeded: 3 };
    expect(prose(compliance(settingWith([], { framework_gaps: [gap] }), '9').blocks)).toContain(
      '30 runs carry no tag of this framework and are in no row; 3 of them succeeded.',
    );
  });

  it.each([
    [30, 0, '30 runs carry no tag of this framework and are in no row; none of them succeeded.'],
    [1, 1, 'One run carries no tag of this framework and is in no row; it succeeded.'],
    [1, 0, 'One run carries no tag of this framework and is in no row; it did not succeed.'],
  ])('that %i runs lack, %i of them successful, are told in good grammar', (runs, succeeded, words) => {
    expect(read(untaggedRuns(runs, succeeded))).toBe(words);
  });
});

describe('the section', () => {
  it('lists every item of every framework in a state, and calls nothing compliant', () => {
    const { blocks } = compliance(settingWith([llm('LLM01', { resisted: 20 })]), '9');
    const tables = blocks.filter((block): block is TableBlock => block.kind === 'table').slice(1);
    const states = tables.flatMap((table) => table.rows.map((row) => row.cells[2]?.state));
    expect(states.every((state) => state !== undefined)).toBe(true);
    expect(states.length).toBeGreaterThan(30);
    expect(JSON.stringify(blocks).toLowerCase()).not.toMatch(/\bcompliant\b/);
  });

  it('links the findings of the target that the item is about', () => {
    const other = sampleTarget({ target_key: 'n:other', name: 'other', resisted: 40 });
    const setting = settingWith(
      [llm('LLM01', { succeeded: 1, findings: 1 }), llm('LLM01', { target_key: 'n:other', resisted: 20 })],
      { targets: [sampleTarget(), other] },
      [sampleFinding({ compliance: { owasp_llm_top_10: ['LLM01'] } })],
    );
    const { blocks } = compliance(setting, '9');
    const tables = blocks.filter((block): block is TableBlock => block.kind === 'table');
    const cells = tables.flatMap((table) =>
      table.rows.flatMap((row) =>
        plainInline(row.cells[0]?.lines[0] ?? []) === 'LLM01' ? [plainInline(row.cells[7]?.lines[0] ?? [])] : [],
      ),
    );
    expect(cells[0]).toContain('F-001');
    expect(cells[1]).toBe('none');
    expect(blocks.flatMap((block) => (block.kind === 'heading' && !block.minor ? [block.text] : []))).toEqual([
      sampleTarget().name,
      'other',
    ]);
  });
});
