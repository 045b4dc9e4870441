import { crc32 as crcOf } from './crc-32.ts';
import { deflateSync } from 'node:zlib';
import { pngSignature } from '#domain';

export const signature = Buffer.from(pngSignature);

/** One chunk of a PNG: length, type, content, checksum. */
export function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crcOf(named));
  return Buffer.concat([length, named, checksum]);
}

export function ihdr(width: number, height: number, bitDepth: number, colourType: number, interlace = 0): Buffer {
  const content = Buffer.alloc(13);
  content.writeUInt32BE(width, 0);
  content.writeUInt32BE(height, 4);
  content.set([bitDepth, colourType, 0, 0, interlace], 8);
  return chunk('IHDR', content);
}

export const pngFile = (...chunks: Buffer[]): Buffer =>
  Buffer.concat([signature, ...chunks, chunk('IEND', Buffer.alloc(0))]);

/** A picture of one colour in the seven passes of Adam7. */
export function interlacedPng(width: number, height: number, colour: readonly [number, number, number]): Buffer {
  const passes: readonly (readonly [number, number, number, number])[] = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ];
  const bytes = passes.flatMap(([x, y, dx, dy]) => {
    const [columns, rows] = [Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)];
    if (columns <= 0) return [];
    const row = [0, ...Array.from({ length: columns }, () => colour).flat()];
    return Array.from({ length: Math.max(rows, 0) }, () => row).flat();
  });
  return pngFile(ihdr(width, height, 8, 2, 1), chunk('IDAT', deflateSync(Buffer.from(bytes))));
}
