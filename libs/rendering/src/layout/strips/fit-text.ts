import { charactersOf } from '../../text/characters-of.ts';
import type { Frame } from './frame.ts';
import { inlineWidth } from './text-strips.ts';

/** Fits a text of one line into `width` by leaving out its end or its middle. */
export function shortened(text: string, frame: Frame, width: number, where: 'end' | 'middle'): string {
  const oneLine = text.slice(0, 1000).replace(/\s+/g, ' ');
  const fits = (candidate: string): boolean => inlineWidth([{ text: candidate }], 'micro', frame, true) <= width;
  if (text.length <= 1000 && fits(oneLine)) return oneLine;
  const characters = charactersOf(oneLine);
  let [kept, above] = [1, Math.min(characters.length, 200)];
  const cut = (count: number): string => {
    if (where === 'end') return `${characters.slice(0, count).join('').trimEnd()}…`;
    const half = Math.ceil(count / 2);
    return `${characters.slice(0, half).join('').trimEnd()}…${characters
      .slice(characters.length - half)
      .join('')
      .trimStart()}`;
  };
  while (above - kept > 1) {
    const tried = Math.floor((kept + above) / 2);
    if (fits(cut(tried))) kept = tried;
    else above = tried;
  }
  return cut(kept);
}
