import type { CommandBus, EventBus } from '@nestjs/cqrs';
import type { AuditTrail, BackgroundLoop, Config, Database } from '#platform';
import { DeliverEvents } from './events/deliver-events/deliver-events.ts';
import { PublishEvents } from './events/publish-events/publish-events.ts';
import type { WebhookSecrets } from './events/webhook-secrets.ts';
import { RelayOutbox } from './events/relay-outbox/relay-outbox.ts';

/** A database in which nothing is due, and how often it was asked in which way. */
function idleDatabase(): { readonly database: Database; readonly asked: { questions: number; transactions: number } } {
  const asked = { questions: 0, transactions: 0 };
  const database = {
    finds: () => {
      asked.questions += 1;
      return Promise.resolve(false);
    },
    across: () => {
      asked.questions += 1;
      return Promise.resolve([]);
    },
    background: () => {
      asked.transactions += 1;
      return Promise.resolve([]);
    },
  };
  return { database: database as unknown as Database, asked };
}

const never = {} as unknown as CommandBus & EventBus & Config & AuditTrail & WebhookSecrets;
const loops: readonly (readonly [string, (database: Database) => BackgroundLoop])[] = [
  ['relay of the outbox', (database) => new RelayOutbox(database, never, never)],
  ['publisher of the feed', (database) => new PublishEvents(database)],
  ['sender to webhooks', (database) => new DeliverEvents(database, never, never, never)],
];

describe('while nothing is due', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each(loops)('the %s asks one question a poll, and opens no transaction', async (_, make) => {
    const { database, asked } = idleDatabase();
    const loop = make(database);
    loop.onApplicationBootstrap();
    // The first run also forgets what is old.
    await jest.advanceTimersByTimeAsync(0);
    const { questions, transactions } = { ...asked };

    await jest.advanceTimersByTimeAsync(10_000);
    await loop.onApplicationShutdown();

    expect(asked.questions - questions).toBeGreaterThanOrEqual(19);
    expect(asked.transactions - transactions).toBe(0);
  });
});
