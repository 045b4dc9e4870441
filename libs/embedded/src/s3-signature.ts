import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** One refusal of the store, in S3's own words. */
export interface S3Refusal {
  readonly status: 400 | 403 | 501;
  readonly code: string;
  readonly message: string;
}

interface SignedRequest {
  readonly method: string;
  /** Path and query as they stood on the wire. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface S3Key {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
}

interface Claim {
  readonly credential: readonly string[];
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly date: string;
  readonly payloadHash: string;
  /** Seconds of validity from the date on; a header is good for the clock skew alone. */
  readonly expires: number | undefined;
}

const algorithm = 'AWS4-HMAC-SHA256';
const clockSkewMs = 15 * 60 * 1000;
const longestExpirySeconds = 7 * 24 * 3600;
const signatureParameters = ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature'].map(
  (name) => `X-Amz-${name}`,
);

const denied = (message: string): S3Refusal => ({ status: 403, code: 'AccessDenied', message });
const malformed = (message: string): S3Refusal => ({ status: 400, code: 'InvalidArgument', message });

/** Why the request is refused; nothing if it carries a valid signature (version 4) of the key, not yet expired. */
export function refusalOf(request: SignedRequest, key: S3Key, now: Date): S3Refusal | undefined {
  const [path = '/', rawQuery = ''] = split(request.url, '?');
  const query = parseQuery(rawQuery);
  if (query === undefined) return malformed('The query is not well-formed or names a parameter twice.');
  const segments = decodeSegments(path);
  if (segments === undefined) return malformed('The path is not well-formed.');

  const claim = readClaim(request, query);
  if ('status' in claim) return claim;

  const untimely = timeRefusal(claim, now);
  if (untimely !== undefined) return untimely;

  const [accessKey, day, region, service, end, ...rest] = claim.credential;
  if (accessKey !== key.accessKey) {
    return { status: 403, code: 'InvalidAccessKeyId', message: 'The access key does not exist.' };
  }
  if (region !== key.region || service !== 's3' || end !== 'aws4_request' || rest.length > 0) {
    return denied('The credential is for another region or service.');
  }
  if (day !== claim.date.slice(0, 8)) return denied('The credential is of another day.');
  if (!claim.signedHeaders.includes('host') || unsignedAmzHeader(request, claim.signedHeaders)) {
    return denied('The host and every x-amz header must be signed.');
  }

  const canonical = [
    request.method,
    segments.map(encode).join('/'),
    canonicalQuery(query),
    ...claim.signedHeaders.map((name) => `${name}:${headerValue(request, name)}`),
    '',
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n');
  const scope = [day, region, service, end].join('/');
  const signed = [algorithm, claim.date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const expected = hmac(signingKey(key.secretKey, day, region, service), signed);
  if (!isSameSignature(expected, claim.signature)) {
    return { status: 403, code: 'SignatureDoesNotMatch', message: 'The signature does not match the request.' };
  }
  return undefined;
}

function readClaim(request: SignedRequest, query: ReadonlyMap<string, string>): Claim | S3Refusal {
  const amz = [...query.keys()].filter((name) => name.toLowerCase().startsWith('x-amz-'));
  const authorization = request.headers['authorization'];
  if (authorization === undefined) return amz.length === 0 ? denied('Anonymous access.') : readQuery(query, amz);
  if (amz.length > 0) return malformed('Only one kind of authentication is allowed.');
  return readHeader(request, String(authorization));
}

function readHeader(request: SignedRequest, authorization: string): Claim | S3Refusal {
  if (/^AWS /i.test(authorization)) return denied('Signature version 2 is not supported.');
  const match = /^AWS4-HMAC-SHA256 Credential=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/.exec(
    authorization,
  );
  if (match === null) return malformed('The authorization header is malformed.');
  const [, credential = '', signedHeaders = '', signature = ''] = match;
  const payloadHash = headerValue(request, 'x-amz-content-sha256');
  if (payloadHash.startsWith('STREAMING-')) {
    return { status: 501, code: 'NotImplemented', message: 'Signed chunks are not supported.' };
  }
  if (payloadHash !== 'UNSIGNED-PAYLOAD' && !/^[0-9a-f]{64}$/.test(payloadHash)) {
    return malformed('x-amz-content-sha256 is absent or malformed.');
  }
  return {
    credential: credential.split('/'),
    signedHeaders: signedHeaders.split(';'),
    signature,
    date: headerValue(request, 'x-amz-date'),
    payloadHash,
    expires: undefined,
  };
}

function readQuery(query: ReadonlyMap<string, string>, amz: readonly string[]): Claim | S3Refusal {
  // Exactly these, in this spelling: the handler behind turns any x-amz parameter into a header.
  if (amz.length !== signatureParameters.length || !signatureParameters.every((name) => query.has(name))) {
    return denied('The query is not signed.');
  }
  const value = (name: string): string => query.get(`X-Amz-${name}`) ?? '';
  if (value('Algorithm') !== algorithm) return denied('Only signature version 4 is supported.');
  const expires = /^\d{1,6}$/.test(value('Expires')) ? Number(value('Expires')) : 0;
  if (expires < 1 || expires > longestExpirySeconds) return denied('X-Amz-Expires must be from 1 second to 7 days.');
  return {
    credential: value('Credential').split('/'),
    signedHeaders: value('SignedHeaders').split(';'),
    signature: value('Signature'),
    date: value('Date'),
    payloadHash: 'UNSIGNED-PAYLOAD',
    expires,
  };
}

function timeRefusal({ date, expires }: Claim, now: Date): S3Refusal | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (match === null) return denied('A date in ISO 8601 basic form is required.');
  const [, year, month, day, hour, minute, second] = match.map(Number);
  const signedAt = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second);
  const age = now.getTime() - signedAt;
  if (age < -clockSkewMs || (expires === undefined && age > clockSkewMs)) {
    return { status: 403, code: 'RequestTimeTooSkewed', message: 'The clocks differ too much.' };
  }
  return expires !== undefined && age >= expires * 1000 ? denied('Request has expired') : undefined;
}

function unsignedAmzHeader(request: SignedRequest, signed: readonly string[]): boolean {
  return Object.keys(request.headers).some((name) => name.startsWith('x-amz-') && !signed.includes(name));
}

function headerValue(request: SignedRequest, name: string): string {
  const value = request.headers[name] ?? '';
  return (Array.isArray(value) ? value.join(',') : value).trim().replace(/ +/g, ' ');
}

function canonicalQuery(query: ReadonlyMap<string, string>): string {
  return [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

function parseQuery(raw: string): ReadonlyMap<string, string> | undefined {
  const query = new Map<string, string>();
  for (const part of raw.split('&').filter((text) => text !== '')) {
    const [name, value = ''] = split(part, '=').map(decode);
    if (name === undefined || query.has(name)) return undefined;
    query.set(name, value);
  }
  return query;
}

function decodeSegments(path: string): readonly string[] | undefined {
  const segments = path.split('/').map(decode);
  const known = segments.filter((segment) => segment !== undefined);
  // "." and "..", which URL parsers resolve and file systems follow, are no names of objects.
  const climbs = known.some((segment) => segment === '.' || segment === '..' || /[/\\\0]/.test(segment));
  return known.length === segments.length && path.startsWith('/') && !climbs ? known : undefined;
}

function decode(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function split(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function signingKey(secretKey: string, day: string, region: string, service: string): Buffer {
  return [day, region, service, 'aws4_request'].reduce<Buffer>(
    (key, part) => hmac(key, part),
    Buffer.from(`AWS4${secretKey}`),
  );
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function isSameSignature(expected: Buffer, given: string): boolean {
  return /^[0-9a-f]{64}$/.test(given) && timingSafeEqual(expected, Buffer.from(given, 'hex'));
}
