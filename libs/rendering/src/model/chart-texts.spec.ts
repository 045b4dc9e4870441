import { noRuns, type RunCounts } from '#domain';
import { heatLegendOf } from './chart-texts.ts';
import type { HeatCell, HeatGridBlock } from './report-content.ts';

const counts = (succeeded: number, assessed: number): RunCounts => ({
  ...noRuns,
  succeeded,
  resisted: assessed - succeeded,
});
const grid = (...cells: readonly HeatCell[]): HeatGridBlock => ({
  kind: 'heat_grid',
  columns: cells.map((_, index) => `t${index}`),
  rows: [{ name: 'direct', cells, all: counts(5, 10) }],
  all: cells,
  total: counts(5, 10),
});
const texts = (block: HeatGridBlock): readonly string[] => heatLegendOf(block).map(([text]) => text);

describe('the legend of a grid', () => {
  it('explains the grounds that its cells have, and no other', () => {
    expect(texts(grid(counts(0, 10), counts(3, 10)))).toEqual(['tried, 0 %', '25 – 49 %']);
    expect(texts(grid(null, counts(9, 10)))).toEqual(['not tried', '50 % and more']);
  });

  it('does not call untried what a file of hits alone may have tried', () => {
    expect(texts(grid(null, { ...noRuns, hits_only: 3 }))).toEqual(['no run or hit in the sources']);
  });

  it('explains nothing of a margin, which has no tint, and of cells without a rate', () => {
    expect(texts(grid({ ...noRuns, hits_only: 3 }))).toEqual([]);
  });
});
