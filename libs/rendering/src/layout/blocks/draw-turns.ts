import { speakerName, turnWarning } from '../../model/printed-words.ts';
import type { TurnContent } from '../../model/report-content.ts';
import { colours } from '../../theme/colours.ts';
import type { Frame } from '../strips/frame.ts';
import { baselineIn, lineMarksBetween } from '../strips/line-marks.ts';
import { line, type Mark, rect } from '../strips/marks.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { linesOf, textRight, textStrips } from '../strips/text-strips.ts';

const speakerColumn = 62;
const ruleWidth = 2.5;
const padding = { top: 5, bottom: 6, left: 10, right: 8 };

/** A conversation: speakers in a column at left, attacker on pale, target on white. */
export function drawTurns(turns: readonly TurnContent[], end: string, frame: Frame): Strip[] {
  const speakerWidth = (speakerColumn * frame.scale.table.size) / 8.5;
  return [
    ...turns.flatMap((turn) => [...turnStrips(turn, frame, speakerWidth), gap(6)]),
    ...textStrips([{ text: end, tone: 'quiet' }], 'small', frame),
    gap(6),
  ];
}

function turnStrips(turn: TurnContent, frame: Frame, speakerWidth: number): Strip[] {
  const { leading, size } = frame.scale.mono;
  const left = frame.x + speakerWidth + 8;
  const width = frame.x + frame.width - left;
  const lines = linesOf(turn.inline, 'mono', frame, width - ruleWidth - padding.left - padding.right);
  const last = lines.length - 1;
  const attacker = turn.speaker === 'Attacker';
  const speaker = (continued: boolean): Mark[] => speakerMarks(turn, frame, speakerWidth, continued);
  return lines.map((textLine, index): Strip => {
    const top = index === 0 ? padding.top : 0;
    const least = index === 0 && last === 0 && attacker ? 2 * frame.scale.small.leading + 6 : 0;
    const height = Math.max(least, top + leading + (index === last ? padding.bottom : 0));
    const marks: Mark[] = [];
    const reach = index === last ? height : height + 0.4;
    if (attacker) marks.push(rect(left, 0, width, reach, { fill: colours.pale }));
    if (turn.speaker === 'Judge') {
      marks.push({ ...line(left + 1, 0, left + 1, height, colours.ink3, 2), dash: [3, 2] });
    } else {
      marks.push(rect(left, 0, ruleWidth, reach, { fill: attacker ? colours.accent : colours.hatch }));
    }
    if (index === 0) marks.push(...speaker(false));
    const baseline = top + baselineIn(leading, size);
    const right = left + width - padding.right;
    marks.push(...lineMarksBetween(textLine, left + ruleWidth + padding.left, right, baseline));
    return {
      height,
      marks,
      continuation: () => [{ height: frame.scale.small.leading + 2, marks: speaker(true), keepWithNext: true }],
      keepWithNext: last > 0 && (index === 0 || index === last - 1),
    };
  });
}

function speakerMarks(turn: TurnContent, frame: Frame, speakerWidth: number, continued: boolean): Mark[] {
  const { leading, size } = frame.scale.small;
  const right = frame.x + speakerWidth;
  const name = speakerName(turn);
  const first = [{ text: continued ? `${name} (cont.)` : name, strong: true as const }];
  const y = (continued ? 0 : 2) + baselineIn(leading, size);
  const marks = textRight(first, 'small', frame, right, y);
  const warning = turnWarning(turn);
  if (warning !== null && !continued)
    marks.push(...textRight([{ text: warning, tone: 'quiet' }], 'small', frame, right, y + leading));
  return marks;
}
