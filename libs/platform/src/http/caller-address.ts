import { isIP } from 'node:net';
import type { Request } from 'express';

/**
 * The address in what a proxy or a socket calls one, without port, brackets and zone; null where there is none.
 * `203.0.113.9:4711`, `[2001:db8::1]:443`, `fe80::1%eth0`, `unknown` and worse are seen in `X-Forwarded-For`.
 */
export function addressIn(text: string | undefined): string | null {
  const [, bracketed, plain = ''] = /^\s*"?(?:\[([^\]]*)\](?::\d*)?|([^"]*?))"?\s*$/.exec(text ?? '') ?? [];
  const address = (bracketed ?? plain.replace(/^([^:]*):\d*$/, '$1')).replace(/%.*$/, '').toLowerCase();
  return isIP(address) === 0 ? null : address;
}

/** Who asks, as far as the proxies that we trust can tell. */
export const callerAddress = (request: Pick<Request, 'ip'>): string | null => addressIn(request.ip);

/** The same, and where a proxy wrote no address its own: whoever counts by address must count something that stays. */
export const countedAddress = (request: Pick<Request, 'ip' | 'socket'>): string =>
  callerAddress(request) ?? addressIn(request.socket.remoteAddress) ?? 'unknown';
