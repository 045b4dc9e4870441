import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { release } from './release.ts';

it('the release is the version of the package', () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../../../package.json'), 'utf8')) as object as {
    version: string;
  };
  expect(release).toBe(version);
});
