import type { Block, Inline, LabelledRow } from '../../model/report-content.ts';
import { colours } from '../../theme/colours.ts';
import { labelColumn, proseWidth } from '../../theme/geometry.ts';
import type { TypeRole } from '../../theme/type-scale.ts';
import { drawActions } from './draw-actions.ts';
import { drawOutcomeBars, drawSeverityBar } from '../charts/draw-bars.ts';
import { drawDotChart } from '../charts/draw-dot-chart.ts';
import { drawEvidence } from './draw-evidence.ts';
import { drawHeatGrid } from '../charts/draw-heat-grid.ts';
import { drawHeading } from './draw-headings.ts';
import { drawImage } from './draw-image.ts';
import { drawLiftChart } from '../charts/draw-lift-chart.ts';
import { drawStaticTable } from './draw-static-table.ts';
import { drawStates } from './draw-states.ts';
import { drawTable } from './draw-table.ts';
import { drawTiles } from './draw-tiles.ts';
import { drawTurns } from './draw-turns.ts';
import { type Frame, inset } from '../strips/frame.ts';
import { baselineIn, lineMarks } from '../strips/line-marks.ts';
import { type Mark, rect } from '../strips/marks.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { linesOf, textStrips } from '../strips/text-strips.ts';

const roles: Readonly<Record<Extract<Block, { kind: 'prose' }>['role'], TypeRole>> = {
  lead: 'body',
  body: 'body',
  text: 'text',
  small: 'small',
  table: 'table',
};

/** Blocks of one column, one below the other; `above`: something stands over the first. */
export function drawBlocks(blocks: readonly Block[], frame: Frame, above = false): Strip[] {
  const strips: Strip[] = [];
  blocks.forEach((block, index) => {
    for (const strip of drawBlock(block, frame, index === 0 && !above)) strips.push(strip);
  });
  return strips;
}

function drawBlock(block: Block, frame: Frame, first: boolean): readonly Strip[] {
  switch (block.kind) {
    case 'heading':
      return drawHeading(block, frame, first);
    case 'prose': {
      // A lead stays with what it leads to.
      const leads = block.role === 'lead';
      const column = inset(frame, 0, Math.min(proseWidth, frame.width));
      const strips = textStrips(block.inline, roles[block.role], column, leads);
      strips.push(leads ? gap(12, true) : gap(6));
      return strips;
    }
    case 'banner':
      return drawBanner(block.inline, frame);
    case 'labelled':
      return drawLabelledRows(block.rows, frame);
    case 'table':
      return [...drawTable(block, frame), gap(8)];
    case 'static_table':
      return [...drawStaticTable(block, frame, first), gap(12)];
    case 'image':
      return [...(first ? [] : [gap(8)]), ...drawImage(block, frame), gap(12)];
    case 'tiles':
      return drawTiles(block.tiles, frame);
    case 'outcome_bars':
      return drawOutcomeBars(block.rows, frame);
    case 'severity_bar':
      return drawSeverityBar(block.counts, frame);
    case 'dot_chart':
      return drawDotChart(block, frame);
    case 'lift_chart':
      return drawLiftChart(block, frame);
    case 'heat_grid':
      return drawHeatGrid(block, frame);
    case 'actions':
      return drawActions(block.actions, frame);
    case 'states':
      return drawStates(block.rows, frame);
    case 'evidence':
      return drawEvidence(block, frame);
    case 'turns':
      return drawTurns(block.turns, block.end, frame);
    case 'findings_table':
    case 'finding_details':
      // Filled by the document from the stream of findings.
      return [];
  }
}

function drawBanner(inline: Inline, frame: Frame): Strip[] {
  const strips = textStrips(inline, 'text', inset(frame, 12));
  return [
    ...strips.map((strip) => ({
      ...strip,
      marks: [rect(frame.x, 0, 3, strip.height + 0.4, { fill: colours.ink }), ...strip.marks],
    })),
    gap(12),
  ];
}

/** So many strips may wait for the one that follows without a hole at the end of the page. */
const shortRow = 8;

/** The last row does not stand alone at the top of a page: a short one before it comes along. */
function drawLabelledRows(rows: readonly LabelledRow[], frame: Frame): Strip[] {
  const drawn = rows.map((row) => drawLabelled(row, frame));
  return drawn.flatMap((strips, index) =>
    index === drawn.length - 2 && strips.length <= shortRow
      ? strips.map((strip) => ({ ...strip, keepWithNext: true }))
      : strips,
  );
}

/** A label in the left column, set on the first line of what stands beside it. */
export function drawLabelled(row: LabelledRow, frame: Frame, column: number = labelColumn.width): Strip[] {
  const factor = Math.min(1.45, frame.scale.table.size / 8.5);
  const room = column * Math.max(1, factor);
  const left = room + labelColumn.gap;
  const strips = drawBlocks(row.blocks, inset(frame, left));
  while (strips.at(-1)?.space === true) strips.pop();
  const { leading, size } = frame.scale.table;
  const label = linesOf([{ text: row.label, tone: 'quiet' }], 'table', frame, room, true);
  const first = strips[0] ?? { height: leading, marks: [] };
  const baseline = first.baseline ?? baselineIn(leading, size);
  const marks: Mark[] = [];
  label.forEach((line, index) => {
    for (const mark of lineMarks(line, frame.x, baseline + index * leading)) marks.push(mark);
  });
  let height = 0;
  for (const strip of strips) height += strip.height;
  const missing = baseline + (label.length - 1) * leading + 0.3 * size - height;
  for (const mark of first.marks) marks.push(mark);
  strips[0] = { ...first, marks };
  strips.push(gap(9 + Math.max(0, missing)));
  return strips;
}
