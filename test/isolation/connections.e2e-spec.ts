import { connect, type Socket } from 'node:net';

import { airtFile, spreadRuns } from '../support/airt-file.ts';
import { eventually } from '../support/eventually.ts';
import { TestProject } from '../support/project.ts';
import { type ServiceUnderTest, startService } from '../support/service.ts';

const most = 20;
let service: ServiceUnderTest;
let project: TestProject;

beforeAll(async () => {
  service = await startService({
    env: { APP_ROLE: 'api', MAX_CONNECTIONS: String(most), BODY_TIMEOUT_SECONDS: '2', HEADERS_TIMEOUT_SECONDS: '20' },
  });
  project = await TestProject.make(service.api);
});
afterAll(async () => {
  await service.stop();
});

interface Line {
  readonly socket: Socket;
  /** What came back so far. */
  readonly seen: () => string;
  readonly ended: () => boolean;
}

const lines: Line[] = [];
afterEach(() => {
  for (const { socket } of lines.splice(0)) socket.destroy();
});

/** A connection over which so much is sent, and nothing after it. */
async function open(text = ''): Promise<Line> {
  const { hostname, port } = new URL(service.baseUrl);
  let [seen, ended] = ['', false];
  const socket = connect(Number(port), hostname);
  socket.setEncoding('utf8').on('data', (chunk: string) => (seen += chunk));
  socket.on('error', () => undefined).once('close', () => (ended = true));
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(text);
  const line = { socket, seen: () => seen, ended: () => ended };
  lines.push(line);
  return line;
}

const begun = (path: string, length: number, key: string | null, type = 'application/json', body = '{"a":'): string =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: x',
    ...(key === null ? [] : [`Authorization: Bearer ${key}`]),
    `Content-Type: ${type}`,
    `Content-Length: ${length}`,
    '',
    body,
  ].join('\r\n');

const answered = (line: Line, status: number): Promise<string> =>
  eventually(line.seen, (seen) => seen.startsWith(`HTTP/1.1 ${status} `), 10_000);
const closed = (line: Line): Promise<boolean> => eventually(line.ended, (ended) => ended, 10_000);

describe('a body of somebody without a good key', () => {
  it.each([
    ['JSON', '/reports/build', 'application/json'],
    ['a file', '/imports', 'application/x-ndjson'],
    ['a logo', '/branding/logo', 'multipart/form-data; boundary=x'],
  ])('is not waited for where it is %s, and does not keep its connection', async (_what, below, type) => {
    for (const length of [500_000, 5_000_000]) {
      const line = await open(begun(project.path(below), length, null, type));

      await answered(line, 401);
      await closed(line);
    }
  });

  it('is not parsed', async () => {
    const answer = await service.api.post(project.path('/reports/build'), 'no JSON', {
      key: null,
      headers: { 'Content-Type': 'application/json' },
    });

    expect(answer.status).toBe(401);
  });

  it('does not keep its connection where there is no route either', async () => {
    const line = await open(begun('/api/v1/nowhere', 500_000, null));

    await answered(line, 404);
    await closed(line);
  });
});

describe('a body that is too slow', () => {
  it('is ended with 408 where it is JSON', async () => {
    const line = await open(begun(project.path('/reports/build'), 500_000, service.api.key));

    expect(await answered(line, 408)).toMatch(/^connection: close/im);
    await closed(line);
    expect(line.seen()).toContain('request_timeout_error');
  });

  it('may be slower where it is a file', async () => {
    const file = airtFile({ id: 'a', name: 'A' }, spreadRuns(3));
    const head = file.slice(0, 50);
    const path = project.path('/imports');
    const line = await open(begun(path, Buffer.byteLength(file), service.api.key, 'application/x-ndjson', head));
    const other = await open(begun(project.path('/reports/build'), 500_000, service.api.key));
    // By then its time as JSON would be over.
    await answered(other, 408);
    line.socket.write(file.slice(50));

    await answered(line, 201);
  });
});

describe('more connections than the process holds', () => {
  const ask = async (): Promise<number> => (await service.api.get('/api/v1/me')).status;

  it.each([
    ['send nothing', ''],
    ['send half of their headers', 'GET /api/v1/me HTTP/1.1\r\nHost: x\r\n'],
    ['send half of a body', begun('/api/v1/orgs', 500_000, null)],
  ])('that %s keep nobody out', async (_what, text) => {
    for (let n = 0; n < 3 * most; n += 1) await open(text);

    for (let n = 0; n < 5; n += 1) expect(await ask()).toBe(200);
    const left = (): number => lines.filter(({ ended }) => !ended()).length;
    await eventually(left, (count) => count <= most, 10_000);
  });

  it('of one organization keep no other out', async () => {
    const body = begun(project.path('/reports/build'), 500_000, service.api.key);
    for (let n = 0; n < 2 * most; n += 1) await open(body);

    expect(await ask()).toBe(200);
  });
});
