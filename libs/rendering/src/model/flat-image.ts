import { PNG } from 'pngjs';
import { pngSize } from './png-size.ts';
import type { ImageContent } from './report-content.ts';

/** Pixels up to which a picture is opened: 16 million need 64 MB while it is flattened. */
const mostPixels = 16_000_000;

/**
 * A PNG laid on white, as it will stand on the page: a PDF takes such bytes as they are, while a transparent picture is
 * taken apart in the background and makes the order of the file a matter of luck. Null for what is no PNG, or too large.
 */
export function flatImage(bytes: Uint8Array): ImageContent | null {
  const size = pngSize(bytes);
  if (!size || size.width * size.height > mostPixels) return null;
  try {
    const decoded = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const png = PNG.sync.write(decoded, { colorType: 2, bgColor: { red: 255, green: 255, blue: 255 } });
    return { png, width: decoded.width, height: decoded.height };
  } catch {
    return null;
  }
}
