import { face } from '../fonts/faces.ts';
import type { FaceName } from '../fonts/font-files.ts';

/** Width of a text in one face, in thousandths of the font size, pair kerning included. */
export function measure(text: string, name: FaceName): number {
  const font = face(name);
  let width = 0;
  const kerning = kerned(name);
  let before = 0;
  for (let i = 0, size = 1; i < text.length; i += size) {
    const code = text.codePointAt(i) ?? 0x20;
    size = code > 0xffff ? 2 : 1;
    const drawn = code === 0xa0 || code === 0x09 ? 0x20 : code;
    width += font.advance(drawn);
    if (kerning && before !== 0) width += font.kern(before, drawn);
    before = drawn;
  }
  return width;
}

/** Fixed-pitch and fallback faces are set as they are. */
export const kerned = (name: FaceName): boolean => name.startsWith('Arimo') || name.startsWith('Tinos');
