import { formatCount, noBreakSpace } from '../../format/numbers.ts';
import { withoutPages } from '../../model/plain-inline.ts';
import type { ImageContent, Inline, Span } from '../../model/report-content.ts';
import { markup, type Markup } from './markup.ts';

export const inlineHtml = (inline: Inline): Markup => markup`${withoutPages(inline).map(spanHtml)}`;

/** Links lead to places of the report alone: no text of the data becomes one. */
function spanHtml(span: Span): Markup {
  if (span.masked !== undefined)
    return markup`<span class="mask">${`${formatCount(span.masked)}${noBreakSpace}masked`}</span>`;
  let inner = markup`${span.text}`;
  if (span.mono) inner = markup`<code>${inner}</code>`;
  if (span.struck) inner = markup`<del>${inner}</del>`;
  if (span.marked) inner = markup`<mark>${inner}</mark>`;
  if (span.tone) inner = markup`<span class="${span.tone}">${inner}</span>`;
  if (span.strong) inner = markup`<strong>${inner}</strong>`;
  return span.link === undefined ? inner : markup`<a href="#${span.link}">${inner}</a>`;
}

export const imageHtml = (image: ImageContent, alt: string, style = ''): Markup =>
  markup`<img src="data:image/png;base64,${Buffer.from(image.png).toString('base64')}" alt="${alt}" width="${image.width}" height="${image.height}"${style === '' ? null : markup` style="${style}"`}>`;
