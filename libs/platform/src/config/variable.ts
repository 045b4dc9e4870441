import { isIP } from 'node:net';

/** One environment variable: how it is read, and its row in docs/configuration.md (Markdown). */
export interface Variable<Value> {
  readonly name: string;
  readonly meaning: string;
  /** What holds when it is left out. */
  readonly leftOut: string;
  /** What it may be; empty where the meaning says it. */
  readonly values: string;
  readonly secret: boolean;
  /** Throws the end of a sentence that begins with the name. */
  read(text: string | undefined, production: boolean): Value;
}

/** A text may not be empty. */
export const text = (name: string, fallback?: string) =>
  variable(
    name,
    { leftOut: fallback === undefined ? 'required' : code(fallback) },
    (given = fallback) => given || fault('is required'),
  );

/** An empty one counts as left out. */
export function integer(name: string, fallback: number, [min, max]: readonly [min: number, max: number]) {
  const values = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `${min} to ${max}`;
  return variable(name, { leftOut: String(fallback), values }, (given = '') => {
    const value = given === '' ? fallback : Number(given);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    return fault(`must be an integer from ${min} to ${max}`);
  });
}

export const oneOf = <const Word extends string>(name: string, fallback: NoInfer<Word>, words: readonly Word[]) =>
  variable(
    name,
    { leftOut: code(fallback), values: words.map(code).join(', ') },
    (given = fallback) => words.find((word) => word === given) ?? fault(`must be one of ${words.join(', ')}`),
  );

/** True for the first of two words; a third is refused. */
export const toggle = (name: string, fallback: string, words: readonly [yes: string, no: string]) =>
  variable(name, { leftOut: code(fallback), values: words.map(code).join(', ') }, (given = fallback) =>
    words.includes(given) ? given === words[0] : fault(`must be one of ${words.join(', ')}`),
  );

/** True for one word; whatever else it is, it is not that. */
export const equals = (name: string, word: string) => variable(name, { values: code(word) }, (given) => given === word);

export function url(name: string, protocols: readonly string[]) {
  const values = protocols.map((protocol) => code(`${protocol}//`)).join(', ');
  return variable(name, { values }, (given = '') => urlOf(given, protocols));
}

/** Whoever can answer in the place of such an address is believed: in production only TLS will do. */
export const trustedUrl = (name: string) =>
  variable(name, { values: '`https://`; `http://` too, but in production' }, (given = '', production) =>
    urlOf(given, production ? ['https:'] : ['https:', 'http:']),
  );

/** Well-known ones are refused in production. */
export const secret = (name: string) =>
  variable(name, {}, (given = '', production) =>
    production && wellKnown.has(given) ? fault('is a well-known default') : given || fault('is required'),
  );

/** Null when it is left out. */
export const optional = <Value>(one: Variable<Value>): Variable<Value | null> => ({
  ...one,
  read: (given, production) => (given === undefined ? null : one.read(given, production)),
});

/** Hops to trust, or the proxies' addresses; null: the peer of the connection is the caller. */
export const proxies = (name: string) =>
  variable(name, { leftOut: code('off') }, (given = ''): number | readonly string[] | null => {
    if (given === '' || given === 'off') return null;
    if (/^[1-9]$/.test(given)) return Number(given);
    const list = listOf(given);
    if (list.every(isNetwork)) return list;
    return fault('must be off, a number of hops from 1 to 9, or addresses and networks such as 10.0.0.0/8');
  });

/** Keys of 32 bytes in base64, none by default. */
export const keys = (name: string) =>
  variable(name, {}, (given = ''): readonly string[] => {
    const list = listOf(given);
    return list.every(isKey) ? list : fault('must list keys of 32 bytes in base64, as of `openssl rand -base64 32`');
  });

const isKey = (text: string): boolean => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === text;
};

export const origins = (name: string) =>
  variable(name, {}, (given = ''): readonly string[] => {
    const list = listOf(given);
    return list.every(isOrigin) ? list : fault('must list exact origins such as https://reports.example.com');
  });

export const version = (name: string) =>
  variable(name, {}, (given = '') => {
    if (given === '') return null;
    return /^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(given) ? given : fault('must be a version such as 1.4.0');
  });

const code = (word: string): string => `\`${word}\``;

interface Printed {
  readonly leftOut?: string;
  readonly values?: string;
}

/** What the document prints is taken from how it is read, unless `means` says otherwise. */
const variable = <Value>(name: string, printed: Printed, read: Variable<Value>['read']) => ({
  means: (meaning: string, more: Pick<Printed, 'leftOut'> & { readonly secret?: true } = {}): Variable<Value> => ({
    ...{ name, meaning, read, leftOut: '–', values: '', secret: false },
    ...printed,
    ...more,
  }),
});

const wellKnown = new Set(['minioadmin', 'password', 'secret', 'changeme']);

function fault(sentence: string): never {
  throw new Error(sentence);
}

function urlOf(given: string, protocols: readonly string[]): string {
  if (given === '') fault('is required');
  const wanted = protocols.map((protocol) => `${protocol}//`).join(' or ');
  return URL.canParse(given) && protocols.includes(new URL(given).protocol)
    ? given
    : fault(`must be a URL of ${wanted}`);
}

function isNetwork(given: string): boolean {
  const [address = '', bits, ...rest] = given.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

const isOrigin = (given: string): boolean =>
  /^https?:/.test(given) && URL.canParse(given) && new URL(given).origin === given;

const listOf = (given: string): string[] =>
  given
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
