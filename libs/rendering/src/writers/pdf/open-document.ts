import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions, TFontDictionary } from 'pdfmake/interfaces.js';
import { fontFiles } from '../../fonts/font-files.ts';
import { escapeHidden } from '../../text/escape-hidden.ts';
import type { Geometry } from '../../theme/geometry.ts';
import type { PdfDocument } from './pdf-document.ts';

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
    NotoSansKR: { normal: fontFiles.NotoSansKR, bold: fontFiles['NotoSansKR-Bold'] },
    NotoSansArabic: { normal: fontFiles.NotoSansArabic, bold: fontFiles['NotoSansArabic-Bold'] },
    NotoSansHebrew: { normal: fontFiles.NotoSansHebrew, bold: fontFiles['NotoSansHebrew-Bold'] },
    NotoSansDevanagari: { normal: fontFiles.NotoSansDevanagari, bold: fontFiles['NotoSansDevanagari-Bold'] },
    NotoSansThai: { normal: fontFiles.NotoSansThai, bold: fontFiles['NotoSansThai-Bold'] },
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

/** A document whose first pages pdfmake drew, each of them still open to be added to. */
export async function openDocument(content: Content[], info: DocumentInfo, geometry: Geometry): Promise<PdfDocument> {
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
  return (await pdfmake.createPdf(definition, { bufferPages: true }).getStream()) as unknown as PdfDocument;
}
