import { digitsBeside, scoreBorders } from './borders.ts';

const printed = (value: number, borders = scoreBorders): string => value.toFixed(digitsBeside(value, borders));

describe('digits of a score', () => {
  it.each([
    [0.8999, '0.8999'],
    [0.8951, '0.895'],
    [0.9, '0.90'],
    [0.9001, '0.9001'],
    [0.6951, '0.695'],
    [0.4999, '0.4999'],
    [0.4951, '0.495'],
    [0.2999999, '0.2999999'],
    [0.75, '0.75'],
    [0.123456, '0.12'],
    [1, '1.00'],
  ])('of %d are %s: no border is crossed by rounding', (value, text) => {
    expect(printed(value)).toBe(text);
  });

  it('go by the borders of a policy or a file as well', () => {
    expect([printed(0.798, [0.8]), printed(0.798)]).toEqual(['0.798', '0.80']);
  });

  it('are as many as a number has, beside a border that it all but touches', () => {
    expect(printed(0.1 + 0.2)).toBe('0.30000000000000004');
  });
});
