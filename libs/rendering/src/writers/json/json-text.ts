import { hiddenClass } from '../../text/hidden-characters.ts';

/** Characters that print nothing or steer what is printed, and `<`, which opens a tag where JSON is pasted into a page. */
const unsafe = new RegExp(`[<${hiddenClass}]`, 'gu');

/** JSON whose every character can be seen: the rest stands as `\\uXXXX`, which a parser gives back unchanged. */
export const jsonText = (value: unknown): string => JSON.stringify(value).replace(unsafe, asUnits);

function asUnits(character: string): string {
  let units = '';
  for (let index = 0; index < character.length; index++)
    units += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  return units;
}
