import { wilson } from '#domain';
import { interval, percent, percentValue, points, score, upperBound, wholePercent } from './numbers.ts';

const plain = (text: string): string => text.replaceAll('\u00A0', ' ');

describe('a share in percent', () => {
  it.each([
    [1, 2500, '< 0.1 %', '< 1 %'],
    [2499, 2500, '> 99.9 %', '> 99 %'],
    [0, 2500, '0.0 %', '0 %'],
    [2500, 2500, '100.0 %', '100 %'],
    [1, 1000, '0.1 %', '< 1 %'],
    [1, 8, '12.5 %', '13 %'],
    [2, 3, '66.7 %', '67 %'],
  ])('of %i in %i is %s, in a cell %s: some is never none, and not all never all', (k, n, text, cell) => {
    expect([plain(percent(k / n)), plain(wholePercent(k / n))]).toEqual([text, cell]);
  });

  it('is not rounded over a border that decides something', () => {
    expect(plain(percent(0.0996, [0.1]))).toBe('9.96 %');
    expect(percentValue(0.0996)).toBe('10.0');
    expect(percentValue(0.1, [0.1])).toBe('10.0');
  });

  it('keeps an interval that holds more than its end', () => {
    expect(plain(interval(wilson(0, 10_000)))).toBe('0.0 – 0.1 %');
    expect(plain(interval(wilson(10_000, 10_000)))).toBe('99.9 – 100.0 %');
    expect(plain(upperBound(wilson(0, 10_000).high))).toBe('0.1 %');
  });
});

describe('a difference in points', () => {
  it('keeps its sign, which decides what is said of it', () => {
    expect([points(0.0003), points(-0.0003), points(0.1355), points(0)]).toEqual([
      '+0.03',
      '\u22120.03',
      '+13.6',
      '0.0',
    ]);
  });

  it('is none where it is but what floating-point sums leave', () => {
    expect(points(2e-17)).toBe('0.0');
  });
});

describe('a score', () => {
  it('is not rounded over the border of a severity or an outcome', () => {
    expect([0.8999, 0.9, 0.4999, 0.5, 0.75, 0.8951].map((value) => score(value))).toEqual([
      '0.8999',
      '0.90',
      '0.4999',
      '0.50',
      '0.75',
      '0.895',
    ]);
  });

  it('goes by the borders of a policy where it is given them', () => {
    expect(score(0.798, [0.8])).toBe('0.798');
  });
});
