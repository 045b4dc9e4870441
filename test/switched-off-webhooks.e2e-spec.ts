import { randomUUID } from 'node:crypto';
import { eventually } from './support/eventually.ts';
import { rowsOf } from './support/rows.ts';
import { sharedService, type SharedService } from './support/shared-service.ts';

interface Deliveries {
  readonly deliveries: readonly { readonly attempts: number }[];
}

describe('a webhook that was switched off', () => {
  let service: SharedService;
  let webhooks: string;

  beforeAll(async () => {
    service = await sharedService();
    webhooks = `/api/v1/org/${service.api.org}/webhooks`;
  });

  const subscribe = async (enabled: boolean): Promise<string> => {
    const url = 'https://receiver.invalid/events';
    const { status, body } = await service.api.post<{ readonly id: string }>(webhooks, { url, enabled });
    expect(status).toBe(201);
    return body.id;
  };
  /** Events of long ago, owed to a webhook. */
  const owe = (webhookId: string, count: number, minutesAgo: number): Promise<unknown> =>
    rowsOf(
      service,
      `with event as (
         insert into events.published (organization_id, position, id, type, subject, data, time)
         select w.organization_id, coalesce((select max(position) from events.published where organization_id = w.organization_id), 0) + n,
           gen_random_uuid(), 'report.deleted.v1', $2, '{}', now()
         from events.webhook w, generate_series(1, $3::int) n where w.id = $1 returning organization_id, id
       )
       insert into events.delivery (organization_id, webhook_id, event_id, next_attempt_at)
       select organization_id, $1, id, now() - make_interval(mins => $4) from event`,
      [webhookId, randomUUID(), count, minutesAgo],
    );
  const attemptsFor = async (webhookId: string): Promise<number> => {
    const { body } = await service.api.get<Deliveries>(`${webhooks}/${webhookId}/deliveries`);
    return body.deliveries.reduce((sum, { attempts }) => sum + attempts, 0);
  };

  it('holds up no other with what it still owes', async () => {
    const off = await subscribe(false);
    const on = await subscribe(true);
    // More than are taken at once, and due before all others.
    await owe(off, 20, 60);
    await owe(on, 1, 1);

    await eventually(
      () => attemptsFor(on),
      (attempts) => attempts > 0,
    );
    expect(await attemptsFor(off)).toBe(0);

    for (const id of [off, on]) expect((await service.api.send('DELETE', `${webhooks}/${id}`)).status).toBe(204);
  });
});
