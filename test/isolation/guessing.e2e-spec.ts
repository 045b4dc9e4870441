import { makeApiKey } from '../../apps/report-service/src/tenancy/api-key.ts';
import { IdentityProvider } from '#testing';

import type { ApiAnswer } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { TestProject } from '../support/project.ts';
import { type ServiceUnderTest, startService } from '../support/service.ts';

/** Refusals that an address has. */
const quota = 5;

let service: ServiceUnderTest;
let provider: IdentityProvider;

beforeAll(async () => {
  provider = await IdentityProvider.start();
  service = await startService({
    env: {
      APP_ROLE: 'api',
      OIDC_ISSUER: provider.issuer,
      OIDC_AUDIENCE: 'airt',
      OIDC_JWKS_URL: provider.jwksUrl,
      RATE_LIMIT: 'on',
      RATE_LIMIT_WINDOW_SECONDS: '3600',
      RATE_LIMIT_FAILURES_PER_ADDRESS: String(quota),
      TRUST_PROXY: '1',
    },
  });
});
afterAll(async () => {
  await service.stop();
  await provider.stop();
});

const ask = (address: string, key: string | null): Promise<ApiAnswer<unknown>> =>
  service.api.get('/api/v1/me', { key, headers: { 'X-Forwarded-For': address } });

async function makeKey(): Promise<{ readonly key: string; readonly id: string }> {
  const request = { name: 'fresh', scopes: ['read'] };
  return (await service.api.post<{ key: string; id: string }>('/api/v1/org/demo/keys', request)).body;
}

/** Asks until the answer is 429. Where Postgres is slow to count, the process counts anew by itself for a while. */
async function exhaust(
  address: string | ((n: number) => string),
  credential: () => string | Promise<string> = makeApiKey,
  refusal = 401,
): Promise<void> {
  for (let n = 0; n < 4 * quota; n += 1) {
    const { status } = await ask(typeof address === 'string' ? address : address(n), await credential());
    if (status === 429 && n >= quota) return;
    expect(status).toBe(refusal);
  }
  throw new Error(`${4 * quota} refusals, and no 429`);
}

// The first of all: once the provider's keys were read, they are kept.
describe('a token of which nobody can tell whether it is good', () => {
  it('counts as refused', async () => {
    provider.stopAnswering();
    try {
      await exhaust('192.0.2.9', () => provider.token(), 502);
    } finally {
      provider.stopAnswering(false);
    }
    expect((await ask('192.0.2.9', await provider.token({ sub: 'anna' }))).status).toBe(200);
  });
});

describe('an address whose keys are refused again and again', () => {
  it('waits for an answer to more of them, whatever they look like', async () => {
    await exhaust('192.0.2.1');

    for (const key of [makeApiKey(), 'nonsense', null, await provider.token({ aud: 'other' })]) {
      const answer = await ask('192.0.2.1', key);
      expect(answer).toMatchObject({ status: 429, body: { type: 'rate_limit_error' } });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
  });

  it('keeps no good key and no good token from being taken, not even one that nobody has seen before', async () => {
    await exhaust('192.0.2.2');
    const { key } = await makeKey();

    expect((await ask('192.0.2.2', key)).status).toBe(200);
    expect((await ask('192.0.2.2', await provider.token({ sub: 'anna' }))).status).toBe(200);
  });

  it('keeps none waiting for long while others of it guess without pause', async () => {
    await exhaust('192.0.2.3');
    const { key } = await makeKey();
    let over = false;
    const guessing = Promise.all(
      Array.from({ length: 20 }, async () => {
        while (!over) expect((await ask('192.0.2.3', makeApiKey())).status).toBe(429);
      }),
    );
    const begun = Date.now();
    const good = await ask('192.0.2.3', key);
    const took = Date.now() - begun;
    over = true;
    await guessing;

    expect(good.status).toBe(200);
    expect(took).toBeLessThan(3_000);
  });

  it('is one address, whatever port, zone or brackets its proxy writes with it', async () => {
    const written = (n: number): string => (n % 2 === 0 ? `192.0.2.4:${4_000 + n}` : `[::ffff:192.0.2.4]:${4_000 + n}`);
    await exhaust(written);
  });
});

describe('what is refused counts', () => {
  it('also where it is a token that has expired', async () => {
    await exhaust('192.0.2.5', () => provider.token({ exp: 1_000_000_000 }));
  });

  it('also where it is a key that was revoked after it was good', async () => {
    const { key, id } = await makeKey();
    expect((await ask('192.0.2.6', key)).status).toBe(200);
    expect((await service.api.post(`/api/v1/org/demo/keys/${id}/revoke`)).status).toBe(200);
    await exhaust('192.0.2.6', () => key);
  });
});

describe('an audited request', () => {
  it.each(['203.0.113.9:4711', 'unknown', 'fe80::1%eth0', '[2001:db8::1]:443', "' or 1=1 --", 'x'.repeat(60)])(
    'whose proxy calls the caller %j is served',
    async (address) => {
      const headers = { 'X-Forwarded-For': address };
      const answer = await service.api.post('/api/v1/org/demo/keys', { name: 'k', scopes: ['read'] }, { headers });

      expect(answer.status).toBe(201);
    },
  );
});

describe('the log', () => {
  const refusedLines = (): string[] =>
    service
      .logs()
      .split('\n')
      .filter((line) => line.includes('"refused":'));
  const lineWith = async (text: string): Promise<string> =>
    (await eventually(refusedLines, (lines) => lines.some((line) => line.includes(text)))).find((line) =>
      line.includes(text),
    ) ?? '';

  it('says of a refused key where it came from and how it begins, and no more of it', async () => {
    const key = makeApiKey();
    await ask('192.0.2.7:99', key);

    expect(JSON.parse(await lineWith(key.slice(0, 9)))).toMatchObject({
      res: { status: 401 },
      refused: { address: '192.0.2.7', key_prefix: key.slice(0, 9) },
    });
    expect(service.logs()).not.toContain(key.slice(0, 12));
  });

  it('says of a refused token what it names', async () => {
    const token = await provider.token({ sub: 'mallory', aud: 'other' });
    await ask('192.0.2.8', token);

    expect(JSON.parse(await lineWith('mallory'))).toMatchObject({
      refused: { address: '192.0.2.8', kid: expect.any(String) as string, sub: 'mallory' },
    });
    expect(service.logs()).not.toContain(token.slice(-20));
  });

  it('says who lacked a right', async () => {
    const { key } = await makeKey();
    const project = TestProject.of(service.api, 'any');
    const answer = await service.api.post(project.path('/reports/build'), {}, { key });

    expect([403, 404]).toContain(answer.status);
    const made = await service.api.post(`${service.api.airt}/projects`, { slug: 'x', name: 'x' }, { key });
    expect(made.status).toBe(403);
    expect(JSON.parse(await lineWith(key.slice(0, 9)))).toMatchObject({ res: { status: 403 } });
  });
});
