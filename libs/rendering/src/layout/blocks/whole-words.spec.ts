import { noRuns } from '#domain';
import type { TableBlock } from '../../model/report-content.ts';
import { geometries } from '../../theme/geometry.ts';
import { typeScale } from '../../theme/type-scale.ts';
import { drawHeatGrid } from '../charts/draw-heat-grid.ts';
import type { Strip } from '../strips/strip.ts';
import { drawTable } from './draw-table.ts';

const { left, contentWidth, contentTop, contentBottom } = geometries.A4;
const frame = {
  x: left,
  width: contentWidth,
  scale: typeScale('Helvetica', 11),
  pageHeight: contentBottom - contentTop,
};
const textsOf = (strips: readonly Strip[]): string[] =>
  strips.flatMap(({ marks }) => marks).flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));

describe('words of a page', () => {
  it.each(['none', 'remediated', 'incorrect scoring'])('"%s" is not broken in a column made for less', (words) => {
    const table: TableBlock = {
      kind: 'table',
      columns: [
        { title: '', width: 19 },
        { title: 'Goal', width: '*' },
        { title: 'Status', width: 30, indent: 10 },
      ],
      rows: [
        {
          cells: [
            { lines: [[{ text: 'none' }]] },
            { lines: [[{ text: 'Name a customer' }]] },
            { lines: [[{ text: words }]] },
          ],
        },
      ],
    };
    const texts = textsOf(drawTable(table, frame)).join(' ').split(' ');
    expect(texts).toEqual(expect.arrayContaining(['none', ...words.split(' ')]));
  });

  it('of a grid with many columns are set smaller before they are broken', () => {
    const counts = { ...noRuns, succeeded: 1, resisted: 3 };
    const columns = [
      'as written',
      'base64',
      'leetspeak',
      'rot13',
      'persona',
      'flip',
      'morse',
      'binary',
      'ascii',
      'other',
    ];
    const strips = drawHeatGrid(
      {
        kind: 'heat_grid',
        columns,
        rows: [{ name: 'direct', cells: columns.map(() => counts), all: counts }],
        all: columns.map(() => counts),
        total: counts,
      },
      frame,
    );
    expect(textsOf(strips)).toContain('leetspeak');
  });
});
