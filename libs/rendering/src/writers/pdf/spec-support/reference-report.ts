import type { FindingRow, ReportFacts } from '#domain';
import { composeReport } from '../../../compose/compose-report.ts';
import { composeFindings } from '../../../compose/findings-composer.ts';
import { digestOf } from '../../../model/findings-digest.ts';
import { layOutReport } from '../../../layout/paging/lay-out-report.ts';
import type { TextMark } from '../../../layout/strips/marks.ts';
import { measure } from '../../../typesetting/measure.ts';
import { openDocument } from '../open-document.ts';
import { pageDefinition } from '../page-definition.ts';
import { type At, type AtText, isText, pageDrawing } from '../page-drawing.ts';

/**
 * The reference: every page of the same content drawn by pdfmake alone, its numbers known beforehand. Specs hold our own
 * drawing beside it, and a benchmark its cost.
 */
export async function referenceReport(facts: ReportFacts, findings: readonly FindingRow[]): Promise<Buffer> {
  const composed = composeFindings(facts, findings);
  const report = layOutReport(composeReport(facts, digestOf(composed)), composed);
  const numbered = (text: AtText): At<TextMark> => {
    if (isText(text)) return text;
    const { x, align, target, ...look } = text.mark;
    const place = report.anchors.get(target);
    const number = place ? String(place.page + 1) : '–';
    const left = align === 'right' ? x - (measure(number, look.face) * look.size) / 1000 : x;
    return { mark: { ...look, kind: 'text', x: left, text: number }, y: text.y };
  };
  const content = report.pages.map((page, index) => {
    const marks = report.pageNumber(index, report.pages.length);
    const drawing = pageDrawing({ placed: [...page.placed, { y: 0, marks }] });
    return pageDefinition({ ...drawing, texts: drawing.texts.map(numbered) }, index === 0);
  });
  const document = await openDocument(content, { title: '', author: null, date: null }, report.geometry);
  document.end();
  const pieces: Uint8Array[] = [];
  for await (const piece of document) pieces.push(piece as Uint8Array);
  return Buffer.concat(pieces);
}
