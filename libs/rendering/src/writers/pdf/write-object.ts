import type { PdfDocument, PdfReference } from './pdf-document.ts';

/** A number as it stands in a dictionary: millionths, as pdfkit writes them. */
const operand = (value: number): string => String(Math.round(value * 1e6) / 1e6);

export const operands = (values: readonly number[]): string => values.map(operand).join(' ');

export const referenceTo = ({ id }: PdfReference): string => `${id} 0 R`;

/** Writes a stream that is packed already. */
export const writePacked = (document: PdfDocument, reference: PdfReference, packed: Uint8Array): void => {
  writeObject(document, reference, `<<\n/Length ${packed.length}\n/Filter /FlateDecode\n>>`, packed);
};

/**
 * Writes an object of the file as a whole. There are tens of thousands in a large report, and pdfkit writes each in a dozen
 * pieces: the same bytes, made at once.
 */
export function writeObject(
  document: PdfDocument,
  reference: PdfReference,
  value: string,
  stream: Uint8Array | null = null,
): void {
  reference.offset = document._offset;
  const head = `${reference.id} 0 obj\n${value}\n`;
  document._write(
    stream === null
      ? Buffer.from(`${head}endobj\n`, 'latin1')
      : Buffer.concat([
          Buffer.from(`${head}stream\n`, 'latin1'),
          stream,
          Buffer.from('\nendstream\nendobj\n', 'latin1'),
        ]),
  );
  document._refEnd(reference);
}
