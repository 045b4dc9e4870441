import { pathToFileURL } from 'node:url';
import type { NeutralFinding } from './neutral.ts';
import { columns, faces } from './neutral.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const fontFace = (family: string, weight: number, path: string): string =>
  `@font-face { font-family: ${family}; font-weight: ${weight}; src: url("${pathToFileURL(path).href}"); }`;

/** The page that browser and WeasyPrint print: written before they are measured. */
export const contentHtml = {
  start: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Findings</title><style>
${fontFace('Arimo', 400, faces.regular)} ${fontFace('Arimo', 700, faces.bold)} ${fontFace('Cousine', 400, faces.mono)}
@page { size: A4; margin: 48pt; @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 7.5pt Arimo; } }
body { font: 9.5pt/12.5pt Arimo; margin: 0; } h2 { font-size: 12pt; margin: 12pt 0 4pt; break-after: avoid; } p { margin: 0 0 5pt; }
table { border-collapse: collapse; table-layout: fixed; width: 499pt; font-size: 8.5pt; line-height: 11pt; }
td, th { border-bottom: 0.5pt solid #ccc; padding: 3pt 5pt 3pt 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
tr { break-inside: avoid; } td:first-child { white-space: nowrap; } i { color: #666; font-style: normal; }
.m { font: 8.5pt/11pt Cousine; overflow-wrap: anywhere; white-space: pre-wrap; }</style>
<table><colgroup>${columns.map(({ width }) => `<col style="width:${width}pt">`).join('')}</colgroup>
<thead><tr>${columns.map(({ title }) => `<th>${title}</th>`).join('')}</tr></thead><tbody>\n`,
  row: ({ cells }: NeutralFinding): string => {
    const cell = ([first = '', ...rest]: readonly string[]): string =>
      `<td>${escaped(first)}${rest.map((line) => `<br><i>${escaped(line)}</i>`).join('')}</td>`;
    return `<tr>${cells.map(cell).join('')}</tr>\n`;
  },
  between: '</tbody></table>\n',
  block: ({ id, title, rows }: NeutralFinding): string =>
    rows.length === 0
      ? ''
      : `<h2>${id} ${escaped(title)}</h2>${rows
          .map(({ label, texts }) =>
            texts
              .map(({ text, mono }, i) => {
                const lead = i === 0 ? `<b>${label}</b> ` : '';
                return `<p${mono ? ' class="m"' : ''}>${lead}${escaped(text)}</p>`;
              })
              .join(''),
          )
          .join('')}\n`,
  end: '</html>\n',
} as const;
