import { visiblePieces } from '../../text/visible-text.ts';

/** Markup that may stand as it is. Made by `markup` and `raw` alone. */
export class Markup {
  constructor(readonly text: string) {}
}

type Insert = Markup | string | number | null | false | undefined | readonly Insert[];

/** For constants of ours, never for a text of the data. */
export const raw = (text: string): Markup => new Markup(text);

/** A template whose strings are escaped by the place in which they stand: text between tags, or the value of an attribute. */
export function markup(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  let out = '';
  let inTag = false;
  parts.forEach((part, index) => {
    out += part;
    const [opened, closed] = [part.lastIndexOf('<'), part.lastIndexOf('>')];
    if (opened !== closed) inTag = opened > closed;
    if (index < inserts.length) out += insertText(inserts[index], inTag);
  });
  return new Markup(out);
}

function insertText(insert: Insert, inTag: boolean): string {
  if (insert === null || insert === undefined || insert === false) return '';
  if (insert instanceof Markup) return insert.text;
  if (typeof insert === 'number') return String(insert);
  if (typeof insert === 'string') return inTag ? attributeText(insert) : textMarkup(insert);
  return insert.map((one) => insertText(one, inTag)).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};
const escaped = (text: string): string => text.replace(/[&<>"'`]/g, (character) => entities[character] ?? '');

/** What does not print is a sign of its own; scripts that run the other way stay within their own words. */
const textMarkup = (text: string): string =>
  visiblePieces(text)
    .map((piece) => {
      if (piece.kind === 'escape') return `<span class="esc">${escaped(piece.text)}</span>`;
      return piece.kind === 'shaped' ? `<bdi>${escaped(piece.text)}</bdi>` : escaped(piece.text);
    })
    .join('');

export const attributeText = (text: string): string =>
  escaped(
    visiblePieces(text)
      .map((piece) => piece.text)
      .join(''),
  );
