import { noRows } from '../../model/printed-words.ts';
import type { StaticTableBlock, TableColumn } from '../../model/report-content.ts';
import { formatCount } from '../../format/numbers.ts';
import { columnScale, drawTable } from './draw-table.ts';
import type { Frame } from '../strips/frame.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { inlineWidth, textStrips } from '../strips/text-strips.ts';

/** No column is narrower, and a word up to the second width is not broken. */
const narrowest = 24;
const longestWord = 110;
/** Rows and characters that are measured: the look of a table is settled by its beginning. */
const measuredRows = 60;
const measuredText = 300;
/** The widest column takes what is left over, and at least this. */
const widestFrom = 90;
const columnGap = 10;

interface Need {
  /** Of the longest word, within bounds. */
  readonly least: number;
  /** Of the longest line, without a break. */
  readonly whole: number;
}

/**
 * A table of a template's own words: columns as wide as their texts ask for. Columns that do not fit beside each other
 * go on in a further table below, which begins with the first column again.
 */
export function drawStaticTable(table: StaticTableBlock, frame: Frame, first: boolean): Strip[] {
  const above = first ? [] : [gap(8, table.title !== '')];
  const title =
    table.title === '' ? above : [...above, ...textStrips([{ text: table.title }], 'h3', frame, true), gap(4, true)];
  if (table.columns.length === 0) return [...title, ...textStrips([{ text: noRows, tone: 'quiet' }], 'table', frame)];
  const needs = table.columns.map((_, index) => needOf(table, index, frame));
  const bands = bandsOf(needs, frame.width);
  return bands.flatMap((band, index) => {
    const own = band.map((column, at) => {
      const { least, whole } = needs[column] ?? { least: narrowest, whole: narrowest };
      const indent = table.columns[column]?.align ? 0 : followsNumbers(table, band[at - 1]);
      return { least: least + indent, whole: whole + indent };
    });
    const widths = widthsOf(own, frame);
    const columns = band.map((column, at): TableColumn => {
      const { title: head, align } = table.columns[column] ?? { title: '' };
      const indent = align ? 0 : followsNumbers(table, band[at - 1]);
      return { title: head, width: widths[at] ?? '*', ...(align ? { align } : {}), ...(indent > 0 ? { indent } : {}) };
    });
    const rows = table.rows.map((row) => ({ cells: band.map((column) => row[column] ?? { lines: [] }) }));
    const drawn = drawTable({ kind: 'table', columns, rows, ...(rows.length === 0 ? { empty: noRows } : {}) }, frame);
    return [...(index === 0 ? title : [gap(10)]), ...bandNote(band, bands, table, frame), ...drawn];
  });
}

/** Room left of a column of text that stands beside figures. */
const followsNumbers = (table: StaticTableBlock, before: number | undefined): number =>
  table.columns[before ?? -1]?.align === 'right' ? 10 : 0;

function bandNote(band: readonly number[], bands: readonly unknown[], table: StaticTableBlock, frame: Frame): Strip[] {
  if (bands.length === 1) return [];
  const [first, second] = band;
  const from = first === 0 && bands[0] !== band ? (second ?? 0) : (first ?? 0);
  const text = `Columns ${formatCount(from + 1)} – ${formatCount((band.at(-1) ?? 0) + 1)} of ${formatCount(table.columns.length)}`;
  return [...textStrips([{ text }], 'small', frame, true), gap(2, true)];
}

function needOf(table: StaticTableBlock, index: number, frame: Frame): Need {
  const texts = table.rows
    .slice(0, measuredRows)
    .map((row) => row[index]?.lines[0]?.map((span) => span.text).join('') ?? '');
  const width = (text: string, bold?: boolean): number =>
    inlineWidth([{ text: text.slice(0, measuredText) }], 'table', frame, bold);
  const widest = (pattern: RegExp): number =>
    Math.max(
      ...(table.columns[index]?.title ?? '').split(pattern).map((part) => width(part, true)),
      ...texts.flatMap((text) => text.slice(0, measuredText).split(pattern)).map((part) => width(part)),
    );
  const least = Math.min(longestWord, Math.max(narrowest, widest(/\s+/) + columnGap));
  return { least, whole: Math.max(least, widest(/\n/) + columnGap) };
}

/** Columns side by side as far as their least widths fit; later bands begin with the first column. */
function bandsOf(needs: readonly Need[], width: number): readonly (readonly number[])[] {
  const least = (index: number): number => needs[index]?.least ?? narrowest;
  const bands: number[][] = [];
  let band: number[] = [];
  const fits = (columns: readonly number[]): boolean => {
    const widths = columns.map(least);
    const widest = Math.max(...widths);
    return widths.reduce((sum, one) => sum + one, Math.max(0, widestFrom - widest)) <= width;
  };
  needs.forEach((_, index) => {
    if (band.length > 0 && band.at(-1) !== 0 && !fits([...band, index])) {
      bands.push(band);
      band = [0];
    }
    band.push(index);
  });
  bands.push(band);
  const even = evenBands(needs.length, bands.length);
  return even.every(fits) ? even : bands;
}

/** The first column in each band, the others shared out. */
const evenBands = (columns: number, count: number): readonly (readonly number[])[] => {
  const share = Math.ceil((columns - 1) / count);
  return Array.from({ length: count }, (_, band) => [
    0,
    ...Array.from({ length: Math.min(share, columns - 1 - band * share) }, (__, at) => 1 + band * share + at),
  ]);
};

/** What is left after the least widths goes to the columns by what they still lack; the widest takes the rest. */
function widthsOf(needs: readonly Need[], frame: Frame): readonly (number | '*')[] {
  const spare = Math.max(0, frame.width - needs.reduce((sum, need) => sum + need.least, 0));
  const lacks = needs.map((need) => need.whole - need.least);
  const lacking = lacks.reduce((sum, lack) => sum + lack, 0);
  const wanted = needs.map(({ least }, index) =>
    lacking === 0 ? least : least + Math.min(lacks[index] ?? 0, (spare * (lacks[index] ?? 0)) / lacking),
  );
  // Room that nobody asks for widens all columns alike.
  const filled = frame.width / wanted.reduce((sum, share) => sum + share, 0);
  const shares = wanted.map((share) => share * Math.max(1, filled));
  const widest = shares.indexOf(Math.max(...shares));
  const others = shares.reduce((sum, share, index) => (index === widest ? sum : sum + share), 0);
  const fit = Math.min(1, (frame.width - widestFrom) / Math.max(1, others));
  const drawn = columnScale(frame);
  return shares.map((share, index) => (index === widest ? '*' : (share * fit) / drawn));
}
