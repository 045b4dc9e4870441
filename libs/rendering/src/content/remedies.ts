import type { Remedy } from './remedy-texts.ts';
import { remedyTexts } from './remedy-texts.ts';

/** None for a category without an entry: nothing is guessed. */
export const remedyFor = (category: string): Remedy | null =>
  Object.hasOwn(remedyTexts, category) ? (remedyTexts[category] ?? null) : null;
