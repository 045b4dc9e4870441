import { isIP } from 'node:net';

/** How the process meets the network: proxies in front of it, pages of other origins, old clients, too many requests. */
export interface EdgeConfig {
  /** Hops to trust, or the proxies' addresses; null: the peer of the connection is the caller. */
  readonly trustProxy: number | readonly string[] | null;
  /** Exact origins whose pages may use the API. */
  readonly corsOrigins: readonly string[];
  readonly minClientVersion: string | null;
  readonly headersSeconds: number;
  readonly rateLimit: RateLimitConfig;
}

/** Requests per window. Expensive ones count in both quotas of a caller and of an organization. */
export interface RateLimitConfig {
  readonly enabled: boolean;
  readonly windowSeconds: number;
  readonly perCaller: number;
  readonly perOrganization: number;
  readonly expensivePerCaller: number;
  readonly expensivePerOrganization: number;
  /** Refused keys and tokens of one address. */
  readonly failuresPerAddress: number;
}

type Env = Readonly<Record<string, string | undefined>>;

export interface EnvReaders {
  readonly integer: (name: string, fallback: number, min: number, max: number) => number;
  readonly oneOf: <T extends string>(name: string, fallback: T, allowed: readonly T[]) => T;
}

export function readEdgeConfig(env: Env, { integer, oneOf }: EnvReaders, problems: string[]): EdgeConfig {
  return {
    trustProxy: trustProxy(env['TRUST_PROXY'] ?? 'off', problems),
    corsOrigins: corsOrigins(env['CORS_ORIGINS'] ?? '', problems),
    minClientVersion: minClientVersion(env['MIN_CLIENT_VERSION'] ?? '', problems),
    headersSeconds: integer('HEADERS_TIMEOUT_SECONDS', 30, 1, 600),
    rateLimit: {
      enabled: oneOf('RATE_LIMIT', 'on', ['on', 'off']) === 'on',
      windowSeconds: integer('RATE_LIMIT_WINDOW_SECONDS', 60, 1, 3600),
      perCaller: integer('RATE_LIMIT_PER_CALLER', 1_200, 1, 1_000_000),
      perOrganization: integer('RATE_LIMIT_PER_ORGANIZATION', 6_000, 1, 1_000_000),
      expensivePerCaller: integer('RATE_LIMIT_EXPENSIVE_PER_CALLER', 120, 1, 1_000_000),
      expensivePerOrganization: integer('RATE_LIMIT_EXPENSIVE_PER_ORGANIZATION', 600, 1, 1_000_000),
      failuresPerAddress: integer('RATE_LIMIT_FAILURES_PER_ADDRESS', 60, 1, 1_000_000),
    },
  };
}

function trustProxy(value: string, problems: string[]): EdgeConfig['trustProxy'] {
  if (value === '' || value === 'off') return null;
  if (/^[1-9]$/.test(value)) return Number(value);
  const addresses = listOf(value);
  if (addresses.every(isNetwork)) return addresses;
  problems.push('TRUST_PROXY must be off, a number of hops from 1 to 9, or addresses and networks such as 10.0.0.0/8');
  return null;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function corsOrigins(value: string, problems: string[]): readonly string[] {
  const origins = listOf(value);
  const wrong = origins.filter((origin) => !isOrigin(origin));
  if (wrong.length > 0) problems.push('CORS_ORIGINS must list exact origins such as https://reports.example.com');
  return origins.filter(isOrigin);
}

function isOrigin(text: string): boolean {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.origin === text;
  } catch {
    return false;
  }
}

function minClientVersion(value: string, problems: string[]): string | null {
  if (value === '') return null;
  if (/^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(value)) return value;
  problems.push('MIN_CLIENT_VERSION must be a version such as 1.4.0');
  return null;
}

const listOf = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
