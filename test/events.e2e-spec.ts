import { Webhook } from 'standardwebhooks';
import { airtFile, spreadRuns } from './support/airt-file.ts';
import { eventually } from './support/eventually.ts';
import { type BuildAnswer, TestProject } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { type ServiceUnderTest, startService } from './support/service.ts';
import { sharedOrganization, type SharedService } from './support/shared-service.ts';
import { startWebhookReceiver, type WebhookReceiver } from './support/webhook-receiver.ts';

interface CloudEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly source: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Feed {
  readonly events: readonly CloudEvent[];
  readonly next_cursor: string;
  readonly has_next: boolean;
}

interface WebhookAnswer {
  readonly id: string;
  readonly secret: string;
  readonly enabled: boolean;
  readonly disabled_reason: string | null;
}

interface Deliveries {
  readonly deliveries: readonly {
    readonly id: string;
    readonly event_id: string;
    readonly status: string;
    readonly attempts: number;
    readonly last_status: number | null;
    readonly last_error: string | null;
  }[];
}

describe('events for other services', () => {
  let service: ServiceUnderTest;
  let project: TestProject;
  let receiver: WebhookReceiver;
  let org: string;

  beforeAll(async () => {
    service = await startService({ env: { WEBHOOK_ALLOW_PRIVATE_NETWORKS: 'true' } });
    org = `/api/v1/org/${service.api.org}`;
    project = await TestProject.make(service.api);
    await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(5)));
  });
  afterAll(() => service.stop());

  beforeEach(async () => {
    receiver = await startWebhookReceiver();
  });
  afterEach(() => receiver.stop());

  const build = async (): Promise<BuildAnswer> => project.ended((await project.build()).body.job_id);

  const subscribe = async (settings: Readonly<Record<string, unknown>> = {}): Promise<WebhookAnswer> => {
    const { status, body } = await service.api.post<WebhookAnswer>(`${org}/webhooks`, {
      url: receiver.url,
      ...settings,
    });
    expect(status).toBe(201);
    return body;
  };
  const deliveriesOf = async ({ id }: WebhookAnswer): Promise<Deliveries['deliveries']> =>
    (await service.api.get<Deliveries>(`${org}/webhooks/${id}/deliveries`)).body.deliveries;
  const unsubscribe = async ({ id }: WebhookAnswer): Promise<void> => {
    expect((await service.api.send('DELETE', `${org}/webhooks/${id}`)).status).toBe(204);
  };
  /** Makes the next attempt due: tests cannot wait for hours. */
  const hurry = ({ id }: WebhookAnswer): Promise<unknown> =>
    rowsOf(
      service,
      'update events.delivery set next_attempt_at = now() where webhook_id = $1 and next_attempt_at is not null',
      [id],
    );

  it('stand in a feed in their order, and a cursor neither skips nor repeats one', async () => {
    const { body: before } = await service.api.get<Feed>(`${org}/events?limit=200`);
    const builds = [await build(), await build(), await build()];

    let cursor = before.next_cursor;
    const seen: CloudEvent[] = [];
    await eventually(
      async () => {
        const { body } = await service.api.get<Feed>(`${org}/events?limit=2&cursor=${cursor}`);
        cursor = body.next_cursor;
        seen.push(...body.events);
        return seen.length;
      },
      (count) => count >= 3,
    );

    expect(seen.map(({ subject }) => subject)).toEqual(builds.map(({ job_id }) => job_id));
    expect(seen[0]).toMatchObject({
      specversion: '1.0',
      type: 'report.completed.v1',
      datacontenttype: 'application/json',
      data: { build_id: builds[0]?.job_id, sha256: builds[0]?.sha256, file_size_bytes: builds[0]?.file_size_bytes },
    });
    expect((await service.api.get(`${String(seen[0]?.source)}/reports/build/${String(seen[0]?.subject)}`)).status).toBe(
      200,
    );
    expect((await service.api.get<Feed>(`${org}/events?cursor=${cursor}`)).body).toEqual({
      events: [],
      next_cursor: cursor,
      has_next: false,
    });
    expect((await service.api.get(`${org}/events?cursor=-1`)).status).toBe(400);
    // A reader of one type alone is not left behind: its cursor is that of whoever has read all.
    expect((await service.api.get<Feed>(`${org}/events?type=report.failed.v1`)).body.next_cursor).toBe(cursor);
    expect((await service.api.get(`${org}/events?type=report.build_queued.v1`)).status).toBe(400);
  });

  it('stand in the order in which they happened, those of one transaction, too', async () => {
    const { body: before } = await service.api.get<Feed>(`${org}/events?limit=200`);
    const jobIds = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const { job_id: jobId } = (await project.build()).body;
        expect((await project.deleteBuild(jobId)).status).toBe(204);
        return jobId;
      }),
    );

    const { events } = await eventually(
      async () => (await service.api.get<Feed>(`${org}/events?limit=200&cursor=${before.next_cursor}`)).body,
      (feed) => feed.events.length >= 16,
    );

    for (const jobId of jobIds) {
      const [ending, ...rest] = events.filter(({ subject }) => subject === jobId).map(({ type }) => type);
      expect(['report.cancelled.v1', 'report.completed.v1']).toContain(ending);
      expect(rest).toEqual(['report.deleted.v1']);
    }
  });

  it('keep their order and lose none when many processes complete builds at once', async () => {
    const { body: before } = await service.api.get<Feed>(`${org}/events?limit=200`);
    const second = await startService({ beside: service });
    try {
      const jobs = await Promise.all(Array.from({ length: 12 }, () => project.build()));
      const seen: string[] = [];
      let cursor = before.next_cursor;
      await eventually(
        async () => {
          const { body } = await service.api.get<Feed>(`${org}/events?limit=3&cursor=${cursor}`);
          cursor = body.next_cursor;
          seen.push(...body.events.map(({ subject }) => subject));
          return seen.length;
        },
        (count) => count >= 12,
        120_000,
      );
      expect([...seen].sort()).toEqual(jobs.map(({ body }) => body.job_id).sort());
    } finally {
      await second.stop();
    }
  });

  it('reach a webhook signed by Standard Webhooks, with the id of the feed and no link', async () => {
    const webhook = await subscribe();
    const report = await build();

    const [delivery] = await eventually(
      () => Promise.resolve(receiver.received),
      (received) => received.length === 1,
    );
    if (!delivery) throw new Error('nothing was received');
    const event = new Webhook(webhook.secret).verify(delivery.body, {
      'webhook-id': String(delivery.headers['webhook-id']),
      'webhook-timestamp': String(delivery.headers['webhook-timestamp']),
      'webhook-signature': String(delivery.headers['webhook-signature']),
    }) as CloudEvent;
    expect(event).toMatchObject({ id: delivery.headers['webhook-id'], subject: report.job_id });
    expect(delivery.headers['content-type']).toBe('application/cloudevents+json');
    expect(delivery.body).not.toContain('X-Amz');
    expect(() =>
      new Webhook(webhook.secret).verify(`${delivery.body} `, delivery.headers as Record<string, string>),
    ).toThrow();
    await eventually(
      () => deliveriesOf(webhook),
      ([first]) => first?.status === 'delivered' && first.event_id === event.id && first.last_status === 204,
    );
    await unsubscribe(webhook);
  });

  it('are sent again until the receiver takes them, with the same id', async () => {
    const webhook = await subscribe();
    receiver.answer(500);
    await build();
    await eventually(
      () => deliveriesOf(webhook),
      ([first]) => first?.status === 'pending' && first.attempts === 1 && first.last_status === 500,
    );
    receiver.answer(302);
    await hurry(webhook);
    await eventually(
      () => deliveriesOf(webhook),
      ([first]) => first?.attempts === 2 && first.last_status === 302,
    );
    receiver.answer(200);
    await hurry(webhook);
    await eventually(
      () => deliveriesOf(webhook),
      ([first]) => first?.status === 'delivered' && first.attempts === 3,
    );
    // A redirect is a failure, not a way to another address.
    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    await unsubscribe(webhook);
  });

  it('are signed with the old secret too for a day after a rotation', async () => {
    const webhook = await subscribe();
    const { body: rotated } = await service.api.post<WebhookAnswer>(`${org}/webhooks/${webhook.id}/rotate-secret`);
    expect(rotated.secret).not.toBe(webhook.secret);
    await build();
    const [delivery] = await eventually(
      () => Promise.resolve(receiver.received),
      (received) => received.length === 1,
    );
    for (const { secret } of [webhook, rotated]) {
      expect(() =>
        new Webhook(secret).verify(delivery?.body ?? '', delivery?.headers as Record<string, string>),
      ).not.toThrow();
    }
    await unsubscribe(webhook);
  });

  it('stop for a receiver that says it is gone, and can be sent once more on demand', async () => {
    const webhook = await subscribe();
    receiver.answer(500);
    await build();
    await eventually(
      () => deliveriesOf(webhook),
      ([first]) => first?.attempts === 1,
    );
    receiver.answer(410);
    await build();
    await eventually(
      () => service.api.get<WebhookAnswer>(`${org}/webhooks/${webhook.id}`),
      ({ body }) => !body.enabled && body.disabled_reason === 'gone',
    );
    const [over, earlier] = await deliveriesOf(webhook);
    expect([over?.status, earlier?.status]).toEqual(['failed', 'cancelled']);
    const redeliver = `${org}/webhooks/${webhook.id}/deliveries/${String(over?.id)}/redeliver`;
    expect((await service.api.post(redeliver)).status).toBe(409);

    receiver.answer(200);
    expect((await service.api.send('PATCH', `${org}/webhooks/${webhook.id}`, { body: { enabled: true } })).status).toBe(
      200,
    );
    expect((await service.api.post(redeliver)).status).toBe(202);
    await eventually(
      () => deliveriesOf(webhook),
      ([first]) => first?.status === 'delivered',
    );
    await unsubscribe(webhook);
  });

  it('come only in the types that were asked for', async () => {
    const failures = await subscribe({ event_types: ['report.failed.v1'] });
    const all = await subscribe();
    await build();
    await eventually(
      () => deliveriesOf(all),
      (deliveries) => deliveries.length === 1,
    );
    expect(await deliveriesOf(failures)).toEqual([]);
    await unsubscribe(failures);
    await unsubscribe(all);
  });

  it.each([
    [{ url: 'ftp://example.com/x' }, ['body', 'url']],
    [{ url: 'https://user:secret@example.com/' }, ['body', 'url']],
    [{ url: 'not a url' }, ['body', 'url']],
    [{ url: 'http://2130706433/' }, ['body', 'url']],
    [{ url: 'https://example.com', event_types: ['nonsense'] }, ['body', 'event_types']],
    [{ url: 'https://example.com', secret: 'mine' }, ['body', 'secret']],
  ])('are not promised to %j', async (body, loc) => {
    const answer = await service.api.post<{ errors: { loc: unknown }[] }>(`${org}/webhooks`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]?.loc).toEqual(loc);
  });

  it('go to twenty webhooks at most, also when they are made at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => service.api.post<WebhookAnswer>(`${org}/webhooks`, { url: receiver.url })),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(5);
    for (const { body } of made) await unsubscribe(body);
  });
});

describe('a feed that was restored from a backup', () => {
  it('tells a reader who was further, also once it has grown past that place', async () => {
    const service = await sharedOrganization();
    const feed = `/api/v1/org/${service.api.org}/events`;
    const [{ id: organizationId } = { id: '' }] = await rowsOf<{ id: string }>(
      service,
      'select id from projects.organization where slug = $1',
      [service.api.org],
    );
    const publish = async (count: number, inAll: number): Promise<Feed> => {
      await rowsOf(
        service,
        `insert into events.outbox (id, organization_id, type, aggregate_id, payload)
         select gen_random_uuid(), $1, 'report.cancelled.v1', gen_random_uuid(), '{}' from generate_series(1, $2)`,
        [organizationId, count],
      );
      return (
        await eventually(
          () => service.api.get<Feed>(feed),
          ({ body }) => body.events.length === inAll,
        )
      ).body;
    };
    const early = (await publish(2, 2)).next_cursor;
    const late = (await publish(3, 5)).next_cursor;

    await rowsOf(service, 'delete from events.published where organization_id = $1 and position > 2', [organizationId]);
    await rowsOf(service, 'update events.feed set last = 2 where organization_id = $1', [organizationId]);

    const refused = { status: 410, body: { type: 'cursor_lost_error', errors: [{ loc: ['query', 'cursor'] }] } };
    expect(await service.api.get(`${feed}?cursor=${late}`)).toMatchObject(refused);
    await publish(6, 8);
    expect(await service.api.get(`${feed}?cursor=${late}`)).toMatchObject(refused);
    // Who had not read past the backup goes on, and who begins again sees all that there is.
    expect((await service.api.get<Feed>(`${feed}?cursor=${early}`)).body.events).toHaveLength(6);

    // A month later the first events are removed.
    await rowsOf(service, 'delete from events.published where organization_id = $1 and position < 6', [organizationId]);
    expect(await service.api.get(`${feed}?cursor=${early}`)).toMatchObject(refused);
    expect((await service.api.get<Feed>(feed)).body.events).toHaveLength(3);
  });
});

describe('a webhook that leads into the private network', () => {
  let service: SharedService;
  let project: TestProject;

  beforeAll(async () => {
    service = await sharedOrganization();
    project = await TestProject.make(service.api);
    await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(1)));
  });

  it.each(['http://127.0.0.1:PORT/hook', 'http://localhost:PORT/hook', 'http://[::ffff:127.0.0.1]:PORT/hook'])(
    'is not called: %s',
    async (template) => {
      const receiver = await startWebhookReceiver();
      try {
        const org = `/api/v1/org/${service.api.org}`;
        const url = template.replace('PORT', new URL(receiver.url).port);
        const { body: webhook } = await service.api.post<WebhookAnswer>(`${org}/webhooks`, { url });
        await project.ended((await project.build()).body.job_id);

        await eventually(
          () => service.api.get<Deliveries>(`${org}/webhooks/${webhook.id}/deliveries`),
          ({ body }) => body.deliveries[0]?.last_error === 'refused_address',
        );
        expect(receiver.received).toEqual([]);
      } finally {
        await receiver.stop();
      }
    },
  );
});
