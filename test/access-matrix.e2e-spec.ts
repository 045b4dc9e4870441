import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { atLength, IdentityProvider } from '#testing';

import { type Fixture, makeFixture } from './support/access-matrix/fixture.ts';
import { DIST, documented, readRoutes, type Route } from './support/access-matrix/routes.ts';
import { type MatrixRun, runMatrix } from './support/access-matrix/run-matrix.ts';
import { reportPart } from './support/report-line.ts';
import { type ServiceUnderTest, startService } from './support/service.ts';
import { startWebhookReceiver, type WebhookReceiver } from './support/webhook-receiver.ts';

describe('every route, by every caller, on every kind of path', () => {
  let provider: IdentityProvider;
  let service: ServiceUnderTest;
  let receiver: WebhookReceiver;
  let routes: readonly Route[];
  let fixture: Fixture;
  let run: MatrixRun;
  let before: Readonly<Record<string, string>>;
  let after: Readonly<Record<string, string>>;
  let openId: Readonly<Record<string, string>>;

  beforeAll(async () => {
    provider = await IdentityProvider.start();
    openId = { OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: 'airt', OIDC_JWKS_URL: provider.jwksUrl };
    receiver = await startWebhookReceiver();
    [service, routes] = await Promise.all([
      startService({ env: { ...openId, WEBHOOK_ALLOW_PRIVATE_NETWORKS: 'true' } }),
      readRoutes(),
    ]);
    fixture = await makeFixture(service, provider, receiver.url);
    before = await fixture.rowsOfOther();
    run = await runMatrix(service.baseUrl, routes, fixture, async () => {
      after = await fixture.rowsOfOther();
    });
  });
  afterAll(async () => {
    await service.stop();
    await receiver.stop();
    await provider.stop();
  });

  it('is generated from the routes: none that is documented is missing, none that is served is undocumented', async () => {
    const { body } = await service.api.get<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json');
    const inDocument = Object.entries(body.paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((key) => ['get', 'put', 'post', 'patch', 'delete', 'head', 'options'].includes(key))
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.map(documented).sort()).toEqual(expect.arrayContaining(inDocument));
    const undocumented = routes.filter((route) => !inDocument.includes(documented(route)));
    expect(undocumented.filter(({ needs }) => needs !== 'public')).toEqual([]);
    expect(routes.length).toBeGreaterThan(30);
  });

  it('has an object of its own for every path parameter', () => {
    expect(run.unfilled).toEqual([]);
  });

  it('answers as scopes and roles say: no read and no write across tenants', () => {
    expect(run.violations).toEqual([]);
    expect(run.cells).toBeGreaterThan(routes.length * 16);
    reportPart(`access matrix: ${run.cells} requests on ${routes.length} routes, ${run.violations.length} violations`);
  });

  it('changed no row of the other organization', () => {
    expect(Object.keys(before).length).toBeGreaterThan(10);
    expect(Object.values(before).filter((hash) => hash !== '').length).toBeGreaterThan(8);
    expect(after).toEqual(before);
  });

  it('fails for a service whose guard grants what the path names, whoever asks', async () => {
    const mutant = await startService({
      // Not joined to one program: the mutant takes the guard's class from its own file.
      product: join(__dirname, '..'),
      env: {
        ...openId,
        NODE_OPTIONS: `--import ${pathToFileURL(join(__dirname, 'support/access-matrix/without-guard.mjs')).href}`,
        AIRT_MUTANT_DATABASE: service.databaseUrls.superuser,
        AIRT_MUTANT_DIST: pathToFileURL(DIST).href,
      },
      beside: service,
    });
    try {
      // A commit looks at every third route: that the matrix can fail is seen by few.
      const reads = routes.filter(({ method }) => method === 'GET').filter((_, n) => n % atLength(3, 1) === 0);
      const { violations } = await runMatrix(mutant.baseUrl, reads, fixture);
      const leaks = violations.filter(({ expected }) => expected.startsWith('no word'));
      expect(violations.length - leaks.length).toBeGreaterThan(atLength(25, 100));
      expect(leaks.length).toBeGreaterThan(atLength(4, 20));
    } finally {
      await mutant.stop();
    }
  });
});
