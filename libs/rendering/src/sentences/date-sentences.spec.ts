import { sampleAssessment } from '#testing';
import { assessmentDates, testsRun } from './date-sentences.ts';

const dated = (started_at: string | null, completed_at: string | null): ReturnType<typeof sampleAssessment> =>
  sampleAssessment({ started_at, completed_at });

describe('dates of the tests', () => {
  it.each([
    ['2026-05-04T08:00:00Z', '2026-05-05T08:00:00Z', '4 to 5 May 2026'],
    ['2026-02-01T08:00:00Z', null, 'started 1 February 2026, no end given'],
    [null, '2026-02-01T08:00:00Z', 'ended 1 February 2026, no start given'],
    [
      '2026-03-10T08:00:00Z',
      '2026-03-01T08:00:00Z',
      'started 10 March 2026; the source gives an end before that, 1 March 2026',
    ],
    [null, null, 'undated'],
  ])('%s to %s', (start, end, words) => {
    expect(assessmentDates(dated(start, end))).toBe(words);
  });

  it('mention what has none, and what ends before it starts', () => {
    expect(
      testsRun([
        dated('2026-02-01T08:00:00Z', null),
        dated('2026-03-10T08:00:00Z', '2026-03-01T08:00:00Z'),
        dated(null, null),
      ]),
    ).toEqual({
      range: '1 February to 10 March 2026',
      note: '1 of 3 assessments undated, 1 of 3 assessments with an end before its start',
    });
    expect(testsRun([dated(null, null)])).toBeNull();
  });
});
