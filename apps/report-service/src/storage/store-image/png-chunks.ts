import { pngSignature } from '#domain';

/** What of a PNG is picture; everything else of the file is dropped. */
interface PngParts {
  readonly header: PngHeader;
  /** Signature, IHDR, PLTE, tRNS, IDAT and IEND: a whole PNG again. */
  readonly file: Buffer;
  /** The compressed picture. */
  readonly compressed: Buffer;
}

interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly colourType: number;
  readonly interlaced: boolean;
}

/** The file is no PNG that we read; `message` may be shown. */
export class BadPng extends Error {
  override readonly name = 'BadPng';
}

const signature = Buffer.from(pngSignature);
const kept: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

/** Bit depths that each colour type allows, and the samples of a pixel. */
const colourTypes: Readonly<Record<number, { readonly depths: readonly number[]; readonly samples: number }>> = {
  0: { depths: [1, 2, 4, 8, 16], samples: 1 },
  2: { depths: [8, 16], samples: 3 },
  3: { depths: [1, 2, 4, 8], samples: 1 },
  4: { depths: [8, 16], samples: 2 },
  6: { depths: [8, 16], samples: 4 },
};

const largestSide = 4_096;
/** Of a logo, which is printed some centimetres wide: a second of a processor, a quarter of what a report could draw. */
const mostPixels = 4_000_000;

export const looksLikePng = (bytes: Uint8Array): boolean => signature.equals(bytes.subarray(0, signature.length));

/** Takes a PNG apart without opening its picture. Throws BadPng for what is damaged, odd, or too large in pixels. */
export function splitPng(bytes: Buffer): PngParts {
  if (!looksLikePng(bytes)) throw new BadPng('is no PNG');
  let header: PngHeader | undefined;
  const chunks: Buffer[] = [signature];
  const compressed: Buffer[] = [];
  for (let at = signature.length; ;) {
    if (at + 12 > bytes.length) throw new BadPng('is cut off');
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 12 + length;
    if (end > bytes.length) throw new BadPng('is cut off');
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (!header) {
      if (type !== 'IHDR') throw new BadPng('does not begin with its header');
      header = readHeader(content);
    } else if (type === 'IHDR') throw new BadPng('has two headers');
    // The fifth bit of the first letter: a reader may pass over what is not critical, and nothing else.
    else if (!kept.has(type) && /^[A-Z]/.test(type)) throw new BadPng('holds something that no PNG reader knows');
    if (kept.has(type)) chunks.push(bytes.subarray(at, end));
    if (type === 'IDAT') compressed.push(content);
    at = end;
    if (type === 'IEND') break;
  }
  if (compressed.length === 0) throw new BadPng('holds no picture');
  return { header, file: Buffer.concat(chunks), compressed: Buffer.concat(compressed) };
}

function readHeader(content: Buffer): PngHeader {
  if (content.length !== 13) throw new BadPng('has a damaged header');
  const [width, height] = [content.readUInt32BE(0), content.readUInt32BE(4)];
  const [bitDepth = 0, colourType = 0, compression, filter, interlace = 0] = content.subarray(8);
  if (!colourTypes[colourType]?.depths.includes(bitDepth) || compression !== 0 || filter !== 0 || interlace > 1) {
    throw new BadPng('has a damaged header');
  }
  if (width === 0 || height === 0) throw new BadPng('has no size');
  if (width > largestSide || height > largestSide || width * height > mostPixels) {
    throw new BadPng(`has more than ${largestSide} pixels a side, or more than ${mostPixels} in all`);
  }
  return { width, height, bitDepth, colourType, interlaced: interlace === 1 };
}

/** Bytes of the picture once it is opened, filter bytes included: what a truthful file holds, and not one more. */
export function openedSize({ width, height, bitDepth, colourType, interlaced }: PngHeader): number {
  const bits = bitDepth * (colourTypes[colourType]?.samples ?? 4);
  const size = (columns: number, rows: number): number =>
    columns === 0 ? 0 : rows * (1 + Math.ceil((columns * bits) / 8));
  if (!interlaced) return size(width, height);
  return adam7.reduce(
    (sum, [x, y, dx, dy]) => sum + size(Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)),
    0,
  );
}

/** First column and row of each pass, and its steps. */
const adam7: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];
