import {
  equals,
  integer,
  keys,
  oneOf,
  optional,
  origins,
  proxies,
  secret,
  text,
  toggle,
  trustedUrl,
  url,
  version,
} from './variable.ts';

const postgres = ['postgres:', 'postgresql:'] as const;
const http = ['http:', 'https:'] as const;
const quota = [1, 1_000_000] as const;

/** Every environment variable of the service, by the part of `Config` that it fills. docs/configuration.md is made of it. */
export const variables = {
  process: {
    role: oneOf('APP_ROLE', 'all', ['all', 'api', 'worker', 'migrate']).means(
      '`api` takes requests; `worker` builds reports and answers health checks; `migrate` brings the database up to date and ends',
    ),
    production: equals('NODE_ENV', 'production').means(
      'switches the embedded stack off and refuses well-known S3 secrets',
    ),
    refuseNestedConnections: equals('NODE_ENV', 'test').means(
      'work that holds a database connection and asks for a second one fails: for tests of the service itself',
    ),
    host: text('HOST', '127.0.0.1').means('address to listen on; `0.0.0.0` in a container'),
    port: integer('PORT', 3000, [0, 65_535]).means('port to listen on; 0 takes any free one'),
    dataDir: text('DATA_DIR', '.data').means(
      'folder for uploads on their way, and for the embedded stack; must be writable',
    ),
    logLevel: oneOf('LOG_LEVEL', 'info', ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).means(
      'lines from this level on are logged',
    ),
    migrateOnStart: equals('MIGRATE_ON_START', 'true').means('migrate before serving. Always so with an embedded part'),
  },
  database: {
    ownerUrl: url('DATABASE_URL', postgres).means(
      'PostgreSQL 15 or later. The owner of the schemas: used to migrate and to make the first key',
      { leftOut: 'embedded', secret: true },
    ),
    appUrl: optional(
      url('DATABASE_APP_URL', postgres).means('login of requests; row-level security applies to it', {
        leftOut: '`DATABASE_URL` as `airt_app`',
        secret: true,
      }),
    ),
    relayUrl: optional(
      url('DATABASE_RELAY_URL', postgres).means(
        "login of background work across tenants and of the queue's Postgres backend",
        { leftOut: '`DATABASE_URL` as `airt_relay`', secret: true },
      ),
    ),
  },
  queue: {
    redisUrl: optional(
      url('QUEUE_URL', ['redis:', 'rediss:']).means('the queue on Redis or Valkey, which must be set to `noeviction`', {
        leftOut: 'the database',
        secret: true,
      }),
    ),
  },
  storage: {
    endpoint: url('S3_ENDPOINT', http).means('address of MinIO or any S3', { leftOut: 'embedded' }),
    publicEndpoint: optional(
      url('S3_PUBLIC_ENDPOINT', http).means('address by which callers reach the store: signed URLs are made for it', {
        leftOut: '`S3_ENDPOINT`',
      }),
    ),
    accessKey: text('S3_ACCESS_KEY').means(
      'may read, write, delete and stat in the bucket, and make it if it is not there',
      { leftOut: 'required with `S3_ENDPOINT`', secret: true },
    ),
    secretKey: secret('S3_SECRET_KEY').means('well-known defaults are refused in production', {
      leftOut: 'required with `S3_ENDPOINT`',
      secret: true,
    }),
    bucket: text('S3_BUCKET', 'airt-reports').means('made at the first write if absent'),
    region: text('S3_REGION', 'us-east-1').means('goes into signatures'),
    idleSeconds: integer('S3_IDLE_SECONDS', 20, [1, 600]).means(
      'a request to the store is ended when no byte comes or goes for so long',
    ),
    urlTtlSeconds: integer('S3_URL_TTL_SECONDS', 3600, [1, 604_800]).means('life of a signed URL'),
  },
  oidc: {
    issuer: trustedUrl('OIDC_ISSUER').means('`iss` of the tokens to take beside API keys, to the letter', {
      leftOut: 'API keys alone are taken',
    }),
    audience: text('OIDC_AUDIENCE').means('`aud` that the tokens must name', {
      leftOut: 'required with `OIDC_ISSUER`',
    }),
    jwksUrl: optional(
      trustedUrl('OIDC_JWKS_URL').means("address of the issuer's keys", {
        leftOut: 'as its `/.well-known/openid-configuration` says',
      }),
    ),
  },
  builds: {
    leaseSeconds: integer('BUILD_LEASE_SECONDS', 10, [2, 600]).means(
      'a worker that is silent for so long loses its build',
    ),
    sweepSeconds: integer('BUILD_SWEEP_SECONDS', 2, [1, 600]).means(
      'pause between two looks for lost, forgotten and overdue builds',
    ),
    maxAttempts: integer('BUILD_MAX_ATTEMPTS', 5, [1, 100]).means('attempts before a build fails'),
    deadlineSeconds: integer('BUILD_DEADLINE_SECONDS', 3600, [10, 86_400]).means(
      'from acceptance to the end, whatever happens in between; a build under way is ended too',
    ),
    concurrency: integer('BUILD_CONCURRENCY', 2, [1, 64]).means(
      'builds that one process has in hand at once; threads set the pace',
    ),
    renderThreads: integer('RENDER_THREADS', 1, [1, 64]).means(
      'rendering threads of one process, each with one report at a time; a long one has a second that packs',
    ),
    renderHeapMb: integer('RENDER_HEAP_MB', 1024, [128, 65_536]).means(
      'memory of a rendering thread; a report that needs more fails',
    ),
    renderTimeoutSeconds: integer('RENDER_TIMEOUT_SECONDS', 60, [1, 3600]).means(
      'time for rendering, to which 60 ms are added for each finding',
    ),
    inFlightPerOrganization: integer('BUILDS_IN_FLIGHT', 20, [1, 100_000]).means(
      'queued and running builds of one organization at once; then 429',
    ),
    retentionDays: integer('RETENTION_DAYS', 30, [1, 3650]).means(
      'age at which a report is deleted and its build becomes `expired`',
    ),
  },
  templates: {
    perProject: integer('TEMPLATES_PER_PROJECT', 100, [1, 100_000]).means('templates that one project may have'),
  },
  imports: {
    maxBytes: integer('IMPORT_MAX_BYTES', 4 * 1024 ** 3, [1, Number.MAX_SAFE_INTEGER]).means(
      'largest file, 4 GiB by default; must fit under `DATA_DIR` while it is read',
    ),
    staleSeconds: integer('IMPORT_STALE_SECONDS', 120, [5, 86_400]).means(
      'an import that is silent for so long is failed',
    ),
    underWay: integer('IMPORTS_UNDER_WAY', 32, [1, 1_000]).means(
      'imports that one process has in hand, from the first byte of the file to the answer; then 429',
    ),
    perOrganization: integer('IMPORTS_PER_ORGANIZATION', 8, [1, 1_000]).means(
      'of these, of one organization; then 429',
    ),
    readAtOnce: integer('IMPORTS_READ_AT_ONCE', 4, [1, 64]).means(
      'of these, that are read at once, each in a thread and on a connection of its own; others wait for their turn',
    ),
    statementSeconds: integer('IMPORT_STATEMENT_SECONDS', 3600, [1, 86_400]).means(
      'time for one statement of an import, the largest of which writes all its trials; then it is given up, with 504',
    ),
  },
  exports: {
    atOnce: integer('EXPORTS_AT_ONCE', 4, [1, 64]).means(
      'exports that one process writes at once, each of which holds a connection while it is read; then 429',
    ),
    perOrganization: integer('EXPORTS_PER_ORGANIZATION', 2, [1, 64]).means('of these, of one organization; then 429'),
    maxSeconds: integer('EXPORT_MAX_SECONDS', 1800, [10, 86_400]).means(
      'time for an export, from the first byte to the last; then the connection is cut',
    ),
  },
  edge: {
    corsOrigins: origins('CORS_ORIGINS').means(
      'origins whose pages may use the API, separated by commas: `https://reports.example.com`. Exact; without any, no page of another origin can',
    ),
    trustProxy: proxies('TRUST_PROXY').means(
      "whose `X-Forwarded-For` is believed: `off` nobody's, `1` to `9` that many proxies in front, or their addresses and networks, separated by commas",
    ),
    minClientVersion: version('MIN_CLIENT_VERSION').means(
      'a version such as `1.4.0`: a request whose `X-Client-Version` is lower gets 426. A header that is no version is let pass; a suffix such as `-beta.1` does not count',
    ),
    connections: integer('MAX_CONNECTIONS', 1_000, [10, 100_000]).means(
      'connections that one process holds; for one more, the oldest goes that nobody with a good key has used',
    ),
    headersSeconds: integer('HEADERS_TIMEOUT_SECONDS', 30, [1, 600]).means(
      "time for a request's headers to arrive, then 408",
    ),
    bodySeconds: integer('BODY_TIMEOUT_SECONDS', 30, [1, 600]).means(
      'time for a JSON body to arrive, then 408. Pictures have 120 s and files 6 hours, once it is known who sends them',
    ),
  },
  rateLimit: {
    enabled: toggle('RATE_LIMIT', 'on', ['on', 'off']).means('`off`: nobody is counted'),
    windowSeconds: integer('RATE_LIMIT_WINDOW_SECONDS', 60, [1, 3600]).means(
      'length of a window; it begins with the first request in it',
    ),
    perCaller: integer('RATE_LIMIT_PER_CALLER', 1_200, quota).means('requests of one key or person in a window'),
    perOrganization: integer('RATE_LIMIT_PER_ORGANIZATION', 6_000, quota).means(
      'requests in one organization in a window',
    ),
    expensivePerCaller: integer('RATE_LIMIT_EXPENSIVE_PER_CALLER', 120, quota).means(
      'of these, builds, previews, imports, exports and logos',
    ),
    expensivePerOrganization: integer('RATE_LIMIT_EXPENSIVE_PER_ORGANIZATION', 600, quota).means(
      'the same, in one organization',
    ),
    failuresPerAddress: integer('RATE_LIMIT_FAILURES_PER_ADDRESS', 60, quota).means(
      'refused keys and tokens of one address in a window; then 429 for more of them, while good ones of it go on',
    ),
  },
  audit: {
    retentionDays: integer('AUDIT_RETENTION_DAYS', 365, [30, 3650]).means(
      'age at which an entry is removed; 30 days are kept by the database itself',
    ),
  },
  webhooks: {
    allowPrivateNetworks: toggle('WEBHOOK_ALLOW_PRIVATE_NETWORKS', 'false', ['true', 'false']).means(
      '`true`: webhooks may lead to private, loopback and link-local addresses. See [Events](events.md)',
    ),
    secretKeys: keys('WEBHOOK_SECRET_KEYS').means(
      'keys of 32 bytes in base64, separated by commas: the first seals the signing secrets in the database, all open them. See [Events](events.md#secrets)',
      { leftOut: 'secrets are stored in plain text', secret: true },
    ),
    timeoutSeconds: integer('WEBHOOK_TIMEOUT_SECONDS', 15, [1, 60]).means(
      'time in which a receiver has to answer; without an answer the delivery is tried again later',
    ),
  },
  firstKey: {
    org: optional(
      text('BOOTSTRAP_ORG').means('slug of the organization to make; without it no key is made', {
        leftOut: '`demo` with the embedded stack',
      }),
    ),
    workspace: optional(
      text('BOOTSTRAP_WORKSPACE').means('slug of the workspace to make', {
        leftOut: '`red-team` with the embedded stack',
      }),
    ),
    file: optional(
      text('BOOTSTRAP_API_KEY_FILE').means('where organization, workspace and key are written', {
        leftOut: '`credentials.json` in `DATA_DIR`',
      }),
    ),
  },
};
