import type { Tile } from '../../model/report-content.ts';
import { colours } from '../../theme/colours.ts';
import { type Frame, inset } from '../strips/frame.ts';
import { baselineIn, lineMarks } from '../strips/line-marks.ts';
import { horizontal, type Mark } from '../strips/marks.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { linesOf } from '../strips/text-strips.ts';

const gutter = 12;
const perRow = 4;

/** Figures side by side, each with its n: rule, label, number, two small lines. */
export function drawTiles(tiles: readonly Tile[], frame: Frame): Strip[] {
  const width = (frame.width - (perRow - 1) * gutter) / perRow;
  const { table, numeral, small } = frame.scale;
  const figure = { ...frame.scale, numeral: { ...numeral, size: numeral.size * 0.77 } };
  let height = 0;
  const marks: Mark[] = tiles.flatMap((tile, index) => {
    const x = frame.x + index * (width + gutter);
    const own = inset({ ...frame, scale: figure }, x - frame.x, width);
    const drawn: Mark[] = [horizontal(x, 0.5, width, colours.ink, 1)];
    let y = 5;
    const add = (
      text: string,
      role: 'table' | 'numeral' | 'small',
      leading: number,
      bold: boolean,
      tone?: 'quiet',
    ): void => {
      const lines = linesOf([tone ? { text, tone } : { text }], role, own, width, bold);
      for (const line of lines) {
        drawn.push(...lineMarks(line, x, y + baselineIn(leading, figure[role].size)));
        y += leading;
      }
    };
    add(tile.label, 'table', table.leading, true, 'quiet');
    y += 3;
    add(tile.value, 'numeral', numeral.size * 0.95, true);
    y += 3;
    for (const text of tile.lines) add(text, 'small', small.leading, false);
    height = Math.max(height, y);
    return drawn;
  });
  return [{ height, marks }, gap(4)];
}
