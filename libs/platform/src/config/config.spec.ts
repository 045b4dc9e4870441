import { InvalidConfig, readConfig } from './config.ts';
import type { Variable } from './variable.ts';
import { variables } from './variables.ts';

const parts = {
  DATABASE_URL: 'postgres://owner:pw@db/airt',
  S3_ENDPOINT: 'http://store:9000',
  S3_ACCESS_KEY: 'access',
  S3_SECRET_KEY: 'a secret of ours',
};

function problemsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  it('needs a database and a store, and has defaults for all else', () => {
    expect(readConfig(parts)).toMatchObject({
      role: 'all',
      production: false,
      migrateOnStart: false,
      redisUrl: null,
      oidc: null,
      storage: { publicEndpoint: 'http://store:9000', bucket: 'airt-reports' },
      edge: { trustProxy: null, corsOrigins: [], minClientVersion: null, rateLimit: { enabled: true } },
      webhooks: { allowPrivateNetworks: false },
      firstKey: { org: null, workspace: null, file: null },
    });
  });

  it('tells all faults at once', () => {
    expect(
      problemsOf({ ...parts, S3_SECRET_KEY: '', PORT: '65536', RATE_LIMIT: 'maybe', QUEUE_URL: 'amqp://q' }),
    ).toEqual(
      expect.arrayContaining([
        'S3_SECRET_KEY is required',
        'PORT must be an integer from 0 to 65535',
        'RATE_LIMIT must be one of on, off',
        'QUEUE_URL must be a URL of redis:// or rediss://',
      ]),
    );
  });

  it.each([
    [{ DATABASE_URL: '' }, 'DATABASE_URL is required'],
    [{ DATABASE_APP_URL: '' }, 'DATABASE_APP_URL is required'],
    [{ APP_ROLE: 'cook' }, 'APP_ROLE must be one of all, api, worker, migrate'],
    [{ BUILD_LEASE_SECONDS: '1' }, 'BUILD_LEASE_SECONDS must be an integer from 2 to 600'],
    [{ BUILD_LEASE_SECONDS: '2.5' }, 'BUILD_LEASE_SECONDS must be an integer from 2 to 600'],
    [{ OIDC_ISSUER: 'https://id.example' }, 'OIDC_AUDIENCE is required'],
    [{ TRUST_PROXY: '10.0.0.0/33' }, 'TRUST_PROXY must be off, a number of hops'],
    [{ CORS_ORIGINS: 'https://a.example/' }, 'CORS_ORIGINS must list exact origins'],
    [{ MIN_CLIENT_VERSION: '1.4' }, 'MIN_CLIENT_VERSION must be a version such as 1.4.0'],
    [{ NODE_ENV: 'production', S3_SECRET_KEY: 'minioadmin' }, 'S3_SECRET_KEY is a well-known default'],
    [
      { NODE_ENV: 'production', OIDC_ISSUER: 'http://id.example', OIDC_AUDIENCE: 'airt' },
      'OIDC_ISSUER must be a URL of https://',
    ],
  ])('refuses %j by the name of the variable', (env: Readonly<Record<string, string>>, problem) => {
    expect(problemsOf({ ...parts, ...env })).toEqual([expect.stringContaining(problem)]);
  });

  it('reads the identity provider only when it is named', () => {
    expect(problemsOf({ ...parts, OIDC_JWKS_URL: 'nowhere' })).toEqual([]);
    expect(readConfig({ ...parts, OIDC_ISSUER: 'http://id.example', OIDC_AUDIENCE: 'airt' }).oidc).toEqual({
      issuer: 'http://id.example',
      audience: 'airt',
      jwksUrl: null,
    });
  });

  it('plays the other two database roles with the one login when they have none of their own', () => {
    const { database } = readConfig({ ...parts, DATABASE_RELAY_URL: 'postgres://relay@db/airt' });

    expect(database.appUrl).toBe('postgres://owner:pw@db/airt?options=-c%20role%3Dairt_app');
    expect(database.relayUrl).toBe('postgres://relay@db/airt');
  });

  it('tells nobody what a secret is', () => {
    const groups: readonly Readonly<Record<string, Variable<unknown>>>[] = Object.values(variables);
    const secrets = groups.flatMap((group) => Object.values(group)).filter(({ secret }) => secret);
    const env = Object.fromEntries(secrets.map(({ name }) => [name, 'minioadmin']));

    expect(secrets.length).toBeGreaterThan(4);
    expect(problemsOf({ ...env, NODE_ENV: 'production' }).join('\n')).not.toContain('minioadmin');
  });
});
