import type { Severity } from '#domain';
import { face } from '../../fonts/faces.ts';
import type { FaceName } from '../../fonts/font-files.ts';
import { measure } from '../../typesetting/measure.ts';
import { colours, severityMarks } from '../../theme/colours.ts';
import type { Frame } from './frame.ts';
import { type Mark, rect } from './marks.ts';

/** Middle of capitals above their baseline, in sizes of type: signs are centred on it. */
export const signMiddle = 0.36;

/** A square with the severity's letter, centred on the line of text whose baseline is `y`. */
export function chipMarks(
  severity: Severity,
  frame: Frame,
  x: number,
  y: number,
  textSize: number,
  side: number,
): Mark[] {
  const { fill, border, letter, letterColour } = severityMarks[severity];
  const top = y - signMiddle * textSize - side / 2;
  const size = 0.72 * side;
  const name: FaceName = `${frame.scale.table.family}-Bold`;
  const width = (measure(letter, name) * size) / 1000;
  const capHeight = (face(name).ascent * 0.79 * size) / 1000;
  return [
    rect(x + 0.3, top + 0.3, side - 0.6, side - 0.6, { fill, stroke: border, lineWidth: 0.6 }),
    {
      kind: 'text',
      x: x + (side - width) / 2,
      y: top + (side + capHeight) / 2,
      text: letter,
      face: name,
      size,
      colour: letterColour,
    },
  ];
}

/** Hatching at 45°: each line's two ends are computed, so nothing needs to be clipped. */
export function hatchMarks(x: number, y: number, width: number, height: number, pitch = 4, large = false): Mark[] {
  const stroke = large ? colours.hatchLarge : colours.hatch;
  const marks: Mark[] = [];
  for (let k = pitch; k < width + height; k += pitch) {
    marks.push({
      kind: 'line',
      x: x + Math.min(k, width),
      y: y + Math.max(0, k - width),
      toX: x + Math.max(0, k - height),
      toY: y + Math.min(k, height),
      stroke,
      lineWidth: 0.6,
    });
  }
  marks.push(rect(x + 0.25, y + 0.25, width - 0.5, height - 0.5, { stroke, lineWidth: 0.5 }));
  return marks;
}
