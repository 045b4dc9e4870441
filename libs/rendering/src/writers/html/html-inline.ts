import { formatCount, noBreakSpace } from '../../format/numbers.ts';
import { withoutPages } from '../../model/plain-inline.ts';
import type { ImageContent, Inline, Span } from '../../model/report-content.ts';
import { unbrokenParts } from '../../text/name-words.ts';
import { markup, type Markup, raw } from './markup.ts';

export const inlineHtml = (inline: Inline): Markup =>
  markup`${withoutPages(inline).map((span) => spanHtml(span, markup`${span.text}`))}`;

/** The same in a narrow column. */
export const cellInlineHtml = (inline: Inline): Markup =>
  markup`${withoutPages(inline).map((span) => spanHtml(span, partedHtml(span.text)))}`;

/** A name too long for a column may end its line between its words, as in print; what is longer still is encoded text. */
const longName = /(?<!\S)([!-~]{15,40})(?!\S)/;

export const partedHtml = (text: string): Markup =>
  markup`${text
    .split(longName)
    .map((piece, index) =>
      index % 2 === 0 ? piece : unbrokenParts(piece).map((part, at) => [at > 0 && raw('<wbr>'), part]),
    )}`;

/** Links lead to places of the report alone: no text of the data becomes one. */
function spanHtml(span: Span, text: Markup): Markup {
  if (span.masked !== undefined)
    return markup`<span class="mask">${`${formatCount(span.masked)}${noBreakSpace}masked`}</span>`;
  let inner = text;
  if (span.mono) inner = markup`<code>${inner}</code>`;
  if (span.struck) inner = markup`<del>${inner}</del>`;
  if (span.marked) inner = markup`<mark>${inner}</mark>`;
  if (span.tone) inner = markup`<span class="${span.tone}">${inner}</span>`;
  if (span.strong) inner = markup`<strong>${inner}</strong>`;
  return span.link === undefined ? inner : markup`<a href="#${span.link}">${inner}</a>`;
}

export const imageHtml = (image: ImageContent, alt: string, style = ''): Markup =>
  markup`<img src="data:image/png;base64,${Buffer.from(image.png).toString('base64')}" alt="${alt}" width="${image.width}" height="${image.height}"${style === '' ? null : markup` style="${style}"`}>`;
