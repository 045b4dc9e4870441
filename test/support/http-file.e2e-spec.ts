import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { parseHttpFile, parseVariables, readHttpFile } from './http-file.ts';

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
      body: { text: '{ "d": 1 }' },
    });
  });

  it('reads a body that is a file', () => {
    expect(parseHttpFile('### Send\nPOST http://x/\n\n< ./file.json\n')[0]?.body).toEqual({ file: './file.json' });
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
