import type { TestApi } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { makeOperator, makeOrganization } from '../support/make-organization.ts';
import { oweDeliveries } from '../support/owe-deliveries.ts';
import { rowsOf } from '../support/rows.ts';
import { type ServiceUnderTest, startService } from '../support/service.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

interface WebhookAnswer {
  readonly id: string;
  readonly enabled: boolean;
  readonly disabled_reason: string | null;
}

interface Delivery {
  readonly status: string;
  readonly attempts: number;
  readonly last_error: string | null;
}

/** Longer than a victim may wait. */
const timeoutSeconds = 8;

describe('webhooks of an organization', () => {
  let service: ServiceUnderTest;
  let operator: string;
  let slow: WebhookReceiver;
  let quick: WebhookReceiver;

  beforeAll(async () => {
    const env = { WEBHOOK_ALLOW_PRIVATE_NETWORKS: 'true', WEBHOOK_TIMEOUT_SECONDS: String(timeoutSeconds) };
    service = await startService({ env });
    operator = await makeOperator(service);
  });
  afterAll(() => service.stop());

  beforeEach(async () => {
    [slow, quick] = await Promise.all([startWebhookReceiver(), startWebhookReceiver()]);
    slow.answer('never');
  });
  afterEach(() => Promise.all([slow.stop(), quick.stop()]));

  const organization = (): Promise<TestApi> => makeOrganization(service.baseUrl, operator, 'red-team');
  const subscribe = async (api: TestApi, url: string): Promise<string> => {
    const { status, body } = await api.post<WebhookAnswer>(`/api/v1/org/${api.org}/webhooks`, { url });
    expect(status).toBe(201);
    return body.id;
  };
  const deliveriesOf = async (api: TestApi, id: string): Promise<readonly Delivery[]> => {
    const path = `/api/v1/org/${api.org}/webhooks/${id}/deliveries`;
    return (await api.get<{ readonly deliveries: readonly Delivery[] }>(path)).body.deliveries;
  };

  it('that are slow hold up no other organization', async () => {
    const [attacker, victim] = [await organization(), await organization()];
    const hers = await subscribe(victim, quick.url);
    for (let count = 0; count < 20; count += 1) {
      await oweDeliveries(service, await subscribe(attacker, slow.url), 5, 60);
    }
    await eventually(
      () => slow.received.length,
      (count) => count >= 4,
    );

    await oweDeliveries(service, hers, 3);
    await eventually(
      () => quick.received.length,
      (count) => count === 3,
      5_000,
    );
    // The share of an organization.
    expect(slow.mostAtOnce).toBe(4);
  });

  it('get two deliveries at a time each, and the next as soon as one is over', async () => {
    const api = await organization();
    const id = await subscribe(api, slow.url);
    await oweDeliveries(service, id, 4);
    await eventually(
      () => slow.received.length,
      (count) => count === 2,
    );
    slow.answer(204);
    await oweDeliveries(service, await subscribe(api, quick.url), 20);
    await eventually(
      () => quick.received.length,
      (count) => count === 20,
      5_000,
    );
    expect(slow.mostAtOnce).toBe(2);
    expect(quick.mostAtOnce).toBeLessThanOrEqual(2);
    expect(slow.received).toHaveLength(2);
  });

  it('are switched off when their receiver has not answered for long, and say why', async () => {
    const api = await organization();
    const id = await subscribe(api, slow.url);
    await rowsOf(
      service,
      `update events.webhook set timeouts = 19, timing_out_since = now() - interval '25 hours' where id = $1`,
      [id],
    );
    await oweDeliveries(service, id, 2);

    const { body } = await eventually(
      () => api.get<WebhookAnswer>(`/api/v1/org/${api.org}/webhooks/${id}`),
      (answer) => !answer.body.enabled,
    );
    expect(body.disabled_reason).toBe('timeouts');
    expect((await deliveriesOf(api, id)).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    const audit = `/api/v1/org/${api.org}/audit?action=webhook.disabled`;
    const { body: log } = await api.get<{ readonly entries: readonly unknown[] }>(audit);
    expect(log.entries).toEqual([
      expect.objectContaining({
        resource_id: id,
        actor: expect.objectContaining({ kind: 'system' }) as unknown,
        details: { reason: 'timeouts' },
      }),
    ]);
  });

  it('with a URL or a secret that nothing can be sent with end like others, and touch nobody', async () => {
    const [api, victim] = [await organization(), await organization()];
    const poison = async (change: string): Promise<string> => {
      const id = await subscribe(api, quick.url);
      // As an earlier release, or a fault, may have left them.
      await rowsOf(service, `update events.webhook set ${change} where id = $1`, [id]);
      await oweDeliveries(service, id, 9, 60);
      return id;
    };
    const [byUrl, bySecret] = [await poison(`url = 'http://0xffffffffff/'`), await poison(`secret = '%'`)];
    await oweDeliveries(service, await subscribe(victim, quick.url), 1);

    await eventually(
      () => quick.received.length,
      (count) => count === 1,
      5_000,
    );
    await eventually(
      () => deliveriesOf(api, byUrl),
      (deliveries) =>
        deliveries.every(({ status, last_error: error }) => status === 'failed' && error === 'invalid_url'),
    );
    await eventually(
      () => deliveriesOf(api, bySecret),
      (deliveries) => deliveries.every(({ attempts, last_error: error }) => attempts === 1 && error === 'interrupted'),
    );
    // Attempts of which nobody could note the end, as when the process died of each.
    await rowsOf(
      service,
      'update events.delivery set attempts = 10, last_error = null, next_attempt_at = now() where webhook_id = $1',
      [bySecret],
    );
    await eventually(
      () => deliveriesOf(api, bySecret),
      (deliveries) =>
        deliveries.every(
          ({ status, attempts, last_error: error }) =>
            status === 'failed' && attempts === 10 && error === 'interrupted',
        ),
    );
  });

  it.each(['http://0xffffffffff/', 'http://⒈.example/', 'http://a.0x1ffffffff/', 'http://[::127.0.0.1/'])(
    'cannot have a URL that the sender could not use: %s',
    async (url) => {
      const { status } = await service.api.post(`/api/v1/org/${service.api.org}/webhooks`, { url });
      expect(status).toBe(400);
    },
  );
});
