import type { Difference, Rate } from '#domain';

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

/** 0.192 → `19.2`; rounds half up as readers do. */
export const percentValue = (share: number): string => (Math.round(share * 1000 + 1e-9) / 10).toFixed(1);
export const percent = (share: number): string => `${percentValue(share)}${noBreakSpace}%`;

/** Whole percent, half up: 12.5 → 13. Only for heat cells. */
export const wholePercent = (share: number): string => `${Math.floor(share * 100 + 0.5 + 1e-9)}${noBreakSpace}%`;

export const intervalValue = (rate: Pick<Rate, 'low' | 'high'>): string =>
  `${percentValue(rate.low)}${noBreakSpace}–${noBreakSpace}${percentValue(rate.high)}`;
export const interval = (rate: Pick<Rate, 'low' | 'high'>): string => `${intervalValue(rate)}${noBreakSpace}%`;

export const ofTotal = (part: number, total: number): string =>
  `${formatCount(part)}${noBreakSpace}/${noBreakSpace}${formatCount(total)}`;

/** Percentage points with their sign: `+13.6`, `−4.9`, `0.0`. */
export function points(share: number): string {
  const rounded = percentValue(Math.abs(share));
  if (rounded === '0.0') return '0.0';
  return `${share > 0 ? '+' : minus}${rounded}`;
}
export const pointsInterval = (difference: Pick<Difference, 'low' | 'high'>): string =>
  `${points(difference.low)} to ${points(difference.high)}`;

export const score = (value: number): string => value.toFixed(2);

/** `a`, `a and b`, `a, b and c`. */
export function listInWords(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
