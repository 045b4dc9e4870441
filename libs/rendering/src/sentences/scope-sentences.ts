import type { TriedClaim } from '#domain';
import { displayName } from '../format/display-names.ts';
import { formatCount, listInWords, plural } from '../format/numbers.ts';
import { shortenName } from '../text/shorten-field.ts';

const names = (slugs: readonly string[]): string =>
  listInWords(slugs.map((slug) => displayName(shortenName(slug, 120))));

const size = ({ tried, not_assessed, not_tried }: TriedClaim): number =>
  tried.length + not_assessed.length + not_tried.length;

const categories = (count: number): string => plural(count, 'category', 'categories');

/** "10 of 32 categories and 2 others": those with an assessed run or a hit. */
export function testedCategories(claim: TriedClaim): string {
  const further = claim.further.length > 0 ? ` and ${plural(claim.further.length, 'other')}` : '';
  return `${formatCount(claim.tried.length)} of ${categories(size(claim))}${further}`;
}

/** "20 of 32 categories without a run, 2 tried but not assessed"; empty where each has an assessed run. `andMore`: "every transform". */
export function untestedInShort(claim: TriedClaim, andMore = ''): string {
  const { not_tried: none, not_assessed: lost, attempts_known: known, uncategorised } = claim;
  if (known === 'none') return 'what was tried beside the hits is not in the source';
  const untried = none.length === 0 ? [] : [`${formatCount(none.length)} of ${categories(size(claim))} without a run`];
  const open =
    lost.length === 0
      ? []
      : [`${none.length > 0 ? formatCount(lost.length) : categories(lost.length)} tried but not assessed`];
  const ofCategories = [...untried, ...open].join(', ');
  const told = [ofCategories, andMore].filter((part) => part !== '').join(', and ');
  return [
    ...(told === '' ? [] : [told]),
    ...(ofCategories !== '' && uncategorised > 0
      ? [`${plural(uncategorised, 'run')} without a category may be of any`]
      : []),
    ...(told !== '' && known === 'some' ? ['files that list hits alone do not say what else was tried'] : []),
  ].join('; ');
}

/** The short form as a sentence, where another section has the names. */
export function untestedElsewhere(claim: TriedClaim): string {
  const short = untestedInShort(claim);
  if (short === '') return '';
  if (claim.attempts_known === 'none') return `${short.charAt(0).toUpperCase()}${short.slice(1)}.`;
  return `Not tested: ${short}. Scope & Method has the names.`;
}

/** Each category by its name in one of three states; of a hit log nobody knows what else was tried. */
export function untestedByName(claim: TriedClaim): string {
  const { not_tried: none, not_assessed: lost, tried, further, uncategorised, attempts_known: known } = claim;
  if (known === 'none') {
    const hit = names([...tried, ...further]);
    return `The source lists hits alone: what was tried without success is not in it.${hit === '' ? '' : ` Categories with a hit: ${hit}.`}`;
  }
  const parts = [
    none.length === 0
      ? `Each of the ${categories(size(claim))} of our vocabulary has a run.`
      : `Without a run, of the ${categories(size(claim))} of our vocabulary: ${names(none)}.`,
  ];
  if (lost.length > 0) parts.push(`Tried, but no run could be assessed: ${names(lost)}.`);
  if (uncategorised > 0) parts.push(`${plural(uncategorised, 'run')} without a category may belong to any of them.`);
  if (known === 'some') parts.push('Files that list hits alone do not say what else was tried.');
  return parts.join(' ');
}
