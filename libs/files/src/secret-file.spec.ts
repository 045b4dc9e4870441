import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readSecretFile, writeSecretFile } from './secret-file.ts';

describe('a file for its owner alone', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airt-secret-file-'));
    path = join(folder, 'credentials.json');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('holds what was written last, with mode 0600 whatever it had before', async () => {
    await writeFile(path, '{"api_key":"old"}', { mode: 0o644 });

    await writeSecretFile(path, { api_key: 'new' });

    expect(await readSecretFile(path)).toEqual({ api_key: 'new' });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['credentials.json']);
  });

  it('is nothing when it is absent, and named when it is broken', async () => {
    expect(await readSecretFile(path)).toBeUndefined();
    await writeFile(path, '{"api_key":');
    await expect(readSecretFile(path)).rejects.toThrow(`Cannot read ${path}`);
  });

  it('leaves no draft behind when it cannot be replaced', async () => {
    await mkdir(path);

    await expect(writeSecretFile(path, { api_key: 'new' })).rejects.toThrow();

    expect(await readdir(folder)).toEqual(['credentials.json']);
  });
});
