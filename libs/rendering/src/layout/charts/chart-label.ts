import type { TextLine } from '../../typesetting/styled-text.ts';
import type { Frame } from '../strips/frame.ts';
import { linesOf } from '../strips/text-strips.ts';
import { charactersOf } from '../../text/characters-of.ts';

/** A name in a chart's label column: one line, else two, else its middle left out (the table has it whole). */
export function chartLabel(name: string, frame: Frame, width: number, bold = false): readonly TextLine[] {
  const lines = linesOf([{ text: name }], 'chart', frame, width, bold);
  if (lines.length <= 2) return lines;
  const characters = charactersOf(name);
  for (let kept = Math.min(characters.length - 1, 80); kept > 4; kept -= 2) {
    const half = Math.ceil(kept / 2);
    const short = `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
    const tried = linesOf([{ text: short }], 'chart', frame, width, bold);
    if (tried.length <= 2) return tried;
  }
  return lines.slice(0, 2);
}
