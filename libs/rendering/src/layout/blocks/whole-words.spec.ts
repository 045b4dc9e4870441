import { findingStatuses, noRuns } from '#domain';
import { findingColumns } from '../../model/finding-columns.ts';
import type { TableBlock } from '../../model/report-content.ts';
import { geometries } from '../../theme/geometry.ts';
import { typeScale } from '../../theme/type-scale.ts';
import { drawHeatGrid } from '../charts/draw-heat-grid.ts';
import type { Strip } from '../strips/strip.ts';
import { drawTable, tableRowDrawer } from './draw-table.ts';

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

  it('of a long name are whole in a column made for less', () => {
    const table: TableBlock = {
      kind: 'table',
      columns: [
        { title: 'Goal', width: '*' },
        { title: 'Attack', width: 30 },
      ],
      rows: [
        { cells: [{ lines: [[{ text: 'Name a customer' }]] }, { lines: [[{ text: 'SPOIntentUserAugmented' }]] }] },
      ],
    };
    expect(textsOf(drawTable(table, frame))).toEqual(expect.arrayContaining(['SPOIntent', 'User', 'Augmented']));
  });

  it.each(['Helvetica', 'Times-Roman', 'Courier'] as const)('of the findings table are whole in %s', (font) => {
    const attacks = ['SPOIntentUserAugmented', 'encoding.InjectBase64', 'low_resource_language_translation'];
    const words = [...findingStatuses, 'not_assessed', 'came_close'].map((word) => word.replaceAll('_', ' '));
    for (let size = 6; size <= 24; size++) {
      const table = tableRowDrawer({ columns: findingColumns }, { ...frame, scale: typeScale(font, size) });
      const row = findingColumns.map(({ title }) => ({
        lines: (title === 'Attack' ? attacks : title === 'Outcome' ? words : []).map((text) => [{ text }]),
      }));
      const texts = textsOf(table.row({ cells: row }, null, false));
      const whole =
        /^(SPOIntent)?(User)?(Augmented)?$|^(encoding\.)?(Inject)?(Base64)?$|^(low_)?(resource_)?(language_)?(translation)?$/;
      for (const text of texts) expect(words.join(' ').includes(text.trim()) || whole.test(text)).toBe(true);
      for (const word of words.join(' ').split(' ')) expect(texts.join(' ').split(' ')).toContain(word);
    }
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
