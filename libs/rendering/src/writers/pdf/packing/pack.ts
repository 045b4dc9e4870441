import { deflateSync } from 'node:zlib';

/** A page is a few thousand bytes: a larger window finds no more in it, and a higher level saves a fourteenth of the bytes. */
const packing = { level: 1, windowBits: 13, chunkSize: 8_192 } as const;

/** What draws a page, as it stands in the file: the same wherever it is packed. */
export const pack = (drawn: Uint8Array): Buffer => deflateSync(drawn, packing);
