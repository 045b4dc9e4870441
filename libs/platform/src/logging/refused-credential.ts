import type { Request } from 'express';
import { callerAddress } from '../http/caller-address.ts';

interface Refused {
  readonly address: string | null;
  readonly key_prefix?: string;
  readonly kid?: string;
  readonly sub?: string;
}

/** Who was refused, as far as it may stand in a log: where from, and which key or token, never the secret. */
export function refusedCredential(request: Pick<Request, 'ip' | 'headers'>): Refused {
  const address = callerAddress(request);
  const token = /^bearer +(\S{1,8192})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return { address };
  // As the list of keys shows them. What only begins like a key may be anything, a password too.
  if (/^airt_[0-9A-Za-z]{38}$/.test(token)) return { address, key_prefix: token.slice(0, 9) };
  const [header = '', payload = '', signature] = token.split('.');
  if (signature === undefined) return { address };
  const [kid, sub] = [field(header, 'kid'), field(payload, 'sub')];
  return { address, ...(kid !== undefined && { kid }), ...(sub !== undefined && { sub }) };
}

/** As the caller says: nobody has looked at the signature. */
function field(part: string, name: string): string | undefined {
  try {
    const value = (JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown> | null)?.[
      name
    ];
    return typeof value === 'string' ? value.slice(0, 100) : undefined;
  } catch {
    return undefined;
  }
}
