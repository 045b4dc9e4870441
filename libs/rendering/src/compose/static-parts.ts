import type { OutlinePart } from '#domain';
import { shortenName } from '../text/shorten-field.ts';
import { prose, quietCell } from '../model/blocks.ts';
import type { Block, ImageContent, StaticTableBlock, TableCell } from '../model/report-content.ts';

type Part<K extends OutlinePart['kind']> = Extract<OutlinePart, { kind: K }>;
type Value = Part<'table'>['rows'][number][number];

const longestCaption = 500;

/** Line ends of all systems are one: what a user typed is layout here, not evidence. */
const lineEnds = (text: string): string => text.replace(/\r\n?/g, '\n');

/** Paragraphs stand between blank lines; a single line end stays one. */
export const textPart = (text: string): readonly Block[] =>
  lineEnds(text)
    .split(/\n[ \t]*\n\s*/)
    .map((paragraph) => paragraph.replace(/^\n+|\s+$/g, ''))
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => prose('body', paragraph));

/** Every cell is kept: a row with more cells than there are columns gets columns without a title. */
export function tablePart({ title, columns, rows }: Part<'table'>): readonly Block[] {
  const count = rows.reduce((most, row) => Math.max(most, row.length), columns.length);
  const table: StaticTableBlock = {
    kind: 'static_table',
    title: title === null ? '' : shortenName(title.trim(), 300),
    columns: Array.from({ length: count }, (_, index) => ({
      title: lineEnds(columns[index] ?? ''),
      ...(isNumeric(rows, index) ? { align: 'right' as const } : {}),
    })),
    rows: rows.map((row) => Array.from({ length: count }, (_, index) => tableCell(row[index]))),
  };
  return [table];
}

function isNumeric(rows: Part<'table'>['rows'], index: number): boolean {
  const values = rows.map((row) => row[index]).filter((value) => value !== null && value !== undefined);
  return values.length > 0 && values.every((value) => typeof value === 'number');
}

/** A number as it was given: it may be a year or a version. */
function tableCell(value: Value | undefined): TableCell {
  if (value === null || value === undefined) return quietCell('n/a');
  if (typeof value === 'boolean') return { lines: [[{ text: value ? 'yes' : 'no' }]] };
  return { lines: [[{ text: typeof value === 'string' ? lineEnds(value) : String(value).replace(/^-/, '\u2212') }]] };
}

export function imagePart(part: Part<'image'>, images: ReadonlyMap<string, ImageContent>): readonly Block[] {
  const image = images.get(part.image);
  const caption = part.caption === null ? '' : shortenName(part.caption.replace(/\s+/g, ' ').trim(), longestCaption);
  if (image) return [{ kind: 'image', image, caption, width: part.width }];
  const named = caption === '' ? 'An image' : `The image “${caption}”`;
  return [prose('text', [{ text: `${named} of the template could not be read.`, tone: 'quiet' }])];
}
