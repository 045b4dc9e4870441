import type { CategoryRow, ReportFacts, TallyRow } from '#domain';
import { sampleFacts, sampleTally, sampleTarget } from '#testing';
import { digestOf } from '../../model/findings-digest.ts';
import { plainInline } from '../../model/plain-inline.ts';
import type { Block } from '../../model/report-content.ts';
import { reportSetting, type ReportSetting } from '../../sentences/report-setting.ts';
import { asrByAttack, asrByCategory, asrByGoal } from './asr-by.ts';

const read = (text: string): string => text.replaceAll('\u00A0', ' ');
const settingWith = (rows: Partial<ReportFacts['rows']>): ReportSetting =>
  reportSetting(sampleFacts({ rows: { ...sampleFacts().rows, targets: [sampleTarget()], ...rows } }), digestOf([]));
const tally = (name: string, succeeded: number, assessed: number, more: Partial<TallyRow> = {}): CategoryRow =>
  sampleTally(name, { succeeded, resisted: assessed - succeeded, ...more });
const lead = (rows: readonly TallyRow[]): string =>
  read(plainInline(asrByAttack(settingWith({ asr_by_attack: rows }), '5').lead));
const texts = (blocks: readonly Block[]): string =>
  read(blocks.flatMap((block) => (block.kind === 'prose' ? [plainInline(block.inline)] : [])).join('\n'));

describe('lead of a rate by name', () => {
  it.each([
    [
      'settles no order by two intervals that overlap',
      [tally('a', 5, 10), tally('b', 4, 10)],
      'The runs do not settle which attack has the highest rate. Highest in them: “a” 5 of 10 (50.0 %); the next attack’s rate is 40.0 %.',
    ],
    [
      'puts no attack with one run before one with sixty',
      [tally('a', 1, 1), tally('b', 55, 60)],
      'The runs do not settle which attack has the highest rate. Highest in them: “a” 1 of 1 (100.0 %); the next attack’s rate is 91.7 %.',
    ],
    [
      'names the highest where the difference to each other is beyond chance',
      [tally('a', 90, 100), tally('b', 10, 100)],
      '“a” has the highest rate: 90 of 100, 90.0 %; the difference to each other attack is beyond chance.',
    ],
    [
      'names all of a tie',
      [tally('a', 5, 5), tally('b', 3, 3), tally('c', 1, 5)],
      '2 attacks share the highest rate, 100.0 %: “a” 5 of 5 and “b” 3 of 3. No order among them follows.',
    ],
    [
      'finds no order where all are equal',
      [tally('a', 5, 10), tally('b', 3, 6)],
      'Both attacks with an assessed run have the same rate, 50.0 %.',
    ],
    [
      'compares one with nothing',
      [tally('a', 32, 80)],
      'The only attack with an assessed run, “a”: 32 of 80 succeeded, 40.0 %.',
    ],
    [
      'warns of zero',
      [tally('a', 0, 36)],
      'No success with “a” in 36 assessed runs; the true rate may be up to 9.6 %.',
    ],
    [
      'bounds zero of several by the least tested',
      [tally('a', 0, 36), tally('b', 0, 8)],
      'No assessed run of 2 attacks succeeded; for the least tested, with 8 runs, the true rate may be up to 32.4 %.',
    ],
    ['has no rate without an assessed run', [tally('a', 0, 0)], 'No attack has an assessed run, so there is no rate.'],
    [
      'tells hits beside zero, never “no success”',
      [tally('a', 0, 20, { hits_only: 6 }), tally('b', 0, 30, { hits_only: 3 })],
      'No assessed run of 2 attacks succeeded; for the least tested, with 20 runs, the true rate may be up to 16.1 %. 9 hits of the rows here, from files that list successes alone, are in no rate, the most of a name (6) with “a”.',
    ],
  ])('%s', (_, rows, sentence) => {
    expect(lead(rows)).toBe(sentence);
  });

  it('does not let runs without a category win', () => {
    const setting = settingWith({ asr_by_category: [tally('uncategorised', 5, 6), tally('prompt_injection', 2, 6)] });
    expect(read(plainInline(asrByCategory(setting, '6').lead))).toBe(
      'The only category with an assessed run, “Prompt injection”: 2 of 6 succeeded, 33.3 %.',
    );
  });

  it('says of a rate without any category whose it is', () => {
    const setting = settingWith({ asr_by_category: [tally('uncategorised', 3, 3)] });
    expect(read(plainInline(asrByCategory(setting, '6').lead))).toBe(
      'The 3 assessed runs have no category, so there is no rate by category.',
    );
  });
});

describe('chart and table', () => {
  it('print hits beside the rate', () => {
    const { blocks } = asrByAttack(
      settingWith({ asr_by_attack: [tally('a', 0, 20, { hits_only: 6, trials: 26, hit_trials: 6 })] }),
      '5',
    );
    const chart = blocks.find((block) => block.kind === 'dot_chart');
    expect(chart?.rows).toMatchObject([{ name: 'a', hits: 6 }]);
    const table = blocks.find((block) => block.kind === 'table');
    expect(table?.rows[0]?.cells.map((cell) => read(cell.lines.map(plainInline).join('|')))).toEqual([
      'a',
      '26',
      '0',
      '0 / 20|+ 6 hits',
      '*0.0',
      '0.0 – 16.1',
      'n/a',
      '20|+ 6 hits',
      'n/a',
    ]);
  });

  it('draw no chart where nothing has a rate', () => {
    const { blocks } = asrByAttack(settingWith({ asr_by_attack: [tally('a', 0, 0, { hits_only: 6 })] }), '5');
    expect(blocks.some((block) => block.kind === 'dot_chart')).toBe(false);
  });

  it('mark the row of all when its runs are few', () => {
    const { blocks } = asrByAttack(settingWith({ asr_by_attack: [tally('a', 2, 5), tally('b', 1, 4)] }), '5');
    const table = blocks.find((block) => block.kind === 'table');
    expect(plainInline(table?.total?.cells[4]?.lines[0] ?? [])).toBe('*33.3');
  });

  it('count runs without a goal, and draw the line “all” of the rows alone', () => {
    const setting = settingWith({
      targets: [sampleTarget({ succeeded: 8, resisted: 32 })],
      asr_by_goal: [tally('Order tea', 8, 10)],
    });
    const { blocks } = asrByGoal(setting, '7');
    expect(blocks.find((block) => block.kind === 'dot_chart')?.overall).toMatchObject({ succeeded: 8, assessed: 10 });
    expect(texts(blocks)).toContain(
      '30 runs without a goal are in no row and not in the line “all”: 0 of 30 assessed succeeded. With them 8 of 40 succeeded, 20.0 %.',
    );
  });

  it('of attacks say that transforms are in them, where some were used', () => {
    const attack = [tally('tap', 10, 30)];
    const note = 'The rate of an attack is over its runs with and without transforms.';
    const used = [{ ...tally('', 10, 30), transforms: ['base64'] }];
    expect(texts(asrByAttack(settingWith({ asr_by_attack: attack, asr_by_transform: used }), '5').blocks)).toContain(
      note,
    );
    expect(texts(asrByAttack(settingWith({ asr_by_attack: attack, asr_by_transform: [] }), '5').blocks)).not.toContain(
      note,
    );
  });

  it('tell apart names that print alike', () => {
    const { blocks } = asrByAttack(settingWith({ asr_by_attack: [tally('tea', 1, 4), tally('tea ', 2, 4)] }), '5');
    const table = blocks.find((block) => block.kind === 'table');
    expect(table?.rows.map((row) => plainInline(row.cells[0]?.lines[0] ?? []))).toEqual(['tea\\u{20}', 'tea']);
  });

  it('list of a long table what succeeded and the largest, and say what is left out', () => {
    const many = Array.from({ length: 1200 }, (_, index) => tally(`goal ${index}`, index < 5 ? 1 : 0, 1));
    const { blocks } = asrByGoal(settingWith({ asr_by_goal: many }), '7');
    const table = blocks.find((block) => block.kind === 'table');
    expect(table?.rows.length).toBe(35);
    expect(read(plainInline(table?.total?.cells[1]?.lines[0] ?? []))).toBe('1,200');
    expect(texts(blocks)).toContain('Of 1,200 goals 1,165 with 1,165 runs are not listed; 0 of these runs succeeded.');
  });
});

describe('several targets', () => {
  const rows = [tally('direct', 2, 40, { target_key: 'n:strong' }), tally('direct', 30, 40, { target_key: 'n:weak' })];
  const setting = settingWith({
    targets: [
      sampleTarget({ target_key: 'n:weak', name: 'weak' }),
      sampleTarget({ target_key: 'n:strong', name: 'strong' }),
    ],
    asr_by_attack: rows,
  });

  it('have a part each, in their order, and are never added up', () => {
    const { lead: opening, blocks } = asrByAttack(setting, '5');
    expect(read(plainInline(opening))).toBe(
      '2 targets, each with a part of its own: nothing is counted over several targets together.',
    );
    expect(blocks.flatMap((block) => (block.kind === 'heading' ? [`${block.number} ${block.text}`] : []))).toEqual([
      '5.1 weak',
      '5.2 strong',
    ]);
    expect(blocks.flatMap((block) => (block.kind === 'dot_chart' ? [block.overall?.value] : []))).toEqual([0.75, 0.05]);
    expect(JSON.stringify(blocks)).not.toContain('32');
  });

  it('state each rate of the target it is about', () => {
    asrByAttack(setting, '5');
    expect(
      setting.ledger.stated.flatMap(({ claim }) => (claim.kind === 'highest' ? [claim.about.target] : [])),
    ).toEqual(expect.arrayContaining(['n:weak', 'n:strong']));
  });
});

describe('rows of a rate by name', () => {
  it('stand in the order in which a reader counts them where their rates are equal', () => {
    const goals = ['goal 10', 'goal 2', 'goal 0', 'goal 1'].map((name) => tally(name, 1, 4));
    const { blocks } = asrByGoal(settingWith({ asr_by_goal: goals }), '7');
    const names = ['goal 0', 'goal 1', 'goal 2', 'goal 10'];
    expect(blocks.flatMap((block) => (block.kind === 'dot_chart' ? block.rows.map(({ name }) => name) : []))).toEqual(
      names,
    );
    expect(
      blocks.flatMap((block) =>
        block.kind === 'table' ? block.rows.map(({ cells: [first] }) => plainInline(first?.lines[0] ?? [])) : [],
      ),
    ).toEqual(names);
  });
});
