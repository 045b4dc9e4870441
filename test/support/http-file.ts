import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** One request of an .http file, with its {{variables}} still in place. */
export interface HttpRequest {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Text as written, or a file named by `< ./path`. */
  readonly body: { readonly text: string } | { readonly file: string } | undefined;
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

/** Sends one request as an editor would; a file in it is found from the folder of the .http file. */
export async function sendHttpRequest(request: HttpRequest, variables: Variables, path: string): Promise<Response> {
  const body = await bodyOf(request, variables, path);
  return await fetch(fill(request.url, variables), {
    method: request.method,
    headers: request.headers.map(([name, value]): [string, string] => [name, fill(value, variables)]),
    ...(body === undefined ? {} : { body }),
  });
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
  const text = spoken
    .slice(at + 1)
    .join('\n')
    .trim();
  const file = /^<\s+(\S+)$/.exec(text)?.[1];
  const body = file !== undefined ? { file } : text === '' ? undefined : { text };
  return { name: named?.[1] ?? title, method, url, headers, body };
}

async function bodyOf(
  request: HttpRequest,
  variables: Variables,
  path: string,
): Promise<string | Buffer<ArrayBuffer> | undefined> {
  if (request.body === undefined) return undefined;
  if ('text' in request.body) return fill(request.body.text, variables);
  return await readFile(resolve(dirname(path), request.body.file));
}

function fill(text: string, variables: Variables): string {
  return text.replace(/\{\{\s*(\$?[A-Za-z_]\w*)\s*\}\}/g, (_whole, name: string) => {
    // The one dynamic variable that all editors know alike.
    const value = name === '$timestamp' ? String(Math.floor(Date.now() / 1000)) : variables[name];
    if (value === undefined) throw new Error(`The request needs the variable ${name}, which is not set.`);
    return value;
  });
}
