import type { TableBlock, TableCell, TableColumn, TableRow } from '../../model/report-content.ts';
import { unbrokenParts } from '../../text/name-words.ts';
import type { TextLine } from '../../typesetting/styled-text.ts';
import { colours } from '../../theme/colours.ts';
import { chipMarks } from '../strips/chip.ts';
import type { Frame } from '../strips/frame.ts';
import { baselineIn, lineMarks, lineMarksRight } from '../strips/line-marks.ts';
import { horizontal, type Mark } from '../strips/marks.ts';
import { stateMarks } from '../strips/state-marks.ts';
import type { Strip } from '../strips/strip.ts';
import { inlineWidth, linesOf } from '../strips/text-strips.ts';

interface PlacedColumn extends TableColumn {
  readonly left: number;
  readonly room: number;
  readonly right: number;
}

const padding = 3;
const cellGap = 5;
const tableSize = 8.5;
const narrowestRest = 90;
/** Of what that column has where the others are as wide as they were designed. */
const leastOfRest = 0.75;
/** A fixed-pitch letter is a fifth wider than the columns are made for. */
const fixedPitch = 1.2;
const smallestType = 6;

/** The table's head and rows; the head comes again on each page, a tall row breaks between its lines. */
export function drawTable(table: TableBlock, given: Frame): Strip[] {
  const widths = holdingWords(table, given);
  const frame = fitted(widths, given);
  const columns = placeColumns(widths, frame);
  const head = drawHead(columns, frame);
  const repeatHead = (): Strip[] => [{ ...head, keepWithNext: true }];
  if (table.empty !== undefined) return [...repeatHead(), emptyRow(table.empty, frame)];
  return [
    ...repeatHead(),
    ...table.rows.flatMap((row, index) => drawTableRow(table, row, index, columns, frame, repeatHead)),
  ].concat(
    table.total ? drawRow(table.total, columns, frame, { bold: true, below: null, keep: false, repeatHead }) : [],
  );
}

/** Rows of an endless table, for one that is fed row by row. */
export function tableRowDrawer(
  table: Pick<TableBlock, 'columns'>,
  given: Frame,
): { readonly head: () => Strip[]; readonly row: (row: TableRow, next: TableRow | null, keep: boolean) => Strip[] } {
  const frame = fitted(table.columns, given);
  const columns = placeColumns(table.columns, frame);
  const head = drawHead(columns, frame);
  const repeatHead = (): Strip[] => [{ ...head, keepWithNext: true }];
  return {
    head: repeatHead,
    row: (row, next, keep) => drawRow(row, columns, frame, { bold: false, below: ruleBelow(next), keep, repeatHead }),
  };
}

interface Rule {
  readonly colour: string;
  readonly width: number;
}

function ruleBelow(next: TableRow | null): Rule {
  if (next === null) return { colour: colours.ink, width: 0.75 };
  return next.startsGroup ? { colour: colours.ink2, width: 1 } : { colour: colours.hair, width: 0.5 };
}

function drawTableRow(
  table: TableBlock,
  row: TableRow,
  index: number,
  columns: readonly PlacedColumn[],
  frame: Frame,
  repeatHead: () => Strip[],
): Strip[] {
  const last = table.rows.length - 1;
  const keep =
    (index === 0 && last > 0) || (index === last - 1 && last > 0) || (index === last && table.total !== undefined);
  return drawRow(row, columns, frame, {
    bold: false,
    below: ruleBelow(table.rows[index + 1] ?? null),
    keep,
    repeatHead,
  });
}

/** What the widths of columns are multiplied by where they have the room. */
export const columnScale = ({ scale: { table } }: Frame): number =>
  (table.size / tableSize) * (table.family === 'Cousine' ? fixedPitch : 1);

/** What columns are multiplied by: the size of type, as far as the column that takes the rest keeps its room. */
function columnFactor(columns: readonly TableColumn[], frame: Frame): { wanted: number; factor: number } {
  const fixed = columns.reduce((sum, column) => sum + (column.width === '*' ? 0 : column.width), 0);
  const rests = columns.filter((column) => column.width === '*').length;
  const wanted = columnScale(frame);
  // Sentences stand in the rest: figures that grow must not leave them two words a line.
  const rest = Math.max(narrowestRest * Math.max(1, rests), leastOfRest * (frame.width - fixed));
  return { wanted, factor: Math.min(wanted, (frame.width - rest) / fixed) };
}

/** Where columns cannot grow with the type, the type follows the columns: figures never run into each other. */
function fitted(columns: readonly TableColumn[], frame: Frame): Frame {
  const { wanted, factor } = columnFactor(columns, frame);
  if (factor >= wanted) return frame;
  const { table, mono } = frame.scale;
  const shrunk = (style: typeof table): typeof table => {
    const size = Math.max(smallestType, (style.size * factor) / wanted);
    return { ...style, size, leading: (style.leading * size) / style.size };
  };
  return { ...frame, scale: { ...frame.scale, table: shrunk(table), mono: shrunk(mono) } };
}

/** Rows whose words are looked at: what comes later is seldom of another kind. */
const measuredRows = 200;
/** Words up to this length are kept whole, and so are the words of longer names; names out of files may be of any length. */
const longestWord = 14;
const keptWhole = (word: string): readonly string[] =>
  (word.length <= longestWord ? [word] : unbrokenParts(word)).filter(({ length }) => length <= longestWord);

/** Columns as wide as their longest word, as far as the column that takes the rest keeps its room. */
function holdingWords({ columns, rows }: TableBlock, frame: Frame): readonly TableColumn[] {
  const { wanted, factor } = columnFactor(columns, frame);
  if (factor < wanted) return columns;
  const wider = columns.map((column, index): TableColumn => {
    if (column.width === '*') return column;
    const words = new Set<string>();
    let sign = 0;
    for (const row of rows.slice(0, measuredRows)) {
      const cell = row.cells[index];
      if (!cell) continue;
      sign = Math.max(sign, signWidth(cell, frame));
      for (const word of cell.lines
        .flat()
        .flatMap(({ text }) => text.split(' '))
        .flatMap(keptWhole))
        words.add(word);
    }
    const widest = Math.max(0, ...[...words].map((text) => inlineWidth([{ text }], 'table', frame)));
    const least =
      (widest + sign + 0.5) / factor + (column.indent ?? 0) + (column.align === 'right' ? 0 : cellGap / factor);
    return least > column.width ? { ...column, width: least } : column;
  });
  return columnFactor(wider, frame).factor < wanted ? columns : wider;
}

function placeColumns(columns: readonly TableColumn[], frame: Frame): PlacedColumn[] {
  const { factor } = columnFactor(columns, frame);
  const fixed = columns.reduce((sum, column) => sum + (column.width === '*' ? 0 : column.width), 0);
  const rests = columns.filter((column) => column.width === '*').length;
  const rest = rests === 0 ? 0 : (frame.width - fixed * factor) / rests;
  let x = frame.x;
  return columns.map((column, index) => {
    const width = column.width === '*' ? rest : column.width * factor;
    const left = x + (column.indent ?? 0) * factor;
    const right = index === columns.length - 1 ? frame.x + frame.width : x + width;
    x += width;
    const gap = column.align === 'right' || index === columns.length - 1 ? 0 : cellGap;
    return { ...column, left, right, room: Math.max(10, right - left - gap) };
  });
}

function drawHead(columns: readonly PlacedColumn[], frame: Frame): Strip {
  const { leading, size } = frame.scale.table;
  const titles = columns.map((column, index) => [
    ...linesOf([{ text: column.title, tone: 'quiet' }], 'table', frame, headRoom(columns, index), true),
    ...(column.subtitle === undefined
      ? []
      : linesOf([{ text: column.subtitle, tone: 'faint' }], 'table', frame, column.room)),
  ]);
  const rows = Math.max(...titles.map((lines) => lines.length));
  const height = rows * leading + 2 * padding;
  const marks = columns.flatMap((column, index) => {
    const lines = titles[index] ?? [];
    return lines.flatMap((line, row) =>
      cellLine(line, column, padding + (rows - lines.length + row) * leading + baselineIn(leading, size)),
    );
  });
  marks.push(horizontal(frame.x, height, frame.width, colours.ink, 0.75));
  return { height, marks, baseline: padding + (rows - 1) * leading + baselineIn(leading, size) };
}

/** A title may run over the columns after it that have none. */
function headRoom(columns: readonly PlacedColumn[], index: number): number {
  const column = columns[index];
  if (!column) return 0;
  let last = column;
  for (let next = columns[index + 1], i = index + 1; next?.title === ''; next = columns[++i]) last = next;
  return last === column ? column.room : last.right - column.left - cellGap;
}

const cellLine = (line: TextLine, column: PlacedColumn, y: number): Mark[] =>
  column.align === 'right' ? lineMarksRight(line, column.right, y) : lineMarks(line, column.left, y);

interface RowLook {
  readonly bold: boolean;
  readonly below: Rule | null;
  readonly keep: boolean;
  readonly repeatHead: () => Strip[];
}

function drawRow(row: TableRow, columns: readonly PlacedColumn[], frame: Frame, look: RowLook): Strip[] {
  const { leading, size } = frame.scale.table;
  const cells = row.cells.map((cell, index) => cellLines(cell, columns[index], frame, look.bold));
  const count = Math.max(1, ...cells.map((lines) => lines.length));
  const firstBaseline = padding + baselineIn(leading, size);
  const extras = row.cells.flatMap((cell, index) => signMarks(cell, columns[index], frame, firstBaseline));
  const anchor: Mark[] = row.anchor === undefined ? [] : [{ kind: 'anchor', y: 0, name: row.anchor }];
  const lineAt = (index: number, y: number): Mark[] =>
    columns.flatMap((column, c) => {
      const line = cells[c]?.[index];
      return line ? cellLine(line, column, y) : [];
    });
  const rule = (y: number): Mark[] =>
    look.below ? [horizontal(frame.x, y, frame.width, look.below.colour, look.below.width)] : [];
  const height = count * leading + 2 * padding;
  const shared = {
    continuation: look.repeatHead,
    keepWithNext: look.keep,
    ...(row.rank === undefined ? {} : { rank: row.rank }),
  };

  if (height <= frame.pageHeight / 3) {
    const marks = [...anchor, ...extras];
    for (let i = 0; i < count; i++) marks.push(...lineAt(i, firstBaseline + i * leading));
    return [{ ...shared, height, marks: [...marks, ...rule(height)], baseline: firstBaseline }];
  }
  const again = (): Strip[] => [...look.repeatHead(), continuedRow(row, columns, frame)];
  return Array.from({ length: count }, (_, i): Strip => {
    const top = i === 0 ? padding : 0;
    const stripHeight = leading + top + (i === count - 1 ? padding : 0);
    const marks = [...(i === 0 ? [...anchor, ...extras] : []), ...lineAt(i, top + baselineIn(leading, size))];
    if (i === count - 1) marks.push(...rule(stripHeight));
    return {
      ...shared,
      height: stripHeight,
      marks,
      continuation: i === 0 ? look.repeatHead : again,
      keepWithNext: i === 0 || i === count - 2 || (i === count - 1 && look.keep),
    };
  });
}

/** Names the row again where it goes on over a page. */
function continuedRow(row: TableRow, columns: readonly PlacedColumn[], frame: Frame): Strip {
  const { leading, size } = frame.scale.table;
  const [first] = row.cells[0]?.lines ?? [];
  const [line] = linesOf(
    [...(first ?? []), { text: ' (cont.)', tone: 'quiet' }],
    'table',
    frame,
    Number.POSITIVE_INFINITY,
  );
  const [column] = columns;
  const marks = line && column ? lineMarks(line, column.left, padding + baselineIn(leading, size)) : [];
  return { height: leading + padding, marks, keepWithNext: true };
}

function cellLines(
  cell: TableCell,
  column: PlacedColumn | undefined,
  frame: Frame,
  bold: boolean,
): readonly TextLine[] {
  if (!column) return [];
  const sign = signWidth(cell, frame);
  const room = Math.max(10, column.room - sign);
  return cell.lines.flatMap((inline, index) => {
    const lines = linesOf(inline, 'table', frame, room, bold || undefined);
    const shown = index === 0 && cell.clampFirst !== undefined ? clamp(lines, cell.clampFirst, frame) : lines;
    return sign === 0 ? shown : shown.map((line) => shifted(line, sign));
  });
}

/** Ends in "…" after `most` lines; the whole text stands where the row leads to. */
function clamp(lines: readonly TextLine[], most: number, frame: Frame): readonly TextLine[] {
  const last = lines[most - 1];
  const [dots] = linesOf([{ text: '…' }], 'table', frame, Number.POSITIVE_INFINITY);
  if (lines.length <= most || !last || !dots) return lines;
  const ended = { runs: [...last.runs, ...shifted(dots, last.width).runs], width: last.width + dots.width };
  return [...lines.slice(0, most - 1), ended];
}

const shifted = (line: TextLine, by: number): TextLine => ({
  runs: line.runs.map((run) => ({ ...run, x: run.x + by })),
  width: line.width + by,
});

const chipSide = (frame: Frame): number => 1.3 * frame.scale.table.size;

function signWidth(cell: TableCell, frame: Frame): number {
  if (cell.severity !== undefined) return chipSide(frame) + 4;
  return cell.state === undefined ? 0 : frame.scale.table.size + 5;
}

function signMarks(cell: TableCell, column: PlacedColumn | undefined, frame: Frame, y: number): Mark[] {
  if (!column) return [];
  const { size } = frame.scale.table;
  if (cell.severity !== undefined) return chipMarks(cell.severity, frame, column.left, y, size, chipSide(frame));
  return cell.state === undefined ? [] : stateMarks(cell.state, column.left, y, size);
}

function emptyRow(text: string, frame: Frame): Strip {
  const { leading, size } = frame.scale.table;
  const lines = linesOf([{ text, tone: 'quiet' }], 'table', frame, frame.width);
  const height = lines.length * leading + 2 * padding;
  const marks = lines.flatMap((line, i) => lineMarks(line, frame.x, padding + i * leading + baselineIn(leading, size)));
  return { height, marks: [...marks, horizontal(frame.x, height, frame.width, colours.ink, 0.75)] };
}
