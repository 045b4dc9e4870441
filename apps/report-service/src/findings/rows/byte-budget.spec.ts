import type { Snapshot } from '#contracts';
import { runColumns, trialColumns } from '#domain';
import { rowsAtOnce, textBytes } from './byte-budget.ts';

const snapshotWithLargest = (bytes: number | null): Snapshot =>
  ({ query: () => Promise.resolve([{ bytes }]) }) as unknown as Snapshot;

describe('a batch of rows', () => {
  it.each([
    [null, 50],
    [0, 50],
    [10_000, 50],
    [1024 ** 2, 8],
    [28 * 1024 ** 2, 1],
  ])('whose largest has %p bytes holds %p', async (bytes, rows) => {
    expect(await rowsAtOnce(snapshotWithLargest(bytes), 'select 1', [])).toBe(rows);
  });

  it('counts what people wrote, however it is stored, and no names', () => {
    const counted = `${textBytes(trialColumns, 't')} ${textBytes(runColumns, 'r')}`;
    for (const column of ['prompt', 'original_prompt', 'response', 'reasoning', 'triggers', 'turns']) {
      expect(counted).toContain(`t.${column}`);
    }
    for (const column of ['goal', 'notes', 'compliance', 'transforms']) expect(counted).toContain(`r.${column}`);
    expect(counted).not.toContain('t.detector');
  });
});
