import type { StateMark } from '../../model/report-content.ts';
import { type Frame, inset } from '../strips/frame.ts';
import { stateWords } from '../../model/printed-words.ts';
import { stateMarks } from '../strips/state-marks.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { inlineMarks, textStrips } from '../strips/text-strips.ts';

/** The rules behind the states of a framework item. */
export function drawStates(
  rows: readonly { readonly state: StateMark; readonly meaning: string }[],
  frame: Frame,
): Strip[] {
  const { size } = frame.scale.table;
  const indent = 10 * size + 9;
  return [
    gap(6),
    ...rows.flatMap(({ state, meaning }) => {
      const [first, ...rest] = textStrips([{ text: meaning }], 'table', inset(frame, indent), true);
      if (!first) return [];
      const y = first.baseline ?? size;
      const word = inlineMarks(
        [{ text: stateWords[state], tone: 'quiet' }],
        'table',
        frame,
        frame.x + size + 5,
        y,
        true,
      );
      return [{ ...first, marks: [...stateMarks(state, frame.x, y, size), ...word, ...first.marks] }, ...rest, gap(3)];
    }),
  ];
}
