import { heatLegendOf, heatTexts, untriedText } from '../../model/chart-texts.ts';
import { findingColumns } from '../../model/finding-columns.ts';
import { noRows } from '../../model/printed-words.ts';
import { tableWithoutPages } from '../../model/plain-inline.ts';
import { againAnchor } from '../../model/place-names.ts';
import type {
  FindingContent,
  HeatCell,
  HeatGridBlock,
  StaticTableBlock,
  TableBlock,
  TableCell,
  TableColumn,
  TableRow,
} from '../../model/report-content.ts';
import { cellInlineHtml, partedHtml } from './html-inline.ts';
import { chipHtml, stateHtml } from './html-signs.ts';
import { markup, type Markup, raw } from './markup.ts';

/** The line of the printed report, what its widest column keeps, and room for a face that is wider than ours. */
const line = { width: 482, leastRest: 90, mostGrowth: 1.2 };

/** Columns share the line as in print, as far as the one that takes the rest keeps its room. */
function columnHtml(columns: readonly TableColumn[]): readonly Markup[] {
  const fixed = columns.reduce((sum, { width }) => sum + (width === '*' ? 0 : width), 0);
  const rests = columns.filter(({ width }) => width === '*').length;
  const factor = Math.min(line.mostGrowth, (line.width - line.leastRest * rests) / Math.max(1, fixed));
  const share = (width: number): number => Math.round(((width * factor) / line.width) * 10_000) / 100;
  return columns.map(({ width }) => (width === '*' ? markup`<col>` : markup`<col style="width:${share(width)}%">`));
}

const headHtml = (columns: readonly TableColumn[]): Markup =>
  markup`<colgroup>${columnHtml(columns)}</colgroup><thead><tr>${columns.map(
    (column) =>
      markup`<th scope="col"${classes(column)}>${column.title}${column.subtitle === undefined ? null : markup`<br><span class="faint">${column.subtitle}</span>`}</th>`,
  )}</tr></thead>`;

function classes(column: Pick<TableColumn, 'align' | 'indent'> | undefined): Markup | null {
  if (column?.align === 'right') return raw(' class="right"');
  return column?.indent === undefined ? null : raw(' class="indent"');
}

function cellHtml(cell: TableCell, column: TableColumn | undefined): Markup {
  const sign = cell.severity ? chipHtml(cell.severity) : cell.state ? stateHtml(cell.state) : null;
  const lines = cell.lines.map((line, index) => markup`${index === 0 ? null : raw('<br>')}${cellInlineHtml(line)}`);
  return markup`<td${classes(column)}>${sign}${sign && lines.length > 0 ? ' ' : null}${lines}</td>`;
}

const rowHtml = (row: TableRow, columns: readonly TableColumn[], kind = ''): Markup =>
  markup`<tr${row.anchor === undefined ? null : markup` id="${row.anchor}"`}${row.startsGroup ? raw(' class="group"') : kind === '' ? null : markup` class="${kind}"`}>${row.cells.map((cell, index) => cellHtml(cell, columns[index]))}</tr>`;

export function tableHtml(given: TableBlock): Markup {
  const table = tableWithoutPages(given);
  const rows =
    table.empty === undefined
      ? table.rows.map((row) => rowHtml(row, table.columns))
      : markup`<tr><td class="empty" colspan="${table.columns.length}">${table.empty}</td></tr>`;
  const total = table.total ? rowHtml(table.total, table.columns, 'total') : null;
  return markup`<div class="wide"><table class="fixed">${headHtml(table.columns)}<tbody>${rows}${total}</tbody></table></div>`;
}

export function staticTableHtml(table: StaticTableBlock): Markup {
  const caption = table.title === '' ? null : markup`<caption>${table.title}</caption>`;
  const columns = table.columns.map((column): TableColumn => ({ ...column, width: '*' }));
  const rows =
    table.rows.length === 0
      ? markup`<tr><td class="empty" colspan="${Math.max(1, columns.length)}">${noRows}</td></tr>`
      : table.rows.map((cells) => rowHtml({ cells }, columns));
  return markup`<div class="wide"><table>${caption}${headHtml(columns)}<tbody>${rows}</tbody></table></div>`;
}

const printedColumns = tableWithoutPages({ columns: findingColumns, rows: [] }).columns;

/** The findings table row by row, so that a long one is never held as one text. */
export async function* findingsTableHtml(
  batches: AsyncIterable<readonly FindingContent[]>,
  again: number | undefined,
): AsyncGenerator<Markup, undefined> {
  yield markup`<div class="wide"><table class="fixed findings">${headHtml(printedColumns)}<tbody>`;
  for await (const batch of batches) {
    for (const { row, rank } of batch) {
      const { rows } = tableWithoutPages({ columns: findingColumns, rows: [row] });
      for (const one of rows) yield rowHtml({ ...one, anchor: againAnchor(`row-${rank}`, again) }, printedColumns);
    }
  }
  yield markup`</tbody></table></div>`;
}

/** Grounds of heat by rate, as in print. */
function heatClass(rate: number | null, plain: boolean): string {
  if (rate === null) return 'untried';
  if (plain || rate === 0) return 'heat0';
  if (rate < 0.1) return 'heat1';
  if (rate < 0.25) return 'heat2';
  return rate < 0.5 ? 'heat3' : 'heat4';
}

function heatCellHtml(cell: HeatCell, plain: boolean, untried: string): Markup {
  const texts = heatTexts(cell);
  const ground = markup`<td class="heat ${heatClass(texts === null ? null : (texts.rate?.value ?? 0), plain)}">`;
  if (texts === null)
    return markup`${ground}<svg width="100%" height="2.2em" role="img" aria-label="${untried}"><rect width="100%" height="100%" fill="url(#hatch)"/></svg></td>`;
  const [first, ...others] = texts.lines;
  return markup`${ground}${texts.rate === null ? first : markup`<strong>${first}</strong>`}${others.map((line) => markup`<br><span class="kn">${line}</span>`)}</td>`;
}

export function heatGridHtml(block: HeatGridBlock): Markup {
  const untried = untriedText(block);
  const row = (name: string, cells: readonly HeatCell[], all: HeatCell, total: boolean): Markup =>
    markup`<tr${total ? raw(' class="total"') : null}><th scope="row">${partedHtml(name)}</th>${cells.map((cell) => heatCellHtml(cell, total, untried))}${heatCellHtml(all, true, untried)}</tr>`;
  const samples = heatLegendOf(block).map(
    ([text, rate]) =>
      markup`<li><span class="swatch ${heatClass(rate, false)}">${rate === null ? raw('<svg width="100%" height="100%"><rect width="100%" height="100%" fill="url(#hatch)"/></svg>') : null}</span>${text}</li>`,
  );
  return markup`<div class="wide"><table class="grid"><thead><tr><td></td>${block.columns.map((name) => markup`<th scope="col">${partedHtml(name)}</th>`)}<th scope="col">all</th></tr></thead><tbody>${block.rows.map((one) => row(one.name, one.cells, one.all, false))}${row('all', block.all, block.total, true)}</tbody></table></div>${samples.length > 0 && markup`<ul class="legend">${samples}</ul>`}`;
}
