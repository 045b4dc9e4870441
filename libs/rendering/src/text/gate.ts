import { faceFor } from '../fonts/faces.ts';
import type { FaceName } from '../fonts/font-files.ts';
import type { FamilyName } from '../theme/type-scale.ts';
import { characterKind, escapeOf } from './hidden-characters.ts';
import { shortenHiddenRun } from './hidden-run.ts';

/** What a text is made of once it has passed the gate. Only `text` pieces are drawn as they stand. */
export type GatedPiece =
  | { readonly kind: 'text'; readonly text: string; readonly face: FaceName }
  | { readonly kind: 'escape'; readonly text: string; readonly codePoint: number }
  | { readonly kind: 'omitted'; readonly count: number };

/**
 * The one door for text: splits it into runs of a face that truly covers them and visible escapes for the rest.
 * Nothing is normalised, and a character that is not printed is an escape or part of a stated count.
 */
export function gate(text: string, family: FamilyName, bold: boolean): readonly GatedPiece[] {
  const pieces: GatedPiece[] = [];
  let run = '';
  let face: FaceName | undefined;
  let hiddenRun: number[] = [];

  const endRun = (): void => {
    if (run !== '' && face !== undefined) pieces.push({ kind: 'text', text: run, face });
    run = '';
  };
  const endHidden = (): void => {
    pieces.push(...escapes(hiddenRun));
    hiddenRun = [];
  };

  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    const kind = characterKind(character, codePoint);
    if (kind === 'hidden') {
      endRun();
      hiddenRun.push(codePoint);
      continue;
    }
    if (hiddenRun.length > 0) endHidden();
    // Line ends and tabs are layout, a no-break space is drawn as a space: none of them asks for a glyph of its own.
    const blank = codePoint === 0x0a || codePoint === 0x09 || codePoint === 0xa0;
    const found =
      kind === 'shaped'
        ? undefined
        : blank
          ? (face ?? faceFor(0x20, family, bold))
          : cachedFace(codePoint, family, bold);
    if (found === undefined) {
      endRun();
      pieces.push({ kind: 'escape', text: escapeOf(codePoint), codePoint });
      continue;
    }
    if (found !== face) {
      endRun();
      face = found;
    }
    run += character;
  }
  endRun();
  if (hiddenRun.length > 0) endHidden();
  return pieces;
}

function escapes(codePoints: readonly number[]): readonly GatedPiece[] {
  const visible = (codePoint: number): GatedPiece => ({ kind: 'escape', text: escapeOf(codePoint), codePoint });
  const { head, omitted, tail } = shortenHiddenRun(codePoints);
  const left: readonly GatedPiece[] = omitted === 0 ? [] : [{ kind: 'omitted', count: omitted }];
  return [...head.map(visible), ...left, ...tail.map(visible)];
}

const faces = new Map<string, Map<number, FaceName | undefined>>();

function cachedFace(codePoint: number, family: FamilyName, bold: boolean): FaceName | undefined {
  const key = bold ? `${family}-Bold` : family;
  let known = faces.get(key);
  if (!known) {
    known = new Map();
    faces.set(key, known);
  }
  if (known.has(codePoint)) return known.get(codePoint);
  const found = faceFor(codePoint, family, bold);
  known.set(codePoint, found);
  return found;
}
