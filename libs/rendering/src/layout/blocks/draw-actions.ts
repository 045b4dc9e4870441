import { severities } from '#domain';
import { formatCount } from '../../format/numbers.ts';
import { actionLabels, addressedFindings } from '../../model/printed-words.ts';
import type { ActionContent, Inline } from '../../model/report-content.ts';
import { colours } from '../../theme/colours.ts';
import { chipMarks } from '../strips/chip.ts';
import { type Frame, inset } from '../strips/frame.ts';
import { horizontal, type Mark } from '../strips/marks.ts';
import { shiftMark } from '../strips/shift-mark.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { inlineMarks, inlineWidth, textStrips } from '../strips/text-strips.ts';

const columns = { number: 30, side: 128, label: 44, gap: 20 };

/** Actions: what to do at left; what it addresses, owner and due to be filled in at right. */
export function drawActions(actions: readonly ActionContent[], frame: Frame): Strip[] {
  const strips = actions.map((action) => actionStrip(action, frame));
  const { width, x } = frame;
  return [...strips, { height: 1, marks: [horizontal(x, 0, width, colours.ink, 1)] }, gap(8)];
}

function actionStrip(action: ActionContent, frame: Frame): Strip {
  const factor = Math.max(1, frame.scale.table.size / 8.5);
  const number = columns.number * factor;
  const side = columns.side * Math.min(1.3, factor);
  const main = inset(frame, number, frame.width - number - side - columns.gap);
  const stacked = [
    ...textStrips([{ text: action.title }], 'h3', main),
    ...textStrips([{ text: action.text }], 'text', main),
    gap(5),
    ...textStrips(
      [{ text: `${actionLabels.findings}  `, strong: true, tone: 'quiet' }, ...action.findings],
      'table',
      main,
    ),
    ...(action.frameworks === ''
      ? []
      : textStrips(
          [{ text: `${actionLabels.frameworks}  `, strong: true, tone: 'quiet' }, { text: action.frameworks }],
          'table',
          main,
        )),
  ];
  const marks: Mark[] = [
    horizontal(frame.x, 0.5, frame.width, colours.ink, 1),
    { kind: 'anchor', y: 0, name: action.anchor },
  ];
  let y = 8;
  const first = y + (stacked[0]?.baseline ?? 12);
  marks.push(...inlineMarks([{ text: `R${action.number}`, tone: 'accent' }], 'h2', frame, frame.x, first, true));
  for (const strip of stacked) {
    marks.push(...strip.marks.map((mark) => shiftMark(mark, y)));
    y += strip.height;
  }
  const sideHeight = sideMarks(action, frame, frame.x + frame.width - side, side, first, marks);
  return { height: Math.max(y, sideHeight) + 12, marks };
}

function sideMarks(
  action: ActionContent,
  frame: Frame,
  x: number,
  width: number,
  first: number,
  marks: Mark[],
): number {
  const { leading, size } = frame.scale.table;
  const labelWidth = Math.max(columns.label, inlineWidth([{ text: actionLabels.addresses }], 'table', frame) + 8);
  const label = (text: string, y: number): void => {
    marks.push(...inlineMarks([{ text, tone: 'quiet' }], 'table', frame, x, y));
  };
  label(actionLabels.addresses, first);
  const { count: total, word } = addressedFindings(action);
  const addressed: Inline = [{ text: formatCount(total), strong: true }, { text: ` ${word}` }];
  marks.push(...inlineMarks(addressed, 'table', frame, x + labelWidth, first));
  let chipX = x + labelWidth;
  let chipY = first + leading + 3;
  for (const severity of severities.filter((one) => action.addresses[one] > 0)) {
    const side = 1.3 * size;
    const count: Inline = [{ text: formatCount(action.addresses[severity]) }];
    const chipWidth = side + 2 + inlineWidth(count, 'table', frame);
    if (chipX > x + labelWidth && chipX + chipWidth > x + width) {
      chipX = x + labelWidth;
      chipY += leading + 5;
    }
    marks.push(...chipMarks(severity, frame, chipX, chipY, size, side));
    marks.push(...inlineMarks(count, 'table', frame, chipX + side + 2, chipY));
    chipX += chipWidth + 7;
  }
  let y = chipY;
  for (const text of [actionLabels.owner, actionLabels.due]) {
    y += Math.max(22, 2 * leading);
    label(text, y - 8);
    marks.push(horizontal(x + labelWidth, y, width - labelWidth, colours.ink2, 0.5));
  }
  return y;
}
