import type { FamilyName } from '../theme/type-scale.ts';
import { FontFace } from './font-face.ts';
import type { FaceName } from './font-files.ts';

const opened = new Map<FaceName, FontFace>();

/** Opens a face at its first use and keeps it: a warm worker parses each font once. */
export function face(name: FaceName): FontFace {
  let found = opened.get(name);
  if (!found) {
    found = new FontFace(name);
    opened.set(name, found);
  }
  return found;
}

const chains = new Map<string, readonly FaceName[]>();

/** The order in which faces are asked for a character. */
function faceChain(family: FamilyName, bold: boolean): readonly FaceName[] {
  const key = `${family}${bold ? '-Bold' : ''}`;
  let chain = chains.get(key);
  if (!chain) {
    const names: FaceName[] = bold
      ? [`${family}-Bold`, 'DejaVu-Bold', 'NotoSansSC-Bold', 'NotoEmoji', 'NotoSansKR-Bold']
      : [family, 'DejaVu', 'NotoSansSC', 'NotoEmoji', 'NotoSansKR'];
    chain = names;
    chains.set(key, chain);
  }
  return chain;
}

/** The first face that draws the code point truly; undefined when it must be escaped. */
export function faceFor(codePoint: number, family: FamilyName, bold: boolean): FaceName | undefined {
  return faceChain(family, bold).find((name) => asked(name, codePoint) && face(name).covers(codePoint));
}

/** The Korean face is there for whole syllables and single letters; jamo that a syllable is put together from are not drawn apart. */
const asked = (name: FaceName, codePoint: number): boolean =>
  !name.startsWith('NotoSansKR') ||
  (codePoint >= 0xac00 && codePoint <= 0xd7a3) ||
  (codePoint >= 0x3131 && codePoint <= 0x318e);
