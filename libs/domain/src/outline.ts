import type { SectionKey } from './sections.ts';
import { sections } from './sections.ts';

/**
 * Body of a report in the order of the document: sections, each a title and parts. A section of a preset has one part,
 * the rows of its key; a template's section may hold anything. Every string of it is a user's and is hostile.
 */
export interface OutlineSection {
  /** Null: made by a template, without a preset's checkbox. */
  readonly key: SectionKey | null;
  readonly title: string;
  readonly parts: readonly OutlinePart[];
}

export type OutlinePart =
  /** What the section of this key draws of its rows. `frameworks`: of the plan's, those that this part shows. */
  | { readonly kind: 'rows'; readonly section: SectionKey; readonly frameworks?: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly title: string | null;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly (string | number | boolean | null)[])[];
    }
  /** `image`: id of an uploaded PNG; `width`: share of the text's width, above 0 to 1; null: its own size, at most all. */
  | { readonly kind: 'image'; readonly image: string; readonly caption: string | null; readonly width: number | null };

/** One end of the running header or footer. */
export type RunningSlot = { readonly text: string } | { readonly image: string };

/** Running header and footer of a template; an absent slot is empty. */
export interface RunningSlots {
  readonly left?: RunningSlot;
  readonly center?: RunningSlot;
  readonly right?: RunningSlot;
}

/** What only a template can say beside its sections. Null: as the branding of a preset has it. */
export interface Frontmatter {
  readonly authors: string | null;
  readonly header: RunningSlots | null;
  readonly footer: RunningSlots | null;
}

/** The outline of a preset: each section shows the rows of its key. */
export const outlineOfSections = (keys: readonly SectionKey[]): readonly OutlineSection[] =>
  keys.map((key) => ({ key, title: sections[key].title, parts: [{ kind: 'rows', section: key }] }));

/** Keys whose rows the outline shows, each once, in the order in which they first come. */
export const rowKeysOf = (outline: readonly OutlineSection[]): readonly SectionKey[] => [
  ...new Set(outline.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'rows' ? [part.section] : [])))),
];

/** Ids of the images that the outline or the running slots show, each once. */
export function imageIdsOf(outline: readonly OutlineSection[], frontmatter: Frontmatter | null): readonly string[] {
  const slots = [frontmatter?.header, frontmatter?.footer].flatMap((running) =>
    running ? [running.left, running.center, running.right] : [],
  );
  return [
    ...new Set([
      ...outline.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'image' ? [part.image] : []))),
      ...slots.flatMap((slot) => (slot && 'image' in slot ? [slot.image] : [])),
    ]),
  ];
}
