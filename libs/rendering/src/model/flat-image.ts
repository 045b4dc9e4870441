import { PNG } from 'pngjs';
import { mostPngPixels, pngSignature } from '#domain';
import type { ImageContent } from './report-content.ts';

/**
 * A PNG laid on white, as it will stand on the page: a PDF takes such bytes as they are, while a transparent picture is
 * taken apart in the background and makes the order of the file a matter of luck. Null for what is no PNG, or too large.
 */
export function flatImage(bytes: Uint8Array): ImageContent | null {
  const size = pngSize(bytes);
  if (!size || size.width * size.height > mostPngPixels) return null;
  try {
    const decoded = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const png = PNG.sync.write(decoded, { colorType: 2, bgColor: { red: 255, green: 255, blue: 255 } });
    return { png, width: decoded.width, height: decoded.height };
  } catch {
    return null;
  }
}

/** Pixels of a PNG by its header; null for anything else, which is then not drawn. */
function pngSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  if (bytes.length < 24 || pngSignature.some((byte, i) => bytes[i] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  return width > 0 && height > 0 && width <= 20_000 && height <= 20_000 ? { width, height } : null;
}
