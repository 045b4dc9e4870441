import fc from 'fast-check';
import { OperatorBytes } from './operator-bytes.ts';

const written = (write: (out: OperatorBytes) => void): string => {
  const out = new OperatorBytes();
  write(out);
  return out.written().toString('latin1');
};

describe('the operators of a page', () => {
  it('hold numbers to a hundredth, as short as they can be said', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
        expect(written((out) => out.number(value))).toBe(String(Math.round(value * 100) / 100));
      }),
    );
  });

  it('take no number that a page cannot hold', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e300]) {
      expect(() => written((out) => out.number(value))).toThrow(RangeError);
    }
  });

  it('grow with what is written, and keep what was', () => {
    const long = 'x'.repeat(100_000);
    expect(written((out) => out.text('a ').text(long).put(Buffer.from(' b')))).toBe(`a ${long} b`);
  });
});
