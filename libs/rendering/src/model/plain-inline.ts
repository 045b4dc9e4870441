import { formatCount } from '../format/numbers.ts';
import type { Inline, TableBlock } from './report-content.ts';

/** Without the numbers of pages, and the "p." before them: only paper has pages. */
export function withoutPages(inline: Inline): Inline {
  if (!inline.some((span) => span.pageOf !== undefined)) return inline;
  return inline
    .map((span, index) =>
      inline[index + 1]?.pageOf === undefined ? span : { ...span, text: span.text.replace(/\s?p\.\u00A0$/, '') },
    )
    .filter((span) => span.pageOf === undefined && (span.text !== '' || span.masked !== undefined));
}

/** Without lines and columns that hold pages alone; titles of such tables are ours. */
export function tableWithoutPages<Table extends Pick<TableBlock, 'columns' | 'rows' | 'total'>>(table: Table): Table {
  const kept = table.columns.map((column) => column.title !== 'Page');
  const row = (one: TableBlock['rows'][number]): TableBlock['rows'][number] => ({
    ...one,
    cells: one.cells
      .filter((__, index) => kept[index] !== false)
      .map((cell) => ({ ...cell, lines: cell.lines.map(withoutPages).filter((line) => line.length > 0) })),
  });
  return {
    ...table,
    columns: table.columns.filter((_, index) => kept[index]).map(withoutPageSubtitle),
    rows: table.rows.map(row),
    ...(table.total ? { total: row(table.total) } : {}),
  };
}

function withoutPageSubtitle(column: TableBlock['columns'][number]): TableBlock['columns'][number] {
  const { subtitle, ...others } = column;
  return subtitle === undefined || subtitle === 'page' ? others : column;
}

/** In place of a withheld passage, where no bar can be drawn. */
export const maskedInWords = (count: number): string => `[${formatCount(count)} characters masked]`;

/** The words of an inline; a withheld passage is named in brackets. */
export const plainInline = (inline: Inline): string =>
  withoutPages(inline)
    .map((span) => (span.masked === undefined ? span.text : maskedInWords(span.masked)))
    .join('');
