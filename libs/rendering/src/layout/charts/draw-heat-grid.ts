import { heatLegend, heatTexts } from '../../model/chart-texts.ts';
import type { HeatCell, HeatGridBlock, Inline } from '../../model/report-content.ts';
import { colours, heatTint } from '../../theme/colours.ts';
import { chartLabel } from './chart-label.ts';
import { hatchMarks } from '../strips/chip.ts';
import type { Frame } from '../strips/frame.ts';
import { baselineIn, lineMarksRight } from '../strips/line-marks.ts';
import { type Mark, rect } from '../strips/marks.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { inlineMarks, linesOf, textCentred } from '../strips/text-strips.ts';

const cellGap = 1.5;
const marginGap = 4;
const cellHeight = 30;
const narrowForPercent = 44;
const keptTogether = 20;

interface Grid {
  readonly left: number;
  readonly cell: number;
  readonly labelWidth: number;
}

/** Attack × transform: rate over k / n, darker for more successes; hatched where nothing was tried. */
export function drawHeatGrid(block: HeatGridBlock, frame: Frame): Strip[] {
  const labelWidth = Math.max(58, Math.min(90, 58 * (frame.scale.chart.size / 8)));
  const cell = (frame.width - labelWidth - 6 - marginGap) / (block.columns.length + 1);
  const grid: Grid = { left: frame.x + labelWidth + 6, cell, labelWidth };
  const head = headStrip(block, frame, grid);
  const together = block.rows.length <= keptTogether;
  const rows = block.rows.map((row, index): Strip => ({
    ...rowStrip(row.name, [...row.cells, row.all], frame, grid, false),
    keepWithNext: together || index === 0 || index === block.rows.length - 1,
    continuation: () => [head],
  }));
  const all = rowStrip('all', [...block.all, block.total], frame, grid, true);
  return [head, ...rows, gap(marginGap - cellGap, true), { ...all, keepWithNext: true }, legendStrip(frame), gap(8)];
}

const leftOf = (grid: Grid, index: number, count: number): number =>
  grid.left + index * grid.cell + (index === count - 1 ? marginGap : 0);

function headStrip(block: HeatGridBlock, frame: Frame, grid: Grid): Strip {
  const { leading, size } = frame.scale.chart;
  const names = [...block.columns, 'all'];
  const labels = names.map((name) => chartLabel(name, frame, grid.cell - 4, name === 'all'));
  const rows = Math.max(...labels.map((lines) => lines.length));
  const marks = labels.flatMap((lines, index) =>
    lines.flatMap((line, i) => {
      const middle = leftOf(grid, index, names.length) + (grid.cell - cellGap) / 2;
      const y = (rows - lines.length + i) * leading + baselineIn(leading, size);
      return lineMarksRight(line, middle + line.width / 2, y);
    }),
  );
  return { height: rows * leading + 4, marks, keepWithNext: true };
}

function rowStrip(name: string, cells: readonly HeatCell[], frame: Frame, grid: Grid, margin: boolean): Strip {
  const { leading, size } = frame.scale.chart;
  const label = chartLabel(name, frame, grid.labelWidth, margin);
  const height = Math.max(cellHeight, 2 * leading + 8);
  const top = (height - label.length * leading) / 2;
  const marks = label.flatMap((line, i) =>
    lineMarksRight(line, frame.x + grid.labelWidth, top + i * leading + baselineIn(leading, size)),
  );
  cells.forEach((cell, index) => {
    const plain = margin || index === cells.length - 1;
    marks.push(...cellMarks(cell, frame, leftOf(grid, index, cells.length), grid.cell - cellGap, height, plain));
  });
  return { height: height + cellGap, marks };
}

function cellMarks(cell: HeatCell, frame: Frame, x: number, width: number, height: number, plain: boolean): Mark[] {
  const texts = heatTexts(cell);
  if (texts === null) return hatchMarks(x, 0, width, height, 4, true);
  const { rate, lines } = texts;
  const tint = rate === null || plain ? colours.white : heatTint(rate.value);
  const edge = tint === colours.white ? { stroke: rate === null ? colours.hatch : colours.rule, lineWidth: 0.6 } : {};
  const marks: Mark[] = [rect(x + 0.3, 0.3, width - 0.6, height - 0.6, { fill: tint, ...edge })];
  const { leading, size } = frame.scale.chart;
  const first = width < narrowForPercent && rate !== null ? null : lines[0];
  const second = { ...frame, scale: { ...frame.scale, chart: { ...frame.scale.chart, size: size * 0.88 } } };
  const top = (height - (first === null ? 1 : 2) * leading) / 2;
  const centred = (text: string, own: Frame, y: number, bold: boolean): void => {
    marks.push(...textCentred([{ text }], 'chart', own, { x, width }, y, bold));
  };
  if (first !== null) centred(first, frame, top + baselineIn(leading, size), rate !== null);
  centred(lines[1], second, top + (first === null ? 0 : leading) + baselineIn(leading, size), false);
  return marks;
}

/** Explains the grounds; the label of a small sample of each. */
function legendStrip(frame: Frame): Strip {
  const { leading, size } = frame.scale.chart;
  const box = { width: 14, height: 11 };
  const marks: Mark[] = [];
  let x = frame.x;
  const y = 6;
  for (const [text, rate] of heatLegend) {
    const inline: Inline = [{ text, tone: 'quiet' }];
    const edge = rate === 0 ? { stroke: colours.rule, lineWidth: 0.6 } : {};
    if (rate === null) marks.push(...hatchMarks(x, y, box.width, box.height, 4, true));
    else marks.push(rect(x + 0.3, y + 0.3, box.width - 0.6, box.height - 0.6, { fill: heatTint(rate), ...edge }));
    marks.push(
      ...inlineMarks(
        inline,
        'chart',
        frame,
        x + box.width + 5,
        y + (box.height - leading) / 2 + baselineIn(leading, size),
      ),
    );
    x += box.width + 5 + linesOf(inline, 'chart', frame, 400).reduce((sum, line) => sum + line.width, 0) + 14;
  }
  return { height: y + box.height + 4, marks };
}
