import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const pattern = /^airt_[0-9A-Za-z]{38}$/;

/** `airt_` + 32 random characters + 6 of checksum, so that a scanner can tell a leaked key from a random word. */
export function makeApiKey(): string {
  let secret = '';
  while (secret.length < 32) {
    for (const byte of randomBytes(48)) {
      // 248 is the largest multiple of 62 in a byte: above it the first letters would come more often.
      if (byte < 248 && secret.length < 32) secret += alphabet[byte % 62] ?? '';
    }
  }
  return `airt_${secret}${checksum(secret)}`;
}

/** Refuses mistyped and foreign tokens before anybody asks the database. */
export function isApiKey(token: string): boolean {
  return pattern.test(token) && checksum(token.slice(5, 37)) === token.slice(37);
}

/** Keys are random, so a plain hash keeps them; it is what the database holds. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

function checksum(secret: string): string {
  let rest = crc(secret);
  let text = '';
  for (let place = 0; place < 6; place += 1) {
    text = (alphabet[rest % 62] ?? '') + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

function crc(text: string): number {
  return crc32(text);
}
