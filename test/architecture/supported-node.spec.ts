import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

interface RequireNode {
  isSupported(version: string, range: string): boolean;
}

describe('the versions of Node that package.json names', () => {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { node: string } };
  let requireNode: RequireNode;

  beforeAll(async () => {
    requireNode = (await import(join(root, 'scripts/lib/require-node.mjs'))) as RequireNode;
  });

  it.each(['20.19.0', '20.20.2', '22.13.0', '22.23.3', '24.0.0', '24.21.0', '26.12.1'])('let %s start', (version) => {
    expect(requireNode.isSupported(version, engines.node)).toBe(true);
  });

  it.each(['18.20.8', '20.18.3', '21.7.3', '22.12.0', '23.11.0'])('refuse %s', (version) => {
    expect(requireNode.isSupported(version, engines.node)).toBe(false);
  });

  it('are in a form that the check of a start can read', () => {
    expect(() => requireNode.isSupported('22.13.0', '>=20.19 <23')).toThrow('Not a range');
  });
});
