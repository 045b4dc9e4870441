import { formatCount } from '../format/numbers.ts';
import { characterKind, escapeOf } from './hidden-characters.ts';
import { shortenHiddenRun } from './hidden-run.ts';
import { StackedMarks } from './stacked-marks.ts';

/** `shaped`: a script that its reader's program must join or turn; it prints, but only there. */
interface VisiblePiece {
  readonly kind: 'plain' | 'shaped' | 'escape';
  readonly text: string;
}

/** The gate for formats whose reader brings the fonts: what prints nothing, or steers what is printed, is an escape. */
export function visiblePieces(text: string): readonly VisiblePiece[] {
  if (/^[\n\t\x20-\x7e]*$/.test(text)) return text === '' ? [] : [{ kind: 'plain', text }];
  const pieces: VisiblePiece[] = [];
  let run = '';
  let kind: 'plain' | 'shaped' = 'plain';
  let hidden: number[] = [];
  const marks = new StackedMarks();
  const end = (): void => {
    if (run !== '') pieces.push({ kind, text: run });
    if (hidden.length > 0) pieces.push({ kind: 'escape', text: hiddenInWords(hidden) });
    run = '';
    hidden = [];
  };
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    const own = characterKind(character, codePoint);
    const tooMany = marks.tooMany(codePoint);
    if (own === 'hidden' || tooMany) {
      if (hidden.length === 0) end();
      hidden.push(codePoint);
      continue;
    }
    if (hidden.length > 0 || own !== kind) end();
    kind = own;
    run += character;
  }
  end();
  return pieces;
}

/** The same in one string. */
export const visibleText = (text: string): string =>
  visiblePieces(text)
    .map((piece) => piece.text)
    .join('');

function hiddenInWords(codePoints: readonly number[]): string {
  const { head, omitted, tail } = shortenHiddenRun(codePoints);
  const left = omitted === 0 ? '' : ` [${formatCount(omitted)} more invisible characters] `;
  return `${head.map(escapeOf).join('')}${left}${tail.map(escapeOf).join('')}`;
}
