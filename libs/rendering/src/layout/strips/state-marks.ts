import type { StateMark } from '../../model/report-content.ts';
import { colours } from '../../theme/colours.ts';
import { hatchMarks, signMiddle } from './chip.ts';
import { type Mark, rect } from './marks.ts';

/** Each state has a shape of its own: readable without colour. */
export function stateMarks(state: StateMark, x: number, y: number, side: number): Mark[] {
  const top = y - signMiddle * side - side / 2;
  switch (state) {
    case 'failed':
      return [rect(x, top, side, side, { fill: colours.ink })];
    case 'held':
      return [
        {
          kind: 'circle',
          x: x + side / 2,
          y: top + side / 2,
          radius: side / 2 - 0.9,
          stroke: colours.ink,
          lineWidth: 1.1,
        },
      ];
    case 'too_little':
      return [
        {
          kind: 'polygon',
          points: [
            [x + side / 2, top + 0.6],
            [x + side - 0.4, top + side - 0.8],
            [x + 0.4, top + side - 0.8],
          ],
          stroke: colours.ink,
          lineWidth: 1,
        },
      ];
    case 'not_assessed':
      return [rect(x + 0.6, top + 0.6, side - 1.2, side - 1.2, { stroke: colours.ink, lineWidth: 1 })];
    case 'unknown':
      return [
        rect(x + 0.6, top + 0.6, side - 1.2, side - 1.2, { stroke: colours.ink, lineWidth: 1, dash: [1.5, 1.2] }),
      ];
    case 'evidence':
      return [{ kind: 'circle', x: x + side / 2, y: top + side / 2, radius: side / 4, fill: colours.ink }];
    case 'not_tested':
      return hatchMarks(x, top, side, side, 2.6);
  }
}
