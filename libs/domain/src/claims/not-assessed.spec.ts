import { noRuns } from '../metrics.ts';
import { notAssessedBounds } from './not-assessed.ts';

const bounds = (succeeded: number, resisted: number, not_assessed: number): ReturnType<typeof notAssessedBounds> =>
  notAssessedBounds({ ...noRuns, resisted_in_part: 0, succeeded, resisted, not_assessed });

describe('runs without a verdict', () => {
  it('bound the rate by what it would be if all of them had gone one way', () => {
    // Wilson: 0 of 100 and 60 of 100.
    expect(bounds(0, 40, 60)).toMatchObject({
      lost: 60,
      of: 100,
      share: 0.6,
      lowest: { value: 0, high: expect.closeTo(0.03699, 5) as number },
      highest: { value: 0.6, low: expect.closeTo(0.502, 4) as number, high: expect.closeTo(0.69059, 4) as number },
      in_verdict: true,
    });
  });

  it('belong in the verdict from a tenth on', () => {
    expect([bounds(10, 80, 10)?.in_verdict, bounds(10, 81, 10)?.in_verdict, bounds(1, 6, 0)]).toEqual([
      true,
      false,
      null,
    ]);
  });

  it('are everything where nothing was assessed', () => {
    expect(bounds(0, 0, 12)).toMatchObject({ share: 1, lowest: { value: 0 }, highest: { value: 1 } });
  });

  it('are no hits: a hit log tells of no run that was lost', () => {
    expect(notAssessedBounds({ ...noRuns, resisted_in_part: 0, hits_only: 9 })).toBeNull();
    expect(
      notAssessedBounds({ ...noRuns, resisted_in_part: 0, resisted: 9, not_assessed: 1, hits_only: 9 }),
    ).toMatchObject({
      lost: 1,
      of: 10,
    });
  });

  it('are joined by those that resisted as far as they were assessed', () => {
    const inPart = (resisted_in_part: number, not_assessed = 0): unknown =>
      notAssessedBounds({ ...noRuns, resisted: 30, resisted_in_part, not_assessed });
    expect(inPart(12)).toMatchObject({
      lost: 0,
      in_part: 12,
      of: 30,
      share: 0.4,
      highest: { value: 0.4 },
      in_verdict: true,
    });
    expect(inPart(1, 2)).toMatchObject({ lost: 2, in_part: 1, of: 32, highest: { value: 3 / 32 }, in_verdict: false });
    expect(inPart(0)).toBeNull();
  });
});
