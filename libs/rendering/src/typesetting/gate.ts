import { faceFor } from '../fonts/faces.ts';
import type { FaceName } from '../fonts/font-files.ts';
import { type ShapedScript, shapedScriptOf } from '../fonts/shaped-scripts.ts';
import type { FamilyName } from '../theme/type-scale.ts';
import { characterKind, escapeOf, isPlain } from '../text/hidden-characters.ts';
import { shortenHiddenRun } from '../text/hidden-run.ts';
import { StackedMarks } from '../text/stacked-marks.ts';
import { type ShapedWord, shapeWords } from './shape-words.ts';

/** What a text is made of once it has passed the gate. `text` pieces are drawn as they stand, `shaped` ones by their glyphs. */
type GatedPiece =
  | { readonly kind: 'text'; readonly text: string; readonly face: FaceName }
  | { readonly kind: 'shaped'; readonly word: ShapedWord }
  | { readonly kind: 'escape'; readonly text: string; readonly codePoint: number }
  | { readonly kind: 'omitted'; readonly count: number; readonly of: 'invisible characters' | 'line ends' };

/**
 * The one door for text: splits it into runs of a face that truly covers them and visible escapes for the rest.
 * Nothing is normalised, and a character that is not printed is an escape or part of a stated count.
 */
export function gate(text: string, family: FamilyName, bold: boolean): readonly GatedPiece[] {
  if (!text.includes(manyLineEnds)) return gatePassage(text, family, bold);
  const pieces: GatedPiece[] = [];
  let from = 0;
  for (const { 0: run, index } of text.matchAll(/\n{9,}/g)) {
    pieces.push(...gatePassage(text.slice(from, index + 2), family, bold));
    from = index + run.length - 2;
    pieces.push({ kind: 'omitted', count: from - index - 2, of: 'line ends' });
  }
  return [...pieces, ...gatePassage(text.slice(from), family, bold)];
}

/** So many would fill pages with nothing. */
export const manyLineEnds = '\n'.repeat(9);

function gatePassage(text: string, family: FamilyName, bold: boolean): readonly GatedPiece[] {
  const common = plainFace(family, bold);
  if (common !== null && isPlain(text)) return text === '' ? [] : [{ kind: 'text', text, face: common }];
  const pieces: GatedPiece[] = [];
  /** Where the run began that is still going on. */
  let run: number | null = null;
  let face: FaceName | undefined;
  let hiddenRun: number[] = [];
  /** The script of the run, when its letters join or move. */
  let script: ShapedScript | undefined;
  const marks = new StackedMarks();

  const endRun = (end: number): void => {
    if (run !== null && script !== undefined) pieces.push(...shapedPieces(text.slice(run, end), script, bold));
    else if (run !== null && face !== undefined) pieces.push({ kind: 'text', text: text.slice(run, end), face });
    run = null;
    script = undefined;
  };
  const endHidden = (): void => {
    pieces.push(...escapes(hiddenRun));
    hiddenRun = [];
  };

  for (let i = 0, size = 1; i < text.length; i += size) {
    const codePoint = text.codePointAt(i) ?? 0;
    size = codePoint > 0xffff ? 2 : 1;
    const kind = characterKind(String.fromCodePoint(codePoint), codePoint);
    const tooMany = marks.tooMany(codePoint);
    if (kind === 'hidden' || tooMany) {
      endRun(i);
      hiddenRun.push(codePoint);
      continue;
    }
    if (hiddenRun.length > 0) endHidden();
    if (kind === 'shaped' || script !== undefined) {
      const own = shapedScriptOf(codePoint);
      if (own !== undefined && own === script) continue;
      if (script !== undefined || own !== undefined) endRun(i);
      if (own !== undefined && kind === 'shaped') {
        script = own;
        run = i;
        continue;
      }
    }
    // Line ends and tabs are layout, a no-break space is drawn as a space: none of them asks for a glyph of its own.
    const blank = codePoint === 0x0a || codePoint === 0x09 || codePoint === 0xa0;
    const found =
      kind === 'shaped'
        ? undefined
        : blank
          ? (face ?? faceFor(0x20, family, bold))
          : cachedFace(codePoint, family, bold);
    if (found === undefined) {
      endRun(i);
      // A danda belongs to all Indic scripts; it is drawn by the face of one.
      script = kind === 'plain' ? shapedScriptOf(codePoint) : undefined;
      if (script !== undefined) {
        run = i;
        continue;
      }
      pieces.push({ kind: 'escape', text: escapeOf(codePoint), codePoint });
      continue;
    }
    if (found !== face) {
      endRun(i);
      face = found;
    }
    run ??= i;
  }
  endRun(text.length);
  if (hiddenRun.length > 0) endHidden();
  return pieces;
}

/** Whether the gate lets a character through as it is, alone and in whatever text, drawn by this face. */
export const isDrawnPlainly = (
  codePoint: number,
  name: FaceName,
  { family, bold }: { readonly family: FamilyName; readonly bold: boolean },
): boolean => {
  const character = String.fromCodePoint(codePoint);
  return (
    codePoint !== 0x09 &&
    codePoint !== 0xa0 &&
    characterKind(character, codePoint) === 'plain' &&
    !/\p{M}/u.test(character) &&
    cachedFace(codePoint, family, bold) === name
  );
};

const shapedPieces = (text: string, script: ShapedScript, bold: boolean): readonly GatedPiece[] =>
  shapeWords(text, script, bold).map((piece) =>
    piece.kind === 'shaped' ? piece : { kind: 'escape', text: escapeOf(piece.codePoint), codePoint: piece.codePoint },
  );

const plainFaces = new Map<string, FaceName | null>();

/** The one face that draws all of plain text; null where no single one does. */
function plainFace(family: FamilyName, bold: boolean): FaceName | null {
  const key = bold ? `${family}-Bold` : family;
  let common = plainFaces.get(key);
  if (common === undefined) {
    const found = new Set<FaceName | undefined>();
    for (let codePoint = 0x20; codePoint < 0x7f; codePoint++) found.add(cachedFace(codePoint, family, bold));
    const [first] = found;
    common = found.size === 1 && first !== undefined ? first : null;
    plainFaces.set(key, common);
  }
  return common;
}

function escapes(codePoints: readonly number[]): readonly GatedPiece[] {
  const visible = (codePoint: number): GatedPiece => ({ kind: 'escape', text: escapeOf(codePoint), codePoint });
  const { head, omitted, tail } = shortenHiddenRun(codePoints);
  const left: readonly GatedPiece[] =
    omitted === 0 ? [] : [{ kind: 'omitted', count: omitted, of: 'invisible characters' }];
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
