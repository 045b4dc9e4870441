import type { Variable } from './variable.ts';
import { variables } from './variables.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Group = Readonly<Record<string, Variable<unknown>>>;
type Values<Of extends Group> = { readonly [Key in keyof Of]: Of[Key] extends Variable<infer Value> ? Value : never };

/** Validated settings of one process. */
export type Config = ReturnType<typeof readConfig>;

/** All faults of a configuration at once, so that nobody mends them one start at a time. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';

  constructor(readonly problems: readonly string[]) {
    super(`The configuration is invalid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** Which parts the environment leaves to the embedded stack. */
export function missingParts(env: Env): { readonly database: boolean; readonly storage: boolean } {
  return { database: !env['DATABASE_URL'], storage: !env['S3_ENDPOINT'] };
}

export function readConfig(env: Env) {
  const production = env['NODE_ENV'] === 'production';
  const problems: string[] = [];
  const read = <Of extends Group>(group: Of): Values<Of> => {
    const values = Object.entries(group).map(([key, variable]) => {
      try {
        return [key, variable.read(env[variable.name], production)];
      } catch (error) {
        problems.push(`${variable.name} ${(error as Error).message}`);
        return [key, undefined];
      }
    });
    return Object.fromEntries(values) as Values<Of>;
  };

  const { ownerUrl, appUrl, relayUrl } = read(variables.database);
  const storage = read(variables.storage);
  // The variables of an identity provider and of a queue of its own count only when it is named.
  const oidc = env['OIDC_ISSUER'] ? read(variables.oidc) : null;
  const redisUrl = env['QUEUE_URL'] ? read(variables.queue).redisUrl : null;
  const config = {
    ...read(variables.process),
    /** Null: BullMQ's Postgres backend in the same database. */
    redisUrl,
    builds: read(variables.builds),
    imports: read(variables.imports),
    exports: read(variables.exports),
    audit: read(variables.audit),
    /** Null: API keys alone are taken. */
    oidc,
    edge: { ...read(variables.edge), rateLimit: read(variables.rateLimit) },
    templates: read(variables.templates),
    webhooks: read(variables.webhooks),
    firstKey: read(variables.firstKey),
  };
  if (problems.length > 0) throw new InvalidConfig(problems);
  return {
    ...config,
    storage: { ...storage, publicEndpoint: storage.publicEndpoint ?? storage.endpoint },
    // One login may play all three roles: then each connection sets its role. Separate logins are the stronger wall.
    database: {
      ownerUrl,
      appUrl: appUrl ?? asRole(ownerUrl, 'airt_app'),
      relayUrl: relayUrl ?? asRole(ownerUrl, 'airt_relay'),
    },
  };
}

const asRole = (connectionString: string, role: string): string =>
  `${connectionString}${connectionString.includes('?') ? '&' : '?'}options=${encodeURIComponent(`-c role=${role}`)}`;
