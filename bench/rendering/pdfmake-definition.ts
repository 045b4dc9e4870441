import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { NeutralFinding } from './neutral.ts';
import { columns, faces } from './neutral.ts';

export const pdfmakeFonts = {
  Arimo: { normal: faces.regular, bold: faces.bold },
  Cousine: { normal: faces.mono },
} as const;

/** The content as plain pdfmake is told it, by its manual: one table with a repeated head, a stack for each finding. */
export function pdfmakeDefinition(findings: readonly NeutralFinding[]): TDocumentDefinitions {
  const cell = ([first = '', ...rest]: readonly string[]): Content => ({
    text: [first, ...rest.map((line) => ({ text: `\n${line}`, color: '#666666' }))],
  });
  return {
    pageSize: 'A4',
    pageMargins: 48,
    defaultStyle: { font: 'Arimo', fontSize: 9.5 },
    footer: (page, pages) => ({ text: `Page ${page} of ${pages}`, alignment: 'right', fontSize: 7.5, margin: [48, 8] }),
    content: [
      {
        fontSize: 8.5,
        layout: 'lightHorizontalLines',
        table: {
          headerRows: 1,
          widths: columns.map(({ width }) => width - 8),
          body: [
            columns.map(({ title }) => ({ text: title, bold: true })),
            ...findings.map(({ cells }) => cells.map(cell)),
          ],
        },
      },
      ...findings.flatMap(block),
    ],
  };
}

function block({ id, title, rows }: NeutralFinding): Content[] {
  if (rows.length === 0) return [];
  return [
    { text: `${id} ${title}`, bold: true, fontSize: 12, margin: [0, 12, 0, 4] },
    ...rows.flatMap(({ label, texts }) =>
      texts.map(({ text, mono }, index): Content => ({
        text: [...(index === 0 ? [{ text: `${label} `, bold: true }] : []), text],
        margin: [0, 0, 0, 5],
        ...(mono ? { font: 'Cousine', fontSize: 8.5 } : {}),
      })),
    ),
  ];
}
