import { composeReport } from '../../compose/compose-report.ts';
import type { Block, ReportContent, SectionContent } from '../../model/report-content.ts';
import type { ReportSource } from '../../compose/report-source.ts';
import { contentsEntries } from '../../model/list-sections.ts';
import { blocksHtml, findingHtml } from './html-blocks.ts';
import { contentsHtml, coverHtml, glanceHtml, slotsHtml } from './html-front.ts';
import { inlineHtml } from './html-inline.ts';
import { sharedPatterns } from './html-signs.ts';
import { styleSheet } from './html-styles.ts';
import { findingsTableHtml } from './html-tables.ts';
import type { Markup } from './markup.ts';
import { attributeText, markup, raw } from './markup.ts';

/** Nothing runs and nothing is fetched, wherever the file is opened. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** One file that needs no other. Its first page speaks of all findings, so they are read first; then it leaves in pieces. */
export async function* writeHtml(source: ReportSource): AsyncGenerator<string> {
  const digest = await source.digest('whole');
  source.onStage?.('composing');
  const content = composeReport(source.facts, digest);
  source.onStage?.('writing');
  yield `<!DOCTYPE html>\n${headHtml(content).text}\n<body>${sharedPatterns.text}<main>`;
  yield coverHtml(content).text;
  yield glanceHtml(content.glance).text;
  const sections = [...content.sections, content.integrity];
  yield contentsHtml(contentsEntries(sections, digest)).text;
  for (const section of sections) {
    yield '\n';
    for await (const part of sectionHtml(section, source)) yield part.text;
  }
  yield `${footHtml(content).text}</main></body></html>\n`;
}

const headHtml = (content: ReportContent): Markup =>
  markup`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${raw(policy)}"><meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${titleText(content)}</title><style>${raw(styleSheet(content.style))}</style></head>`;

/** A title holds text alone: a sign in it would be read out as markup. */
const titleText = ({ title }: ReportContent): Markup => raw(attributeText(title));

async function* sectionHtml(section: SectionContent, { read }: ReportSource): AsyncGenerator<Markup, undefined> {
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
