import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions, TFontDictionary } from 'pdfmake/interfaces.js';
import { fontFiles } from '../fonts/font-files.ts';
import type { LaidOutReport, OutlineEntry } from '../layout/laid-out-report.ts';
import { escapeHidden } from '../text/escape-hidden.ts';
import { PageWriter } from './draw-page.ts';
import { pageDefinition } from './page-definition.ts';
import { pageDrawing } from './page-drawing.ts';
import type { PdfDocument, PdfImage, PdfOutline } from './pdf-document.ts';

// The one importer of pdfmake. It is one shared instance: set up once, here, with nothing to fetch and nothing to read
// but our own fonts, by exact path.
const allowedFiles: ReadonlySet<string> = new Set(Object.values(fontFiles));
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => allowedFiles.has(path));

/** A fresh dictionary for each document: pdfmake writes into what it is given. */
function fonts(): TFontDictionary {
  return {
    Arimo: { normal: fontFiles.Arimo, bold: fontFiles['Arimo-Bold'] },
    Tinos: { normal: fontFiles.Tinos, bold: fontFiles['Tinos-Bold'] },
    Cousine: { normal: fontFiles.Cousine, bold: fontFiles['Cousine-Bold'] },
    DejaVu: { normal: fontFiles.DejaVu, bold: fontFiles['DejaVu-Bold'] },
    NotoSansSC: { normal: fontFiles.NotoSansSC, bold: fontFiles['NotoSansSC-Bold'] },
    NotoEmoji: { normal: fontFiles.NotoEmoji, bold: fontFiles.NotoEmoji },
  };
}

export interface DocumentInfo {
  readonly title: string;
  readonly author: string | null;
  /** ISO 8601; a document without a date of its own gets a fixed one, so that equal data give equal bytes. */
  readonly date: string | null;
}

const dateless = '2000-01-01T00:00:00Z';

/** Writes the pages: bounded sections through pdfmake, endless ones directly on its document. */
export async function writePdf(report: LaidOutReport, info: DocumentInfo): Promise<PdfDocument> {
  const { geometry } = report;
  const drawings = report.pages.map((_, index) => pageDrawing(report, index));
  const content = drawings.map((drawing, index): Content => {
    const empty = { vectors: [], images: [], texts: [], links: [] };
    return pageDefinition(report.pages[index]?.bulk ? empty : drawing, index === 0);
  });
  const definition: TDocumentDefinitions = {
    content,
    pageSize: { width: geometry.width, height: geometry.height },
    pageMargins: 0,
    version: '1.7',
    language: 'en',
    displayTitle: true,
    defaultStyle: { font: 'Arimo', fontSize: 10 },
    info: {
      title: escapeHidden(info.title),
      ...(info.author === null ? {} : { author: escapeHidden(info.author) }),
      creationDate: new Date(info.date ?? dateless),
    },
  };
  pdfmake.setFonts(fonts());
  const document = (await pdfmake.createPdf(definition, { bufferPages: true }).getStream()) as unknown as PdfDocument;
  const writer = new PageWriter(document);
  const images = new Map<Uint8Array, PdfImage>();
  const opened = (png: Uint8Array): PdfImage => {
    const image = images.get(png) ?? document.openImage(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
    images.set(png, image);
    return image;
  };
  drawings.forEach((drawing, index) => {
    document.switchToPage(index);
    if (report.pages[index]?.bulk) writer.draw(drawing);
    for (const { mark, y } of drawing.images)
      document.image(opened(mark.png), mark.x, y + mark.y, { width: mark.width, height: mark.height });
    for (const { mark, y } of drawing.links) document.goTo(mark.x, y + mark.y, mark.width, mark.height, mark.target);
  });
  for (const [name, { page, y }] of report.anchors) {
    document.switchToPage(page);
    document.addNamedDestination(name, 'XYZ', null, Math.max(0, y - 12), null);
  }
  addOutline(report, document.outline, report.outline, document);
  document.end();
  return document;
}

function addOutline(
  report: LaidOutReport,
  parent: PdfOutline,
  entries: readonly OutlineEntry[],
  document: PdfDocument,
): void {
  for (const entry of entries) {
    const place = report.anchors.get(entry.anchor);
    if (!place) continue;
    document.switchToPage(place.page);
    const item = parent.addItem(escapeHidden(entry.title, 90), { expanded: false });
    addOutline(report, item, entry.children, document);
  }
}
