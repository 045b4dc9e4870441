import type { Block, ReadFindings, ReportContent, SectionContent } from '../../model/report-content.ts';
import type { ContentsEntry } from '../../model/list-sections.ts';
import { blocksHtml, findingHtml } from './html-blocks.ts';
import { contentsHtml, coverHtml, glanceHtml, slotsHtml } from './html-front.ts';
import { inlineHtml } from './html-inline.ts';
import { sharedPatterns } from './html-signs.ts';
import { styleSheet } from './html-styles.ts';
import { findingsTableHtml } from './html-tables.ts';
import { attributeText, markup, type Markup, raw } from './markup.ts';

/** Nothing runs and nothing is fetched, wherever the file is opened. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** One file that needs no other. It leaves in pieces; findings are read anew for each section that shows them. */
export async function* writeHtml(
  content: ReportContent,
  contents: readonly ContentsEntry[],
  read: ReadFindings,
): AsyncGenerator<string, undefined> {
  yield `<!DOCTYPE html>\n${headHtml(content).text}\n<body>${sharedPatterns.text}<main>`;
  yield coverHtml(content).text;
  yield glanceHtml(content.glance).text;
  yield contentsHtml(contents).text;
  for (const section of [...content.sections, content.integrity]) {
    yield '\n';
    for await (const part of sectionHtml(section, read)) yield part.text;
  }
  yield `${footHtml(content).text}</main></body></html>\n`;
}

const headHtml = (content: ReportContent): Markup =>
  markup`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${raw(policy)}"><meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${titleText(content)}</title><style>${raw(styleSheet(content.style))}</style></head>`;

/** A title holds text alone: a sign in it would be read out as markup. */
const titleText = ({ title }: ReportContent): Markup => raw(attributeText(title));

async function* sectionHtml(section: SectionContent, read: ReadFindings): AsyncGenerator<Markup, undefined> {
  yield markup`<section id="${section.anchor}"><h2><span class="number">${section.number}</span> ${section.title}</h2>`;
  if (section.lead.length > 0) yield markup`<p class="lead">${inlineHtml(section.lead)}</p>`;
  let bounded: Block[] = [];
  for (const block of section.blocks) {
    if (block.kind !== 'findings_table' && block.kind !== 'finding_details') {
      bounded.push(block);
      continue;
    }
    yield blocksHtml(bounded);
    bounded = [];
    if (block.kind === 'findings_table') yield* findingsTableHtml(read('heads'), block.again);
    else for await (const batch of read('whole')) yield markup`${batch.map((finding) => findingHtml(finding, block))}`;
  }
  yield blocksHtml(bounded);
  yield markup`</section>`;
}

function footHtml({ running, classification, reportId }: ReportContent): Markup {
  const slots = running.footer ? slotsHtml(running.footer) : markup`<p>${classification ?? ''}</p>`;
  return markup`<footer>${slots}<p class="id">${reportId}</p></footer>`;
}
