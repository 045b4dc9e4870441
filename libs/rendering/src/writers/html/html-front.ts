import { type ContentsEntry, contentsTitle, glanceTitle } from '../../model/list-sections.ts';
import { asrLabel, riskLabel } from '../../model/printed-words.ts';
import type { CoverContent, GlanceContent, ReportContent, SlotsContent } from '../../model/report-content.ts';
import { labelledHtml } from './html-blocks.ts';
import { asrScaleHtml, outcomeBarHtml, riskScaleHtml, severityBarHtml } from './html-charts.ts';
import { imageHtml } from './html-inline.ts';
import { tableHtml } from './html-tables.ts';
import { markup, type Markup } from './markup.ts';

export function coverHtml({ cover, classification, running }: ReportContent): Markup {
  const label = classification === null ? null : markup`<p class="classification">${classification}</p>`;
  const logo = cover.logo === null ? null : imageHtml(cover.logo, 'Logo');
  return markup`<header class="cover">${running.header ? slotsHtml(running.header) : null}<div class="top"><div class="logo">${logo}</div>${label}</div><h1>${cover.title}</h1>${said('subtitle', cover.subtitle)}${said('summary', cover.summary)}${said('authors', cover.authors)}${said('notice', cover.notice)}<table class="facts"><tbody>${cover.rows.map(factHtml)}</tbody></table></header>`;
}

const said = (name: string, text: string): Markup | null =>
  text === '' ? null : markup`<p class="${name}">${text}</p>`;

const factHtml = ({ label, lines, mono }: CoverContent['rows'][number]): Markup =>
  markup`<tr><th scope="row">${label}</th><td>${lines.map((line, index) => markup`${index === 0 ? null : markup`<br>`}${mono ? markup`<code>${line}</code>` : line}`)}</td></tr>`;

/** What a template sets at head and foot of each page stands once, at head and foot of the document. */
export function slotsHtml(slots: SlotsContent): Markup {
  const parts = (['left', 'center', 'right'] as const).map((name) => {
    const slot = slots[name];
    return markup`<div class="${name}">${slot === null ? null : 'image' in slot ? imageHtml(slot.image, '') : slot.text}</div>`;
  });
  return markup`<div class="slots">${parts}</div>`;
}

export function glanceHtml(glance: GlanceContent): Markup {
  const banner = glance.banner === null ? null : markup`<p class="banner"><strong>${glance.banner}</strong></p>`;
  return markup`<section class="glance" id="section-glance"><h2>${glanceTitle}</h2>${banner}<p class="verdict"><strong>${glance.verdict.opening}</strong> ${glance.verdict.rest}</p>${glance.targets === null ? null : tableHtml(glance.targets)}<div class="halves"><div><p class="label">${riskLabel}</p><p class="figure">${glance.risk.text} <span class="qualifier">${glance.risk.qualifier}</span></p>${riskScaleHtml(glance.risk)}<p class="small">${glance.risk.formula}</p></div><div><p class="label">${asrLabel}</p><p class="figure">${glance.asr.text} <span class="qualifier">${glance.asr.qualifier}</span></p>${asrScaleHtml(glance.asr)}<p class="small">${glance.asr.note}</p></div></div><div class="ruled"><p class="label">${glance.outcomes.title}</p>${outcomeBarHtml(glance.outcomes.counts)}</div><div class="ruled"><p class="label">${glance.severity.title}</p>${severityBarHtml(glance.severity.counts)}${glance.severity.note === '' ? null : markup`<p class="small">${glance.severity.note}</p>`}</div>${worstHtml(glance.worst)}${labelledHtml(glance.facts)}</section>`;
}

/** Its title stands above, as that of the bars does: columns for signs and numbers of findings need none. */
function worstHtml(worst: GlanceContent['worst']): Markup {
  const columns = worst.columns.map((column) => (column.title === worst.title ? { ...column, title: '' } : column));
  const title = markup`<p class="label">${worst.title}</p>`;
  if (worst.empty !== undefined) return markup`<div class="ruled">${title}<p class="nothing">${worst.empty}</p></div>`;
  return markup`<div class="ruled">${title}${tableHtml({ ...worst, columns })}</div>`;
}

/** Two levels; what has a number of its own is a link as a whole. */
export function contentsHtml(entries: readonly ContentsEntry[]): Markup {
  const lines = entries
    .filter(({ anchor }) => anchor !== 'section-contents')
    .map(
      ({ level, number, title, anchor }) =>
        markup`<li class="level${level}"><a href="#${anchor}"><span class="number">${number}</span> ${title}</a></li>`,
    );
  return markup`<nav class="contents" id="section-contents" aria-label="${contentsTitle}"><h2>${contentsTitle}</h2><ul>${lines}</ul></nav>`;
}
