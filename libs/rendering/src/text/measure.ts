import { face } from '../fonts/faces.ts';
import type { FaceName } from '../fonts/font-files.ts';

/** Width of a text in one face, in thousandths of the font size, pair kerning included. */
export function measure(text: string, name: FaceName): number {
  const font = face(name);
  let width = 0;
  let before = '';
  for (const character of text) {
    const drawn = character === '\u00A0' || character === '\t' ? ' ' : character;
    width += font.advance(drawn.codePointAt(0) ?? 0x20);
    if (before !== '' && kerned(name)) width += font.kern(before, drawn);
    before = drawn;
  }
  return width;
}

/** Fixed-pitch and fallback faces are set as they are. */
export const kerned = (name: FaceName): boolean => name.startsWith('Arimo') || name.startsWith('Tinos');
