import { countsOf } from '../../model/figures-content.ts';
import { plainInline, tableWithoutPages, withoutPages } from '../../model/plain-inline.ts';
import type {
  Block,
  HeatCell,
  ImageContent,
  Inline,
  LabelledRow,
  SectionContent,
  StaticTableBlock,
  TableBlock,
  TableCell,
  TableRow,
} from '../../model/report-content.ts';

/** A quoted text: its own words, what was withheld, what was left out. Joined strings are the text as it was sent or said. */
type QuotedPart = string | { readonly masked: number } | { readonly note: string };

/** What the struck passages of a comparison say was never sent; marks are of the reader's eye. */
function quotedParts(inline: Inline): readonly QuotedPart[] {
  const parts: QuotedPart[] = [];
  for (const span of inline) {
    if (span.struck) continue;
    const last = parts.at(-1);
    if (span.masked !== undefined) parts.push({ masked: span.masked });
    else if (span.tone !== undefined) parts.push({ note: span.text.trim() });
    else if (typeof last === 'string') parts[parts.length - 1] = last + span.text;
    else parts.push(span.text);
  }
  return parts;
}

export const sectionData = (section: SectionContent): object => ({
  number: section.number,
  title: section.title,
  lead: plainInline(section.lead),
  blocks: section.blocks.map(blockData),
});

export const labelledData = (rows: readonly LabelledRow[]): readonly object[] =>
  rows.map(({ label, blocks }) => ({ label, blocks: blocks.map(blockData) }));

/** Content as data: what only places it on paper is left out. */
function blockData(block: Block): object {
  switch (block.kind) {
    case 'heading':
      return {
        kind: 'heading',
        number: block.number,
        text: block.text,
        ...(block.note === undefined ? {} : { note: block.note }),
      };
    case 'prose':
    case 'banner':
      return { kind: block.kind, text: plainInline(block.inline) };
    case 'labelled':
      return { kind: 'labelled', rows: labelledData(block.rows) };
    case 'table':
      return tableData(block);
    case 'static_table':
      return staticTableData(block);
    case 'tiles':
      return {
        kind: 'tiles',
        tiles: block.tiles.map(({ label, value, lines }) => ({ label, value, lines: [...lines] })),
      };
    case 'outcome_bars':
      return {
        kind: 'outcome_bars',
        rows: block.rows.map(({ label, counts }) => ({ label, counts: countsOf(counts) })),
      };
    case 'severity_bar':
      return { kind: 'severity_bar', counts: block.counts };
    case 'dot_chart':
      return {
        kind: 'dot_chart',
        rows: block.rows.map(({ name, rate, notAssessed, hits }) => ({
          name,
          rate,
          not_assessed: notAssessed,
          hits_only: hits,
        })),
        overall: block.overall,
        omitted_rows: block.omittedRows,
        note: block.note,
      };
    case 'lift_chart':
      return {
        kind: 'lift_chart',
        rows: block.rows.map(({ name, rate, baseline, lift, how, p, hits }) => ({
          name,
          rate,
          hits_only: hits,
          baseline,
          lift,
          compared: how,
          p,
        })),
      };
    case 'heat_grid':
      return {
        kind: 'heat_grid',
        columns: block.columns,
        rows: block.rows.map(({ name, cells, all }) => ({ name, cells: cells.map(heatData), all: heatData(all) })),
        all: block.all.map(heatData),
        total: heatData(block.total),
      };
    case 'actions':
      return {
        kind: 'actions',
        actions: block.actions.map(({ number, title, text, addresses, findings, frameworks }) => ({
          number,
          title,
          text,
          addresses,
          findings: plainInline(findings),
          frameworks,
        })),
      };
    case 'states':
      return { kind: 'states', rows: block.rows.map(({ state, meaning }) => ({ state, meaning })) };
    case 'evidence':
      return {
        kind: 'evidence',
        role: block.role,
        caption: block.caption,
        ...(block.note === undefined ? {} : { note: block.note }),
        text: quotedParts(block.inline),
      };
    case 'turns':
      return {
        kind: 'turns',
        turns: block.turns.map(({ number, speaker, inline }) => ({ number, speaker, text: quotedParts(inline) })),
        note: block.end,
      };
    case 'image':
      return { kind: 'image', caption: block.caption, ...pixels(block.image) };
    case 'findings_table':
    case 'finding_details':
      // They stand in `findings`, once.
      return { kind: block.kind };
  }
}

const heatData = (cell: HeatCell): HeatCell => (cell === null ? null : countsOf(cell));

const pixels = ({ width, height }: ImageContent): object => ({ width, height });

export function tableData(given: TableBlock): object {
  const table = tableWithoutPages(given);
  return {
    kind: 'table',
    columns: table.columns.map(({ title, subtitle }) => ({ title, ...(subtitle === undefined ? {} : { subtitle }) })),
    rows: table.rows.map(rowData),
    ...(table.total ? { total: rowData(table.total) } : {}),
    ...(table.empty === undefined ? {} : { empty: table.empty }),
  };
}

const staticTableData = (table: StaticTableBlock): object => ({
  kind: 'static_table',
  title: table.title,
  columns: table.columns.map(({ title }) => ({ title })),
  rows: table.rows.map((cells) => cells.map(cellText)),
});

const rowData = (row: TableRow): readonly string[] => row.cells.map(cellText);

/** A state or a severity that a cell draws as a sign is a word beside it. */
function cellText(cell: TableCell): string {
  const lines = cell.lines.map(withoutPages).map(plainInline);
  const sign = cell.state ?? (lines.every((line) => line === '') ? cell.severity : undefined);
  const said = sign !== undefined && lines.every((line) => line === '') ? [sign] : lines;
  return said.filter((line) => line !== '').join('\n');
}
