import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findRunningService, holdDataFolder } from './hold-data-folder.ts';
import { childThatReports, kill } from './spec-support/child-that-reports.ts';

describe('holding a data folder', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'airt-hold-spec-'));
  });

  afterEach(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  it('gives the folder to the first and leaves nothing behind on release', async () => {
    const folder = await holdDataFolder(dataDir);

    expect(folder.kind).toBe('held');
    if (folder.kind === 'held') await folder.release();
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('tells the second where the first serves', async () => {
    const { child } = await childThatReports('hold-folder.cjs', dataDir, 'http://127.0.0.1:4321');
    try {
      const running = { pid: child.pid, base_url: 'http://127.0.0.1:4321', started_at: '2026-01-01T00:00:00Z' };
      await expect(holdDataFolder(dataDir)).resolves.toEqual({ kind: 'running', service: running });
      await expect(findRunningService(dataDir)).resolves.toEqual(running);
    } finally {
      await kill(child);
    }
  });

  it('takes over from a killed process, whose record is believed no longer', async () => {
    const { child } = await childThatReports('hold-folder.cjs', dataDir, 'http://127.0.0.1:4321');
    await kill(child);

    await expect(findRunningService(dataDir)).resolves.toBeUndefined();
    const folder = await holdDataFolder(dataDir);
    expect(folder.kind).toBe('held');
    if (folder.kind === 'held') await folder.release();
  });

  it('lets exactly one of several take over from a killed process', async () => {
    const { child: dead } = await childThatReports('hold-folder.cjs', dataDir);
    await kill(dead);

    const starters = await Promise.all(
      Array.from({ length: 4 }, () => childThatReports('hold-folder.cjs', dataDir, 'http://127.0.0.1:4321')),
    );

    expect(starters.map(({ report }) => report['kind']).sort()).toEqual(['held', 'running', 'running', 'running']);
    await Promise.all(starters.map(({ child }) => kill(child)));
  });

  it('says which process holds a folder that serves nothing yet', async () => {
    const folder = await holdDataFolder(dataDir);

    await expect(holdDataFolder(dataDir)).rejects.toThrow(`held by process ${process.pid}`);
    if (folder.kind === 'held') await folder.release();
  });
});
