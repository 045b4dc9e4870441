import { randomBytes } from 'node:crypto';

/** A password that needs no escaping in a URL, a shell or SQL. */
export function randomSecret(bytes = 24): string {
  return randomBytes(bytes).toString('hex');
}
