import { type Difference, digitsBeside, type Rate, scoreBorders } from '#domain';

/** Keeps a number and its unit on one line. */
export const noBreakSpace = '\u00A0';
const minus = '\u2212';

/** 1986 → `1,986`. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** Words for small counts in sentences, digits above twelve. */
export function countInWords(count: number): string {
  const words = [
    'no',
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
  ];
  return words[count] ?? formatCount(count);
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `1 run`, `2 runs`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)}${noBreakSpace}${count === 1 ? one : many}`;

/**
 * 0.192 → `19.2`; rounds half up as readers do. What is neither none nor all is never printed as such: `< 0.1`, `> 99.9`.
 * Nor is it rounded over a border that decides something (shares, such as 0.1).
 */
export function percentValue(share: number, borders: readonly number[] = []): string {
  if (share > 0 && rounded(share) === '0.0') return `<${noBreakSpace}0.1`;
  if (share < 1 && rounded(share) === '100.0') return `>${noBreakSpace}99.9`;
  const crosses = borders.some(
    (border) => Math.sign(Number(rounded(share)) - border * 100) !== Math.sign(share - border),
  );
  return crosses
    ? (share * 100).toFixed(
        digitsBeside(
          share * 100,
          borders.map((border) => border * 100),
        ),
      )
    : rounded(share);
}
export const percent = (share: number, borders: readonly number[] = []): string =>
  `${percentValue(share, borders)}${noBreakSpace}%`;

const rounded = (share: number): string => (Math.round(share * 1000 + 1e-9) / 10).toFixed(1);

/** Whole percent, half up: 12.5 → 13. Only for heat cells. */
export function wholePercent(share: number): string {
  const whole = Math.floor(share * 100 + 0.5 + 1e-9);
  if (share > 0 && whole === 0) return `<${noBreakSpace}1${noBreakSpace}%`;
  if (share < 1 && whole === 100) return `>${noBreakSpace}99${noBreakSpace}%`;
  return `${whole}${noBreakSpace}%`;
}

/** Ends of an interval are rounded, but never to an end that would exclude what it holds. */
export function intervalValue({ low, high }: Pick<Rate, 'low' | 'high'>): string {
  const lowest = low < 1 && rounded(low) === '100.0' ? '99.9' : rounded(low);
  return `${lowest}${noBreakSpace}–${noBreakSpace}${upperBoundValue(high)}`;
}
export const interval = (rate: Pick<Rate, 'low' | 'high'>): string => `${intervalValue(rate)}${noBreakSpace}%`;

/** "up to 0.1 %": an upper end above 0 is never printed as 0. */
const upperBoundValue = (share: number): string => (share > 0 && rounded(share) === '0.0' ? '0.1' : rounded(share));
export const upperBound = (share: number): string => `${upperBoundValue(share)}${noBreakSpace}%`;

export const ofTotal = (part: number, total: number): string =>
  `${formatCount(part)}${noBreakSpace}/${noBreakSpace}${formatCount(total)}`;

/** Percentage points with their sign: `+13.6`, `−4.9`, `0.0`; as many digits as the sign needs, since it decides. */
export function points(share: number): string {
  const size = Math.abs(share) * 100;
  // Sums of floating-point numbers that cancel out are no difference.
  if (size < 1e-7) return '0.0';
  const text = rounded(size / 100) === '0.0' ? size.toFixed(digitsBeside(size, [0])) : rounded(size / 100);
  return `${share > 0 ? '+' : minus}${text}`;
}
export const pointsInterval = (difference: Pick<Difference, 'low' | 'high'>): string =>
  `${points(difference.low)} to ${points(difference.high)}`;

/** Two digits, or as many as keep it on its side of every score that decides something. */
export const score = (value: number, borders = scoreBorders): string => value.toFixed(digitsBeside(value, borders));

/** `a`, `a and b`, `a, b and c`. */
export function listInWords(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
