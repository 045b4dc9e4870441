import type { Mark } from './marks.ts';

/** The same mark, lower by `by`. */
export function shiftMark(mark: Mark, by: number): Mark {
  switch (mark.kind) {
    case 'line':
      return { ...mark, y: mark.y + by, toY: mark.toY + by };
    case 'polygon':
      return { ...mark, points: mark.points.map(([x, y]) => [x, y + by] as const) };
    default:
      return { ...mark, y: mark.y + by };
  }
}
