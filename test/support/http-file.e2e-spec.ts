import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';

import { type ApiDocument, methods } from '../../apps/report-service/src/open-api/document.ts';
import { HttpFileRun, parseHttpFile, parseVariables, readHttpFile } from './http-file.ts';

const FOLDER = join(__dirname, '../../docs/http');

describe('reading .http files', () => {
  it('reads name, method, URL over several lines, headers and body', () => {
    const [request] = parseHttpFile(
      ['# about', '', '### Ask', '# @name ask', 'POST {{base}}/a', '  ?b=c', 'X-One: 1:2', '', '{ "d": 1 }', ''].join(
        '\n',
      ),
    );

    expect(request).toEqual({
      name: 'ask',
      method: 'POST',
      url: '{{base}}/a?b=c',
      headers: [['X-One', '1:2']],
      body: [{ text: '{ "d": 1 }' }],
    });
  });

  it('reads a body that is a file', () => {
    expect(parseHttpFile('### Send\nPOST http://x/\n\n< ./file.json\n')[0]?.body).toEqual([{ file: './file.json' }]);
  });

  it('reads a form with a file between its lines', () => {
    const form = ['--x', 'Content-Type: image/png', '', '< ./logo.png', '--x--'].join('\n');

    expect(parseHttpFile(`### Send\nPOST http://x/\n\n${form}\n`)[0]?.body).toEqual([
      { text: '--x\nContent-Type: image/png\n\n' },
      { file: './logo.png' },
      { text: '\n--x--' },
    ]);
  });

  it('reads variables with any value', () => {
    expect(parseVariables('# none\na=1\nb=x=y\nc=\n')).toEqual({ a: '1', b: 'x=y', c: '' });
  });

  it.each(readdirSync(FOLDER).filter((file) => file.endsWith('.http')))(
    'understands every request of %s',
    async (file) => {
      const requests = await readHttpFile(join(FOLDER, file));

      expect(requests.length).toBeGreaterThan(0);
      expect(new Set(requests.map(({ name }) => name)).size).toBe(requests.length);
      for (const { url } of requests) expect(url).toMatch(/^\{\{base_url\}\}\//);
    },
  );
});

/** What cannot be asked as written on the demo project, and why. */
const notAsked: Readonly<Record<string, string>> = {
  create_organization: 'It takes the key of an operator.',
  redeliver_event: 'It takes a delivery that has ended, and so a receiver.',
};

describe('the requests of docs/http together', () => {
  it('ask for every operation of the OpenAPI document', async () => {
    const { paths } = JSON.parse(await readFile(join(FOLDER, '../openapi.json'), 'utf8')) as ApiDocument;
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.http'));
    const requests = (await Promise.all(files.map((file) => readHttpFile(join(FOLDER, file))))).flat();
    const isAskedFor = (method: string, path: string): boolean => {
      const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
      return requests.some(({ method: asked, url }) => {
        const [own = ''] = url.replace('{{base_url}}', '').split('?');
        return asked === method.toUpperCase() && pattern.test(own);
      });
    };

    const missing = Object.entries(paths).flatMap(([path, operations]) =>
      methods
        .filter((method) => operations[method] !== undefined && !isAskedFor(method, path))
        .map((method) => operations[method]?.operationId ?? `${method} ${path}`),
    );

    expect(missing.sort()).toEqual(Object.keys(notAsked).sort());
  });
});

describe('sending the requests of an .http file', () => {
  let server: Server;
  let base: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        response.setHeader('ETag', '"7"');
        const { url, headers } = request;
        const body = Buffer.concat(pieces).toString();
        response.end(JSON.stringify({ asked: url, headers, body, list: [{ id: 'a1' }], none: null }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
  });

  const run = async (text: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const file = new HttpFileRun(join(FOLDER, 'any.http'), { base });
    const answers: Record<string, unknown>[] = [];
    for (const request of parseHttpFile(text)) {
      answers.push(JSON.parse((await file.send(request)).text) as Record<string, unknown>);
    }
    return answers;
  };
  const first = '### One\n# @name one\nGET {{base}}/one\n';

  it('carries what an answer holds into later requests: body and headers', async () => {
    const second =
      '### Two\nPUT {{base}}/{{one.response.body.$.list[0].id}}\nIf-Match: {{one.response.headers.ETag}}\n\n' +
      '{"of": "{{ one.response.body.$.asked }}"}\n';

    expect((await run(first + second))[1]).toMatchObject({
      asked: '/a1',
      headers: { 'if-match': '"7"' },
      body: '{"of": "/one"}',
    });
  });

  it.each(['none', 'absent.deeper', 'list', 'list[1].id'])('says that an answer has no %s to carry', async (path) => {
    await expect(run(`${first}### Two\nGET {{base}}/{{one.response.body.$.${path}}}\n`)).rejects.toThrow('not set');
  });

  it('knows no answer that has not come yet', async () => {
    await expect(run('### Two\nGET {{base}}/{{one.response.body.$.id}}\n')).rejects.toThrow('not set');
  });

  it('ends the lines of a form as HTTP wants them', async () => {
    const form = '### F\nPOST {{base}}/f\nContent-Type: multipart/form-data; boundary=x\n\n--x\nA: b\n\nc\n--x--\n';

    expect((await run(form))[0]).toMatchObject({ body: '--x\r\nA: b\r\n\r\nc\r\n--x--' });
  });
});
