import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { BadPng, openedSize, splitPng } from './png-chunks.ts';

/** Of the picture written anew. */
const largestCleanPng = 8 * 1024 * 1024;

/**
 * The same picture in a file that we wrote: 8 bits a sample, not interlaced, without texts, profiles, times and whatever
 * else came along. Equal pixels give equal bytes. Throws BadPng.
 */
export function cleanPng(bytes: Buffer): Buffer {
  const { header, file, compressed } = splitPng(bytes);
  refuseBomb(compressed, openedSize(header));
  const picture = decoded(file);
  const colourType = isOpaque(picture.data) ? 2 : 6;
  const clean = PNG.sync.write(picture, { colorType: colourType, bitDepth: 8, inputHasAlpha: true, deflateLevel: 9 });
  if (clean.length > largestCleanPng) throw new BadPng(`is larger than ${largestCleanPng} bytes once written anew`);
  return clean;
}

/** Opened before the decoder does, which sets itself no bound when a file is interlaced. */
function refuseBomb(compressed: Buffer, expected: number): void {
  let opened: number;
  try {
    opened = inflateSync(compressed, { maxOutputLength: expected }).length;
  } catch (error) {
    const bomb =
      typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw new BadPng(bomb ? 'holds more than its header says' : 'is damaged', { cause: error });
  }
  if (opened < expected) throw new BadPng('holds less than its header says');
}

function decoded(file: Buffer): PNG {
  try {
    return PNG.sync.read(file);
  } catch (error) {
    throw new BadPng('is damaged', { cause: error });
  }
}

function isOpaque(pixels: Buffer): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 255) return false;
  return true;
}
