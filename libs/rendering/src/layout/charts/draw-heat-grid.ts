import { heatCells, heatLegendOf, heatTexts } from '../../model/chart-texts.ts';
import type { HeatCell, HeatGridBlock, Inline } from '../../model/report-content.ts';
import type { TextLine } from '../../typesetting/styled-text.ts';
import { colours, heatTint } from '../../theme/colours.ts';
import { chartLabels } from './chart-label.ts';
import { hatchMarks } from '../strips/chip.ts';
import type { Frame } from '../strips/frame.ts';
import { baselineIn, lineMarksRight } from '../strips/line-marks.ts';
import { type Mark, rect } from '../strips/marks.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { inlineMarks, inlineWidth, textCentred } from '../strips/text-strips.ts';

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

/** Attack × transform: rate over k / n, darker for a higher rate; hatched where nothing was tried. */
export function drawHeatGrid(block: HeatGridBlock, frame: Frame): Strip[] {
  const labelWidth = Math.max(58, Math.min(90, 58 * (frame.scale.chart.size / 8)));
  const cell = (frame.width - labelWidth - 6 - marginGap) / (block.columns.length + 1);
  const grid: Grid = { left: frame.x + labelWidth + 6, cell, labelWidth };
  const head = headStrip(block, frame, grid);
  // A line more wherever a cell has hits beside its rate, so that all rows are of one height.
  const lines = Math.max(2, ...heatCells(block).map((cell) => heatTexts(cell)?.lines.length ?? 0));
  const together = block.rows.length <= keptTogether;
  const labels = chartLabels(
    block.rows.map((row) => row.name),
    frame,
    labelWidth,
  );
  const rows = block.rows.map((row, index): Strip => ({
    ...rowStrip(labels[index] ?? [], [...row.cells, row.all], frame, grid, { margin: false, lines }),
    keepWithNext: together || index === 0 || index === block.rows.length - 1,
    continuation: () => [head],
  }));
  const [allLabel] = chartLabels(['all'], frame, labelWidth, true);
  const all = rowStrip(allLabel ?? [], [...block.all, block.total], frame, grid, { margin: true, lines });
  return [
    head,
    ...rows,
    gap(marginGap - cellGap, true),
    { ...all, keepWithNext: true },
    legendStrip(block, frame),
    gap(8),
  ];
}

const leftOf = (grid: Grid, index: number, count: number): number =>
  grid.left + index * grid.cell + (index === count - 1 ? marginGap : 0);

function headStrip(block: HeatGridBlock, given: Frame, grid: Grid): Strip {
  const names = [...block.columns, 'all'];
  const room = grid.cell - 4;
  const frame = holdingWords(block.columns, given, room);
  const { leading, size } = frame.scale.chart;
  const labels = [...chartLabels(block.columns, frame, room), ...chartLabels(['all'], frame, room, true)];
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

function rowStrip(
  label: readonly TextLine[],
  cells: readonly HeatCell[],
  frame: Frame,
  grid: Grid,
  { margin, lines }: { readonly margin: boolean; readonly lines: number },
): Strip {
  const { leading, size } = frame.scale.chart;
  const height = Math.max(cellHeight, lines * leading + 8);
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
  const small = { ...frame, scale: { ...frame.scale, chart: { ...frame.scale.chart, size: size * 0.88 } } };
  // The rate of a narrow cell is in the tables; what it is of stands in the cell.
  const shown = width < narrowForPercent && rate !== null ? lines.slice(1) : lines;
  const top = (height - shown.length * leading) / 2;
  shown.forEach((text, index) => {
    const large = text === lines[0];
    const y = top + index * leading + baselineIn(leading, size);
    marks.push(...textCentred([{ text }], 'chart', large ? frame : small, { x, width }, y, large && rate !== null));
  });
  return marks;
}

/** Small enough that no word of a head is broken, within what can be read. */
const smallestHead = 0.75;
function holdingWords(names: readonly string[], frame: Frame, room: number): Frame {
  const words = [...new Set(names.flatMap((name) => name.split(' ')))].map((text) =>
    inlineWidth([{ text }], 'chart', frame),
  );
  const factor = room / Math.max(room, ...words.filter((width) => width * smallestHead <= room));
  const { chart } = frame.scale;
  return factor === 1 ? frame : { ...frame, scale: { ...frame.scale, chart: { ...chart, size: chart.size * factor } } };
}

/** Explains the grounds that the grid shows; the label of a small sample of each, on as many lines as they need. */
function legendStrip(block: HeatGridBlock, frame: Frame): Strip {
  const { leading, size } = frame.scale.chart;
  const box = { width: 14, height: 11 };
  const marks: Mark[] = [];
  let x = frame.x;
  let y = 6;
  for (const [text, rate] of heatLegendOf(block)) {
    const inline: Inline = [{ text, tone: 'quiet' }];
    const width = box.width + 5 + inlineWidth(inline, 'chart', frame);
    if (x > frame.x && x + width > frame.x + frame.width) {
      x = frame.x;
      y += box.height + 4;
    }
    const edge = rate === 0 ? { stroke: colours.rule, lineWidth: 0.6 } : {};
    if (rate === null) marks.push(...hatchMarks(x, y, box.width, box.height, 4, true));
    else marks.push(rect(x + 0.3, y + 0.3, box.width - 0.6, box.height - 0.6, { fill: heatTint(rate), ...edge }));
    const baseline = y + (box.height - leading) / 2 + baselineIn(leading, size);
    marks.push(...inlineMarks(inline, 'chart', frame, x + box.width + 5, baseline));
    x += width + 14;
  }
  return { height: marks.length === 0 ? 0 : y + box.height + 4, marks };
}
