import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** A piece of a body: text as written, or a file named by `< ./path`. */
export type BodyPart = { readonly text: string } | { readonly file: string };

/** One request of an .http file, with its {{variables}} still in place. */
export interface HttpRequest {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  /** None: no body. A form has its files between the lines of its text. */
  readonly body: readonly BodyPart[];
}

export type Variables = Readonly<Record<string, string>>;

/** Reads the form that the REST clients of editors read: `### name`, request line, headers, blank line, body. */
export function parseHttpFile(text: string): readonly HttpRequest[] {
  const requests: HttpRequest[] = [];
  for (const block of text.split(/^###/m).slice(1)) {
    const [title = '', ...rest] = block.split(/\r?\n/);
    const request = parseBlock(title.trim(), rest);
    if (request !== undefined) requests.push(request);
  }
  return requests;
}

export async function readHttpFile(path: string): Promise<readonly HttpRequest[]> {
  return parseHttpFile(await readFile(path, 'utf8'));
}

/** `NAME=value` lines, as `http.env` holds them. */
export function parseVariables(text: string): Variables {
  const lines = text.split(/\r?\n/).filter((line) => line.includes('=') && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** What was sent, and what came back. */
export interface HttpExchange {
  readonly method: string;
  readonly url: string;
  /** The body as it was sent. */
  readonly sent: { readonly type: string; readonly bytes: Buffer } | undefined;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends the requests of one .http file as an editor would; the answers to earlier ones are at hand for later ones. */
export class HttpFileRun {
  private readonly answers = new Map<string, HttpExchange>();

  constructor(
    /** Of the .http file; files that it names are found from its folder. */
    private readonly path: string,
    private readonly variables: Variables,
  ) {}

  async send(request: HttpRequest): Promise<HttpExchange> {
    const { method } = request;
    const url = this.fill(request.url);
    const headers = request.headers.map(([name, value]): [string, string] => [name, this.fill(value)]);
    const body = await this.bodyOf(request);
    const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
    const { status, headers: answered } = answer;
    const type = new Headers(headers).get('content-type') ?? '';
    const sent = body === undefined ? undefined : { type, bytes: body };
    const exchange = { method, url, sent, status, headers: answered, text: await answer.text() };
    this.answers.set(request.name, exchange);
    return exchange;
  }

  private async bodyOf({ body, headers }: HttpRequest): Promise<Buffer<ArrayBuffer> | undefined> {
    if (body.length === 0) return undefined;
    const isForm = headers.some(
      ([name, value]) => name.toLowerCase() === 'content-type' && value.startsWith('multipart/'),
    );
    const pieces = body.map(async (part): Promise<Uint8Array> => {
      if ('file' in part) return readFile(resolve(dirname(this.path), part.file));
      const text = this.fill(part.text);
      // The lines of a form end as RFC 2046 has it, however the file was saved.
      return Buffer.from(isForm ? text.replaceAll('\n', '\r\n') : text);
    });
    return Buffer.concat(await Promise.all(pieces));
  }

  private fill(text: string): string {
    return text.replace(/\{\{\s*(\$?[A-Za-z_][\w.$[\]-]*)\s*\}\}/g, (_whole, name: string) => {
      const value = this.valueOf(name);
      if (value === undefined) throw new Error(`The request needs the variable ${name}, which is not set.`);
      return value;
    });
  }

  private valueOf(name: string): string | undefined {
    // The one dynamic variable that all editors know alike; a caller may stop the clock.
    if (name === '$timestamp') return this.variables[name] ?? String(Math.floor(Date.now() / 1000));
    const [, request = '', part, path = ''] = /^(\w+)\.response\.(body|headers)\.(.+)$/.exec(name) ?? [];
    if (part === undefined) return this.variables[name];
    const answer = this.answers.get(request);
    if (part === 'headers') return answer?.headers.get(path) ?? undefined;
    return answer === undefined ? undefined : valueAt(JSON.parse(answer.text), path);
  }
}

/** The string or number at a plain JSONPath: `$.key`, `$.list[0].id`. */
function valueAt(body: unknown, path: string): string | undefined {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '' && step !== '$');
  const value = steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | null | undefined)?.[step], body);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function parseBlock(title: string, lines: readonly string[]): HttpRequest | undefined {
  const spoken = lines.filter((line) => !/^(#|\/\/)/.test(line));
  const start = spoken.findIndex((line) => line.trim() !== '');
  const match = /^([A-Z]+)\s+(\S+)/.exec(spoken[start] ?? '');
  if (match === null) return undefined;
  const named = /^#\s*@name\s+(\S+)/m.exec(lines.join('\n'));
  const [, method = '', first = ''] = match;

  let at = start + 1;
  let url = first;
  // A long query may go on in the next lines.
  for (; /^\s+[?&]/.test(spoken[at] ?? ''); at += 1) url += (spoken[at] ?? '').trim();
  const headers: (readonly [string, string])[] = [];
  for (; (spoken[at] ?? '').trim() !== ''; at += 1) {
    const line = spoken[at] ?? '';
    headers.push([line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]);
  }
  return { name: named?.[1] ?? title, method, url, headers, body: parseBody(spoken.slice(at + 1).join('\n')) };
}

function parseBody(text: string): readonly BodyPart[] {
  const parts = text.trim().split(/^<[ \t]+(\S+)[ \t]*$/m);
  return parts.map((part, index) => (index % 2 === 1 ? { file: part } : { text: part })).filter(isSomething);
}

const isSomething = (part: BodyPart): boolean => 'file' in part || part.text !== '';
