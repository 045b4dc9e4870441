import { type EdgeConfig, readEdgeConfig } from './edge-config.ts';

export type AppRole = 'all' | 'api' | 'worker' | 'migrate';

/** Validated settings of one process; docs/configuration.md lists the variables. */
export interface Config {
  readonly role: AppRole;
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly database: DatabaseConfig;
  /** Null: BullMQ's Postgres backend in the same database. */
  readonly redisUrl: string | null;
  readonly storage: StorageConfig;
  readonly builds: BuildConfig;
  readonly imports: ImportConfig;
  readonly audit: AuditConfig;
  /** Null: API keys alone are taken. */
  readonly oidc: OidcConfig | null;
  readonly edge: EdgeConfig;
  readonly templates: TemplatesConfig;
  readonly webhooks: WebhookConfig;
  readonly logLevel: string;
}

export interface DatabaseConfig {
  /** Owner: migrates, and serves nothing. */
  readonly ownerUrl: string;
  /** Row-level security applies to it. */
  readonly appUrl: string;
  /** Background work across tenants; sees builds, outbox and imports, no finding. */
  readonly relayUrl: string;
}

export interface StorageConfig {
  readonly endpoint: string;
  /** Host that signed URLs are made for, when clients reach the store by another name. */
  readonly publicEndpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly bucket: string;
  readonly region: string;
  /** Life of a signed URL, seconds: 1 to 604,800. */
  readonly urlTtlSeconds: number;
}

export interface BuildConfig {
  readonly leaseSeconds: number;
  readonly sweepSeconds: number;
  readonly maxAttempts: number;
  /** From acceptance to the end, whatever happens in between. */
  readonly deadlineSeconds: number;
  readonly renderTimeoutSeconds: number;
  readonly renderThreads: number;
  readonly renderHeapMb: number;
  readonly concurrency: number;
  readonly retentionDays: number;
  /** Queued and running builds of one organization at once. */
  readonly inFlightPerOrganization: number;
}

export interface ImportConfig {
  readonly maxBytes: number;
  readonly staleSeconds: number;
}

export interface AuditConfig {
  /** Age at which an entry is removed. The database keeps 30 days whatever this says. */
  readonly retentionDays: number;
}

/** The identity provider whose tokens are taken beside API keys. */
export interface OidcConfig {
  /** As it stands in `iss`, to the letter. */
  readonly issuer: string;
  readonly audience: string;
  /** Null: as the issuer's discovery document says. */
  readonly jwksUrl: string | null;
}

export interface TemplatesConfig {
  /** Most templates of one project. */
  readonly perProject: number;
}

export interface WebhookConfig {
  /** Whether webhooks may lead to private, loopback and link-local addresses. */
  readonly allowPrivateNetworks: boolean;
}

/** What a process needs but the environment does not name: the embedded stack fills these in. */
export interface EmbeddedParts {
  readonly database?: DatabaseConfig;
  readonly storage?: {
    readonly endpoint: string;
    readonly accessKey: string;
    readonly secretKey: string;
    readonly bucket: string;
    readonly region: string;
  };
}

/** All faults of a configuration at once, so that nobody mends them one start at a time. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';

  constructor(readonly problems: readonly string[]) {
    super(`The configuration is invalid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

type Env = Readonly<Record<string, string | undefined>>;

/** Which parts the environment leaves to the embedded stack. */
export function missingParts(env: Env): { readonly database: boolean; readonly storage: boolean } {
  return { database: !env['DATABASE_URL'], storage: !env['S3_ENDPOINT'] };
}

export function readConfig(env: Env, embedded: EmbeddedParts = {}): Config {
  const problems: string[] = [];
  const text = (name: string, fallback?: string): string => {
    const value = env[name] ?? fallback;
    if (value === undefined || value === '') problems.push(`${name} is required`);
    return value ?? '';
  };
  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const raw = env[name];
    if (raw === undefined || raw === '') return fallback;
    const value = Number(raw);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    problems.push(`${name} must be an integer from ${min} to ${max}`);
    return fallback;
  };
  const oneOf = <T extends string>(name: string, fallback: T, allowed: readonly T[]): T => {
    const raw = env[name] ?? fallback;
    const value = allowed.find((candidate) => candidate === raw);
    if (value === undefined) problems.push(`${name} must be one of ${allowed.join(', ')}`);
    return value ?? fallback;
  };
  const url = (name: string, protocols: readonly string[], fallback?: string): string => {
    const value = text(name, fallback);
    if (value !== '' && !protocols.includes(protocolOf(value))) {
      problems.push(`${name} must be a URL of ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);
    }
    return value;
  };

  const production = env['NODE_ENV'] === 'production';
  const database = embedded.database ?? databaseFromEnv(url);
  const storage = embedded.storage;
  const endpoint = storage?.endpoint ?? url('S3_ENDPOINT', ['http:', 'https:']);
  const redisUrl = env['QUEUE_URL'] ? url('QUEUE_URL', ['redis:', 'rediss:']) : null;
  const config: Config = {
    role: oneOf('APP_ROLE', 'all', ['all', 'api', 'worker', 'migrate']),
    production,
    host: text('HOST', '127.0.0.1'),
    port: integer('PORT', 3000, 0, 65_535),
    dataDir: text('DATA_DIR', '.data'),
    database,
    redisUrl,
    storage: {
      endpoint,
      publicEndpoint: url('S3_PUBLIC_ENDPOINT', ['http:', 'https:'], endpoint || 'http://invalid'),
      accessKey: storage?.accessKey ?? text('S3_ACCESS_KEY'),
      secretKey: storage?.secretKey ?? text('S3_SECRET_KEY'),
      bucket: storage?.bucket ?? text('S3_BUCKET', 'airt-reports'),
      region: storage?.region ?? text('S3_REGION', 'us-east-1'),
      urlTtlSeconds: integer('S3_URL_TTL_SECONDS', 3600, 1, 604_800),
    },
    builds: {
      leaseSeconds: integer('BUILD_LEASE_SECONDS', 10, 2, 600),
      sweepSeconds: integer('BUILD_SWEEP_SECONDS', 2, 1, 600),
      maxAttempts: integer('BUILD_MAX_ATTEMPTS', 5, 1, 100),
      deadlineSeconds: integer('BUILD_DEADLINE_SECONDS', 3600, 10, 86_400),
      renderTimeoutSeconds: integer('RENDER_TIMEOUT_SECONDS', 60, 1, 3600),
      renderThreads: integer('RENDER_THREADS', 1, 1, 64),
      renderHeapMb: integer('RENDER_HEAP_MB', 1024, 128, 65_536),
      concurrency: integer('BUILD_CONCURRENCY', 2, 1, 64),
      retentionDays: integer('RETENTION_DAYS', 30, 1, 3650),
      inFlightPerOrganization: integer('BUILDS_IN_FLIGHT', 20, 1, 100_000),
    },
    imports: {
      maxBytes: integer('IMPORT_MAX_BYTES', 4 * 1024 ** 3, 1, Number.MAX_SAFE_INTEGER),
      staleSeconds: integer('IMPORT_STALE_SECONDS', 120, 5, 86_400),
    },
    edge: readEdgeConfig(env, { integer, oneOf }, problems),
    audit: { retentionDays: integer('AUDIT_RETENTION_DAYS', 365, 30, 3650) },
    oidc: env['OIDC_ISSUER'] ? oidcFromEnv(text, url, production) : null,
    templates: { perProject: integer('TEMPLATES_PER_PROJECT', 100, 1, 100_000) },
    webhooks: {
      allowPrivateNetworks: oneOf('WEBHOOK_ALLOW_PRIVATE_NETWORKS', 'false', ['true', 'false']) === 'true',
    },
    logLevel: oneOf('LOG_LEVEL', 'info', ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  };
  if (production && weakSecrets.has(config.storage.secretKey)) problems.push('S3_SECRET_KEY is a well-known default');
  if (problems.length > 0) throw new InvalidConfig(problems);
  return config;
}

/** Whoever can answer in the provider's place decides who everybody is: in production only TLS will do. */
function oidcFromEnv(
  text: (name: string) => string,
  url: (name: string, protocols: readonly string[], fallback?: string) => string,
  production: boolean,
): OidcConfig {
  const protocols = production ? ['https:'] : ['https:', 'http:'];
  const issuer = url('OIDC_ISSUER', protocols);
  // Asked for only to be checked when it is left out: discovery knows better.
  const jwksUrl = url('OIDC_JWKS_URL', protocols, issuer);
  return { issuer, audience: text('OIDC_AUDIENCE'), jwksUrl: jwksUrl === issuer ? null : jwksUrl };
}

const weakSecrets = new Set(['minioadmin', 'password', 'secret', 'changeme']);

/** One login may play all three roles: then each connection sets its role. Separate logins are the stronger wall. */
function databaseFromEnv(
  url: (name: string, protocols: readonly string[], fallback?: string) => string,
): DatabaseConfig {
  const protocols = ['postgres:', 'postgresql:'];
  const ownerUrl = url('DATABASE_URL', protocols);
  const asRole = (role: string): string =>
    ownerUrl === '' ? 'postgres://invalid' : withOption(ownerUrl, `-c role=${role}`);
  return {
    ownerUrl,
    appUrl: url('DATABASE_APP_URL', protocols, asRole('airt_app')),
    relayUrl: url('DATABASE_RELAY_URL', protocols, asRole('airt_relay')),
  };
}

function withOption(connectionString: string, option: string): string {
  return `${connectionString}${connectionString.includes('?') ? '&' : '?'}options=${encodeURIComponent(option)}`;
}

function protocolOf(value: string): string {
  try {
    return new URL(value).protocol;
  } catch {
    return '';
  }
}
