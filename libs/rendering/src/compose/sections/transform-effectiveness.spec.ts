import type { LiftStratumRow, ReportFacts } from '#domain';
import { noRuns } from '#domain';
import { samplePair, sampleFacts, sampleTarget, sampleTransform } from '#testing';
import { digestOf } from '../../model/findings-digest.ts';
import { plainInline } from '../../model/plain-inline.ts';
import type { Block } from '../../model/report-content.ts';
import { reportSetting, type ReportSetting } from '../../sentences/report-setting.ts';
import { transformEffectiveness } from './transform-effectiveness.ts';

const read = (text: string): string => text.replaceAll('\u00A0', ' ');
const target = sampleTarget();
type Counts = readonly [succeeded: number, assessed: number];
const of = ([succeeded, assessed]: Counts): { succeeded: number; resisted: number } => ({
  succeeded,
  resisted: assessed - succeeded,
});
const stratum = (transforms: readonly string[], one: Counts, baseline: Counts, attack = 'direct'): LiftStratumRow => ({
  target_key: target.target_key,
  transforms,
  attack,
  with: of(one),
  baseline: of(baseline),
  pairs: null,
});

function settingWith(
  used: readonly (readonly [readonly string[], Counts])[],
  strata: readonly LiftStratumRow[],
): ReportSetting {
  const rows: Partial<ReportFacts['rows']> = {
    targets: [target],
    asr_by_transform: used.map(([transforms, counts]) => sampleTransform(transforms, of(counts))),
    attack_by_transform: used.map(([transforms, counts]) => ({
      target_key: target.target_key,
      attack: 'direct',
      transforms,
      ...noRuns,
      ...of(counts),
    })),
    lift_strata: strata,
  };
  return reportSetting(sampleFacts({ rows: { ...sampleFacts().rows, ...rows } }), digestOf([]));
}

const composed = (
  used: readonly (readonly [readonly string[], Counts])[],
  strata: readonly LiftStratumRow[],
): { lead: string; blocks: readonly Block[] } => {
  const { lead, blocks } = transformEffectiveness(settingWith(used, strata), '8');
  return { lead: read(plainInline(lead)), blocks };
};

/** Rows of the table of lifts. */
const liftTexts = (blocks: readonly Block[]): readonly (readonly string[])[] | undefined =>
  blocks
    .find((block) => block.kind === 'table')
    ?.rows.map(({ cells }) => cells.map(({ lines }) => read(lines.map(plainInline).join('|'))));

describe('lift of transforms', () => {
  it('is n/a without untransformed runs of the same attack and target, and no transform is taken for none', () => {
    const { lead, blocks } = composed([[['base64'], [30, 40]]], []);
    expect(lead).toBe(
      '1 transform was used, without untransformed runs of the same attack on the same target: lift is n/a.',
    );
    expect(liftTexts(blocks)).toEqual([['base64', '30 / 40', 'none', 'n/a']]);
  });

  it('is a table alone where no row has one: a chart would be an empty axis', () => {
    const { blocks } = composed(
      [
        [['base64'], [30, 40]],
        [['rot13'], [0, 0]],
      ],
      [],
    );
    expect(blocks.map(({ kind }) => kind)).not.toContain('lift_chart');
    expect(liftTexts(blocks)).toEqual([
      ['base64', '30 / 40', 'none', 'n/a'],
      ['rot13', '0 / 0', 'none', 'n/a'],
    ]);
  });

  it('is a chart where any row has one', () => {
    const { blocks } = composed(
      [
        [[], [4, 40]],
        [['persona'], [30, 40]],
        [['rot13'], [5, 40]],
      ],
      [stratum(['persona'], [30, 40], [4, 40])],
    );
    expect(blocks.find((block) => block.kind === 'lift_chart')?.rows).toMatchObject([
      { name: 'persona' },
      { name: 'rot13', baseline: null, lift: null, p: 'n/a' },
    ]);
    expect(liftTexts(blocks)).toBeUndefined();
  });

  it('raises only beyond chance after the correction for all comparisons', () => {
    const { lead } = composed(
      [
        [[], [4, 40]],
        [['persona'], [30, 40]],
        [['rot13'], [5, 40]],
      ],
      [stratum(['persona'], [30, 40], [4, 40]), stratum(['rot13'], [5, 40], [4, 40])],
    );
    expect(lead).toMatch(
      /^persona \(\+65\.0 points, interval \+\d+\.\d to \+\d+\.\d\) raises the success rate of the same attack beyond chance, corrected for 2 comparisons\. For 1 other the runs do not settle it\.$/,
    );
  });

  it('does not take an interval beside zero for enough: ascii_smuggling of the demo', () => {
    const used: [readonly string[], Counts][] = [
      [[], [3, 47]],
      [['ascii_smuggling'], [3, 11]],
    ];
    const { lead } = composed(used, [stratum(['ascii_smuggling'], [3, 11], [3, 47])]);
    expect(lead).toBe(
      'The runs do not settle whether ascii_smuggling changes the success rate: that is not evidence of no effect.',
    );
  });

  it('never calls many unsettled transforms harmless', () => {
    const names = Array.from({ length: 20 }, (_, index) => [`t${index}`]);
    const { lead } = composed(
      [[[], [10, 60]], ...names.map((list): [readonly string[], Counts] => [list, [7, 20]])],
      names.map((list) => stratum(list, [7, 20], [10, 60])),
    );
    expect(lead).toBe(
      'The runs do not settle whether any of 20 transforms changes the success rate, corrected for 20 comparisons: that is not evidence of no effect.',
    );
  });

  it('speaks of combinations only where some were used', () => {
    const without = (lists: readonly (readonly string[])[]): string =>
      composed(
        lists.map((list): [readonly string[], Counts] => [list, [1, 4]]),
        [],
      ).lead;
    expect(without([['base64'], ['rot13']])).toMatch(/^2 transforms were used, none with/);
    expect(without([['base64'], ['base64', 'rot13']])).toMatch(/^2 transforms and combinations were used, none with/);
  });

  it('states a claim for each list of transforms', () => {
    const setting = settingWith(
      [
        [
          ['base64', 'persona'],
          [5, 10],
        ],
        [['base64, persona'], [2, 10]],
      ],
      [],
    );
    transformEffectiveness(setting, '8');
    expect(setting.ledger.stated.map(({ claim }) => claim.about.transforms)).toEqual([
      ['base64', 'persona'],
      ['base64, persona'],
    ]);
  });
});

describe('grid of attacks and transforms', () => {
  it('keeps lists apart that would print alike, and runs as written from a transform of that name', () => {
    const { blocks } = composed(
      [
        [[], [3, 30]],
        [['baseline'], [9, 10]],
        [
          ['base64', 'persona'],
          [5, 10],
        ],
        [['base64 + persona'], [2, 10]],
      ],
      [],
    );
    const grid = blocks.find((block) => block.kind === 'heat_grid');
    expect(grid?.columns).toEqual(['as written', '“base64 + persona”', '“base64” + “persona”', 'baseline']);
    expect(grid?.all.map((cell) => cell && [cell.succeeded, cell.succeeded + cell.resisted])).toEqual([
      [3, 30],
      [2, 10],
      [5, 10],
      [9, 10],
    ]);
    expect(grid?.total).toEqual({ ...noRuns, succeeded: 19, resisted: 41 });
  });

  it('is numbered first where there is no lift', () => {
    const { blocks, lead } = composed([[[], [3, 30]]], []);
    expect(lead).toBe('No run used a transform.');
    expect(blocks.flatMap((block) => (block.kind === 'heading' ? [block.number] : []))).toEqual(['8.1']);
  });

  it.each([
    [
      'neither hits nor hatching',
      [[], [3, 30]] as const,
      'Rate, then succeeded of assessed. A darker cell has a higher rate.',
    ],
    ['no tint', [[], [0, 30]] as const, 'Rate, then succeeded of assessed.'],
  ])('explains %s where no cell has them', (_, used, note) => {
    const { blocks } = composed([used], []);
    expect(blocks.flatMap((block) => (block.kind === 'heading' ? [block.note] : []))).toEqual([note]);
  });

  it('explains hits and hatching where a cell has them', () => {
    const pairs: ReportFacts['rows']['attack_by_transform'] = [
      samplePair('direct', ['base64'], { hits_only: 2 }),
      samplePair('crescendo', [], { succeeded: 1, resisted: 9 }),
    ];
    const rows = { ...sampleFacts().rows, targets: [target], attack_by_transform: pairs };
    const used = [sampleTransform([], { succeeded: 1, resisted: 9 }), sampleTransform(['base64'], { hits_only: 2 })];
    const setting = reportSetting(sampleFacts({ rows: { ...rows, asr_by_transform: used } }), digestOf([]));
    const { blocks } = transformEffectiveness(setting, '8');
    expect(blocks.flatMap((block) => (block.kind === 'heading' ? [block.note] : [])).at(-1)).toBe(
      'Rate, then succeeded of assessed; hits of files that list successes alone stand below and are in no rate. A darker cell has a higher rate. Hatched means no run or hit in the sources, which is not zero.',
    );
  });

  it('does not say of a hit log that no transform was tried', () => {
    const rows = {
      ...sampleFacts().rows,
      targets: [target],
      asr_by_transform: [sampleTransform([], { hits_only: 3 })],
    };
    const setting = reportSetting(sampleFacts({ rows }), digestOf([]));
    expect(read(plainInline(transformEffectiveness(setting, '8').lead))).toBe(
      'No hit used a transform; what was tried without success is not in the source.',
    );
  });
});
