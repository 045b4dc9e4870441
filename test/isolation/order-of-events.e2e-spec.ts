import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import {
  oldestUnpublished,
  waitingOrganizations,
} from '../../apps/report-service/src/events/publish-events/unpublished.ts';
import { eventually } from '../support/eventually.ts';
import { rowsOf } from '../support/rows.ts';
import { sharedOrganization, type SharedService } from '../support/shared-service.ts';

const types = ['report.completed.v1', 'report.cancelled.v1'];

describe('events of one organization', () => {
  let service: SharedService;
  let organizationId: string;

  beforeAll(async () => {
    // A second process of the installation, which publishes and relays as the first.
    await sharedOrganization('tight');
  });
  beforeEach(async () => {
    service = await sharedOrganization();
    const [row] = await rowsOf<{ id: string }>(service, 'select id from projects.organization where slug = $1', [
      service.api.org,
    ]);
    organizationId = row?.id ?? '';
  });

  /** Writes events in one transaction each, as what they tell of happens; answers their ids. */
  const happen = async (count: number): Promise<string[]> => {
    const ids = Array.from({ length: count }, () => randomUUID());
    for (const id of ids) await happenOnce(id);
    return ids;
  };
  const happenOnce = (id: string): Promise<unknown> =>
    rowsOf(
      service,
      `insert into events.outbox (id, organization_id, type, aggregate_id, payload, created_at)
       values ($1, $2, 'report.cancelled.v1', gen_random_uuid(), '{}', clock_timestamp())`,
      [id, organizationId],
    );
  const published = async (): Promise<string[]> => {
    const { body } = await service.api.get<{ readonly events: readonly { readonly id: string }[] }>(
      `/api/v1/org/${service.api.org}/events?limit=200`,
    );
    return body.events.map(({ id }) => id);
  };

  it('are published in the order in which they happened, by however many processes', async () => {
    const ids = await happen(150);
    await eventually(published, (events) => events.length === ids.length);
    expect(await published()).toEqual(ids);
  });

  it('are not relayed past one that somebody holds', async () => {
    const holder = new Client({ connectionString: service.databaseUrls.superuser });
    await holder.connect();
    const ids = [randomUUID(), randomUUID()];
    const sent = (): Promise<unknown> =>
      rowsOf(
        service,
        'select id, sent_at is not null as sent from events.outbox where id = any($1) order by created_at',
        [ids],
      );
    try {
      for (const id of ids) {
        await holder.query(
          `insert into events.outbox (id, organization_id, type, aggregate_id, payload, created_at, next_attempt_at)
           values ($1, $2, 'report.cancelled.v1', gen_random_uuid(), '{}', clock_timestamp(), now() + interval '2 s')`,
          [id, organizationId],
        );
      }
      // Held before they are due.
      await holder.query('begin');
      await holder.query('select from events.outbox where id = $1 for update', ids.slice(0, 1));
      // Both are due from now on, and one of another organization after them.
      await eventually(
        () => rowsOf(service, 'select from events.outbox where id = $1 and next_attempt_at <= now()', ids.slice(1)),
        (due) => due.length === 1,
      );
      await eventually(await happenElsewhere(), (done) => done);
      expect(await sent()).toEqual(ids.map((id) => ({ id, sent: false })));
    } finally {
      await holder.query('commit');
      await holder.end();
    }
    const all = JSON.stringify(ids.map((id) => ({ id, sent: true })));
    await eventually(sent, (rows) => JSON.stringify(rows) === all);
  });

  /** An event of another organization, which is published and relayed meanwhile. */
  const happenElsewhere = async (): Promise<() => Promise<boolean>> => {
    const [id, other] = [randomUUID(), await sharedOrganization()];
    await rowsOf(
      other,
      `insert into events.outbox (id, organization_id, type, aggregate_id, payload)
       select $1, id, 'report.cancelled.v1', gen_random_uuid(), '{}' from projects.organization where slug = $2`,
      [id, other.api.org],
    );
    return async () => {
      const [row] = await rowsOf<{ done: boolean }>(
        service,
        'select published_at is not null and sent_at is not null as done from events.outbox where id = $1',
        [id],
      );
      return row?.done === true;
    };
  };

  it.each([
    ['which organizations have events to publish', waitingOrganizations, [types]],
    ['the oldest of them', oldestUnpublished, [types, randomUUID(), 50]],
  ])('are found by the index, past all that were published: %s', async (_, sql, values) => {
    // A week of events that were published and sent.
    await rowsOf(
      service,
      `insert into events.outbox (id, organization_id, type, aggregate_id, payload, sent_at, published_at)
       select gen_random_uuid(), $1, 'report.cancelled.v1', gen_random_uuid(), '{}', now(), now() from generate_series(1, 20000)`,
      [organizationId],
    );
    await rowsOf(service, 'analyze events.outbox');
    const plan = JSON.stringify(await rowsOf(service, `explain ${sql}`, values));

    expect(plan).toContain('outbox_unpublished');
    expect(plan).not.toContain('Seq Scan');
    await rowsOf(service, 'delete from events.outbox where organization_id = $1', [organizationId]);
  });
});
