import { createHash } from 'node:crypto';

/** Weak tag of an answer: the same for the same fields. */
export function entityTag(answer: object): string {
  return `W/"${createHash('sha256').update(JSON.stringify(answer)).digest('base64url').slice(0, 27)}"`;
}

/** Whether an `If-None-Match` names the tag: weak comparison, a list, or `*`. */
export function matches(condition: string | undefined, tag: string): boolean {
  if (condition === undefined) return false;
  const opaque = (text: string): string => text.trim().replace(/^W\//, '');
  return condition.trim() === '*' || condition.split(',').some((one) => opaque(one) === opaque(tag));
}
