import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { eventually } from './support/eventually.ts';
import { oweDeliveries } from './support/owe-deliveries.ts';
import { rowsOf } from './support/rows.ts';
import { startService } from './support/service.ts';
import { startWebhookReceiver } from './support/webhook-receiver.ts';

interface WebhookAnswer {
  readonly id: string;
  readonly secret: string;
}

it('secrets of webhooks are sealed in the database, those of before too, and sign as ever', async () => {
  const [first, second] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  const [service, receiver] = await Promise.all([
    startService({ env: { WEBHOOK_ALLOW_PRIVATE_NETWORKS: 'true' } }),
    startWebhookReceiver(),
  ]);
  try {
    const webhooks = `/api/v1/org/${service.api.org}/webhooks`;
    const { body: webhook } = await service.api.post<WebhookAnswer>(webhooks, { url: receiver.url });
    const stored = (): Promise<{ secret: string; previous_secret: string | null }[]> =>
      rowsOf(service, 'select secret, previous_secret from events.webhook where id = $1', [webhook.id]);
    /** Sends an event and answers which of the secrets it is signed with. */
    const signedBy = async (...secrets: string[]): Promise<boolean[]> => {
      const before = receiver.received.length;
      await oweDeliveries(service, webhook.id, 1);
      await eventually(
        () => receiver.received.length,
        (count) => count > before,
      );
      const { body, headers } = receiver.received[before] ?? { body: '', headers: {} };
      return secrets.map((secret) => {
        try {
          new Webhook(secret).verify(body, headers as Record<string, string>);
          return true;
        } catch {
          return false;
        }
      });
    };
    expect(await stored()).toEqual([{ secret: webhook.secret, previous_secret: null }]);

    await service.restart({ WEBHOOK_SECRET_KEYS: first });
    const [sealed] = await eventually(stored, ([row]) => row?.secret.startsWith('sealed:') === true);
    expect(sealed?.secret).not.toContain(webhook.secret.slice(6));
    expect(await signedBy(webhook.secret)).toEqual([true]);
    const { body: rotated } = await service.api.post<WebhookAnswer>(`${webhooks}/${webhook.id}/rotate-secret`);
    expect(await stored()).toEqual([
      { secret: expect.stringMatching(/^sealed:/) as string, previous_secret: sealed?.secret },
    ]);
    expect(await signedBy(webhook.secret, rotated.secret)).toEqual([true, true]);

    await service.restart({ WEBHOOK_SECRET_KEYS: `${second},${first}` });
    const keyOf = (text = ''): string => text.slice(0, 'sealed:01234567'.length);
    await eventually(stored, ([row]) => keyOf(row?.secret) !== keyOf(sealed?.secret));
    await service.restart({ WEBHOOK_SECRET_KEYS: second });
    expect(await signedBy(webhook.secret, rotated.secret)).toEqual([true, true]);
    expect(service.logs()).not.toContain(webhook.secret.slice(6));
  } finally {
    await Promise.all([service.stop(), receiver.stop()]);
  }
});
