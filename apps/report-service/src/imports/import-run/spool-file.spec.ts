import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { spoolFile } from './spool-file.ts';

const upload = (...chunks: string[]): Readable => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
const nobodyAsks = (): void => undefined;

describe('an upload on disk', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airt-spool-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('is what came, for its owner alone, with its size and hash', async () => {
    const path = join(folder, 'one');
    expect(await spoolFile(upload('green ', 'tea'), path, 100, nobodyAsks)).toEqual({
      bytes: 9,
      sha256: '69afc2ce866da3bb0282a3127f8770cbe24e817c40d689df0c15ea221d4d0832',
    });
    expect(await readFile(path, 'utf8')).toBe('green tea');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is refused at the first byte too many', async () => {
    await expect(spoolFile(upload('12345', '6'), join(folder, 'one'), 5, nobodyAsks)).rejects.toMatchObject({
      code: 'payload_too_large',
    });
  });

  // A device of Linux that takes no byte.
  const full = '/dev/full';
  (existsSync(full) ? it : it.skip)('says of a full disk that it is full', async () => {
    await expect(spoolFile(upload('green tea'), full, 100, nobodyAsks, 0)).rejects.toMatchObject({ code: 'no_space' });
  });

  it('is not begun where little is left for those under way', async () => {
    await expect(spoolFile(upload('green tea'), join(folder, 'one'), 100, nobodyAsks, Infinity)).rejects.toMatchObject({
      code: 'no_space',
    });
  });
});
