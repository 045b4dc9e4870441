import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { errorCatalogue } from '#contracts';

/** Entries that no test here provokes from outside, and why. */
const notProvoked: Readonly<Record<string, string>> = {
  unsupported_component: 'The specs of templates have it.',
  template_limit_exceeded: 'The specs of templates have it.',
  unexpected: 'A fault that a test could provoke is one to mend; the filter answers it as it answers the others.',
  identity_provider: 'token-verifier.spec.ts asks a provider that is away.',
  storage: 'Workers meet a store that refuses, and the build says so: object-store.e2e-spec.ts, recovery.e2e-spec.ts.',
  storage_timeout: 'As storage: the worker meets it.',
  import_timeout: 'The specs of isolation have it.',
  no_space: 'spool-file.spec.ts writes to a disk that is full.',
  queue: 'Builds reach the queue by the outbox: no request waits for it.',
  queue_timeout: 'Builds reach the queue by the outbox: no request waits for it.',
};

const tests = readdirSync(__dirname)
  .filter((file) => file.endsWith('.e2e-spec.ts') && file !== 'errors-covered.e2e-spec.ts')
  .map((file) => readFileSync(join(__dirname, file), 'utf8'))
  .join('\n');

describe('every entry of the error catalogue', () => {
  it.each(Object.entries(errorCatalogue))('%s has a test, or it is said why not', (name, { status, type }) => {
    const near = (first: string | number, second: string | number): RegExp =>
      new RegExp(`\\b${first}\\b[\\s\\S]{0,200}\\b${second}\\b`);
    const provoked = near(status, type).test(tests) || near(type, status).test(tests);

    expect(provoked ? 'provoked' : notProvoked[name]).toEqual(expect.any(String));
  });

  it('is one that the catalogue still has, where it is said why there is no test', () => {
    expect(Object.keys(notProvoked).filter((name) => !(name in errorCatalogue))).toEqual([]);
  });
});
