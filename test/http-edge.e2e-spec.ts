import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import { eventually } from './support/eventually.ts';
import { type Envelope, TestProject } from './support/project.ts';
import { sharedService, type SharedService } from './support/shared-service.ts';

let service: SharedService;
let project: TestProject;

beforeAll(async () => {
  service = await sharedService('tight');
  project = await TestProject.make(service.api);
});

interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends bytes as they are and reads until the other side closes. */
function exchange(bytes: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(service.baseUrl);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    socket.once('error', reject);
    socket.once('close', () => {
      const [head = '', ...body] = text.split('\r\n\r\n');
      const [line = '', ...fields] = head.split('\r\n');
      const pairs = fields.map((field): [string, string] => {
        const at = field.indexOf(':');
        return [field.slice(0, at), field.slice(at + 1).trim()];
      });
      resolve({ status: Number(line.split(' ')[1]), headers: new Headers(pairs), text: body.join('\r\n\r\n') });
    });
  });
}

function expectEnvelope(answer: RawAnswer, status: number, type: string): Envelope {
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status });
  const envelope = JSON.parse(answer.text) as Envelope;
  expect(envelope).toMatchObject({ code: status, type, detail: expect.any(String) as string });
  expect(answer.headers.get('content-type')).toContain('application/json');
  expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{1,64}$/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return envelope;
}

const get = (path: string, ...headers: string[]): string =>
  [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n');

describe('what is no request', () => {
  it.each<[string, string, number, string]>([
    ['noise', 'nonsense\r\n\r\n', 400, 'invalid_error'],
    ['a method that HTTP does not have', 'FETCH / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'invalid_error'],
    ['another protocol', 'GET / HTTQ/1.1\r\nHost: x\r\n\r\n', 400, 'invalid_error'],
    ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\n\r\n', 400, 'invalid_error'],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'invalid_error'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
      'invalid_error',
    ],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
      'invalid_error',
    ],
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n', 400, 'invalid_error'],
    ['an expectation of something else', get('/health/live', 'Expect: a miracle'), 400, 'invalid_error'],
    ['a URL of 20,000 characters', get(`/${'x'.repeat(20_000)}`), 431, 'headers_too_large_error'],
    ['a header of 20,000 characters', get('/', `X-Long: ${'x'.repeat(20_000)}`), 431, 'headers_too_large_error'],
    ['headers that never end', 'GET / HTTP/1.1\r\nHost: x\r\n', 408, 'request_timeout_error'],
  ])('%s gets the envelope and the end of the connection', async (_what, bytes, status, type) => {
    expectEnvelope(await exchange(bytes), status, type);
  });

  it('is no end of the service', async () => {
    expect((await fetch(`${service.baseUrl}/health/live`)).status).toBe(200);
  });
});

describe('a query', () => {
  it.each([
    ['that cannot be decoded', '?severity=%E0%A4%A'],
    ['that is not UTF-8', '?search=%ff%fe'],
    ['of 101 parameters', `?${Array.from({ length: 101 }, (_, n) => `a${n}=1`).join('&')}`],
  ])('%s is refused', async (_what, query) => {
    const answer = await service.api.get<Envelope>(project.path(`/findings${query}`));

    expect(answer).toMatchObject({ status: 400, body: { type: 'invalid_error', errors: [{ loc: ['query'] }] } });
  });
});

describe('a method', () => {
  it.each(['OPTIONS', 'TRACE', 'PUT', 'PROPFIND'])('%s on a route is refused with what it takes', async (method) => {
    const answer = await exchange(get(project.path('/findings')).replace('GET', method));

    expectEnvelope(answer, 405, 'method_not_allowed_error');
    expect(answer.headers.get('allow')).toContain('GET');
  });

  it.each(['/docs', '/openapi.json'])('DELETE on %s is refused as on any route', async (path) => {
    const answer = await exchange(get(path).replace('GET', 'DELETE'));

    expectEnvelope(answer, 405, 'method_not_allowed_error');
    expect(answer.headers.get('allow')).toBe('GET');
  });

  it('leaves its connection open for longer than a proxy keeps it', async () => {
    expect((await fetch(`${service.baseUrl}/health/live`)).headers.get('keep-alive')).toBe('timeout=65');
  });

  it('HEAD answers as GET does, without a body', async () => {
    const headers = { Authorization: `Bearer ${service.api.key}` };
    const url = `${service.baseUrl}${project.path('/findings')}`;
    const [head, got] = [await fetch(url, { method: 'HEAD', headers }), await fetch(url, { headers })];

    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(got.headers.get('content-length'));
    expect(await head.text()).toBe('');
  });
});

describe('a compressed body', () => {
  const build = (body: Uint8Array<ArrayBuffer>): ReturnType<typeof service.api.post> =>
    service.api.post(project.path('/reports/preflight'), body, {
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
    });

  it('is read as what it unpacks to', async () => {
    expect((await build(new Uint8Array(gzipSync('{"preset":{"sections":["findings"]}}')))).status).toBe(200);
  });

  it('that unpacks to a gigabyte is too large, and is not unpacked', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(256 * 1024 ** 2, 'x')])));
    expect(bomb.byteLength).toBeLessThan(1024 ** 2);

    expect(await build(bomb)).toMatchObject({ status: 413, body: { type: 'payload_too_large_error' } });
  });

  it('is no way to send a file', async () => {
    const file = new Uint8Array(gzipSync(airtFile({ id: 'z', name: 'Z' }, spreadRuns(1))));
    const answer = await service.api.post(project.path('/imports'), file, { headers: { 'Content-Encoding': 'gzip' } });

    expect(answer).toMatchObject({ status: 415, body: { type: 'unsupported_media_type_error' } });
  });
});

describe('a client version', () => {
  const listWith = (version: string): ReturnType<typeof service.api.get> =>
    service.api.get(`${service.api.airt}/projects`, { headers: { 'X-Client-Version': version } });

  it.each(['1.3.9', '0.99.0', 'v1.3.99', '1.3.9-beta.1'])('%s is below the minimum', async (version) => {
    expect(await listWith(version)).toMatchObject({ status: 426, body: { type: 'upgrade_required_error' } });
  });

  it.each(['1.4.0', '1.10.0', '2.0.0', 'v1.4.0+build', 'latest', '', '1.4'])('%j is served', async (version) => {
    expect((await listWith(version)).status).toBe(200);
  });

  it('does not keep a probe from the health checks', async () => {
    const answer = await service.api.get('/health/live', { headers: { 'X-Client-Version': '0.1.0' } });
    expect(answer.status).toBe(200);
  });
});

describe("a request's id", () => {
  it.each([
    ['a served', '/health/live', {}, 200],
    ['a refused', '/nowhere', {}, 404],
    ['an unparsed', '/health/live', { 'Content-Type': 'text/plain', 'Content-Length': '1' }, 415],
  ])(
    'of %s request is the one that came with it, on the answer and in the log',
    async (_what, path, headers, status) => {
      const id = `given-${status}`;
      const body = 'Content-Length' in headers ? 'x' : undefined;
      const answer = await fetch(`${service.baseUrl}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'X-Request-Id': id, ...headers },
        ...(body !== undefined && { body }),
      });

      expect({ status: answer.status, id: answer.headers.get('x-request-id') }).toEqual({ status, id });
      if (status >= 400)
        await eventually(
          () => service.logs(),
          (logs) => logs.includes(`"${id}"`),
          5_000,
        );
    },
  );

  it.each(['', 'a b', 'x'.repeat(65), 'ä', '"'])('%j is replaced', async (id) => {
    const answer = await exchange(get('/health/live', `X-Request-Id: ${id}`));
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a body that is refused before all of it is sent', () => {
  /** A logo of so many bytes, of which the first 3 MB are sent; `rest` sends what is left, and `seen` is what came back. */
  async function halfSent(bytes: number): Promise<{ seen: () => string; ended: () => boolean; rest: () => void }> {
    const { hostname, port } = new URL(service.baseUrl);
    const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n';
    const now = 3 * 1024 * 1024;
    let [text, over] = ['', false];
    const socket = connect(Number(port), hostname);
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => undefined).once('end', () => (over = true));
    socket.write(
      [
        `POST ${service.api.project(project.slug, '/branding/logo')} HTTP/1.1`,
        'Host: x',
        `Authorization: Bearer ${service.api.key}`,
        'Content-Type: multipart/form-data; boundary=x',
        `Content-Length: ${part.length + bytes}`,
        '',
        part,
      ].join('\r\n') + 'a'.repeat(now),
    );
    await eventually(
      () => text,
      (answer) => answer.includes('payload_too_large_error'),
    );
    return {
      seen: () => text,
      ended: () => over,
      rest: () => socket.end(`${'a'.repeat(bytes - now)}${get('/health/live')}`),
    };
  }

  it('is received to its end where it is a little too long, and the connection goes on', async () => {
    const { seen, rest } = await halfSent(6 * 1024 * 1024);
    expect(seen()).toMatch(/^HTTP\/1\.1 413 /);
    expect(seen()).not.toMatch(/^connection: close/im);
    rest();
    await eventually(seen, (text) => text.includes('HTTP/1.1 200 '));
  });

  it('is cut off where it is much too long', async () => {
    const { seen, ended } = await halfSent(9 * 1024 * 1024);
    expect(seen()).toMatch(/^HTTP\/1\.1 413 /);
    expect(seen()).toMatch(/^connection: close/im);
    await eventually(ended, (over) => over);
  });
});
