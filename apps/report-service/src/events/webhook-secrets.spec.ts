import { randomBytes } from 'node:crypto';
import type { Config } from '#platform';
import { WebhookSecrets } from './webhook-secrets.ts';

const [mine, other] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
const secretsBy = (...secretKeys: string[]): WebhookSecrets =>
  new WebhookSecrets({ webhooks: { secretKeys } } as unknown as Config);
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=';

describe('the secret of a webhook', () => {
  it('is sealed by the key of the installation, otherwise each time, and opened for its webhook', () => {
    const secrets = secretsBy(mine);
    const [once, twice] = [secrets.seal('a', secret), secrets.seal('a', secret)];
    expect(once).toMatch(/^sealed:[0-9a-f]{8}:/);
    expect(once).not.toContain(secret.slice(6));
    expect(once).not.toBe(twice);
    expect(once.startsWith(secrets.currentPrefix ?? '?')).toBe(true);
    expect([secrets.open('a', once), secrets.open('a', twice)]).toEqual([secret, secret]);
  });

  it('is opened by an earlier key, and needs sealing by the new one', () => {
    const sealed = secretsBy(mine).seal('a', secret);
    const rotated = secretsBy(other, mine);
    expect(rotated.open('a', sealed)).toBe(secret);
    expect(sealed.startsWith(rotated.currentPrefix ?? '?')).toBe(false);
  });

  it('is stored as it is without a key, and read so with one', () => {
    expect(secretsBy().seal('a', secret)).toBe(secret);
    expect(secretsBy(mine).open('a', secret)).toBe(secret);
  });

  it.each<[string, (sealed: string) => [WebhookSecrets, string, string]]>([
    ['by another key', (sealed) => [secretsBy(other), 'a', sealed]],
    ['without a key', (sealed) => [secretsBy(), 'a', sealed]],
    ['for another webhook', (sealed) => [secretsBy(mine), 'b', sealed]],
    ['after it was cut', (sealed) => [secretsBy(mine), 'a', sealed.slice(0, 40)]],
    ['after it was changed', (sealed) => [secretsBy(mine), 'a', sealed.replace(/.{8}$/, 'AAAAAAAA')]],
  ])('is not opened %s', (_, given) => {
    const [secrets, id, sealed] = given(secretsBy(mine).seal('a', secret));
    expect(() => secrets.open(id, sealed)).toThrow();
  });
});
