import { createHash } from 'node:crypto';

/** `sub` of the identity provider's tokens. */
export const subjectForm = /^[^\p{Cc}\p{Cs}]{1,255}$/u;

/** The UUID (version 8) that stands for a person wherever an id is wanted: a hash of the subject of their tokens. */
export function userId(subject: string): string {
  const hash = createHash('sha256').update(`airt user\n${subject}`).digest('hex');
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
