/** What the global set-up started, as the tests' processes learn it. */
export interface TestStack {
  /** A scratch folder that goes away after the last test. */
  readonly dataDir: string;
  readonly databaseUrls: DatabaseUrls;
  readonly store: {
    readonly endpoint: string;
    readonly accessKey: string;
    readonly secretKey: string;
    readonly region: string;
  };
  /** Starts the service that specs share, or says where it is. */
  readonly sharedServiceUrl: string;
}

export interface DatabaseUrls {
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
  readonly relay: string;
}

const VARIABLE = 'AIRT_TEST_STACK';

/** Jest's workers inherit the environment, and nothing else, from the set-up. */
export function publishStack(stack: TestStack): void {
  process.env[VARIABLE] = JSON.stringify(stack);
}

export function testStack(): TestStack {
  const stack = process.env[VARIABLE];
  if (stack === undefined) throw new Error('The test stack is not running: only e2e specs have it.');
  return JSON.parse(stack) as TestStack;
}
