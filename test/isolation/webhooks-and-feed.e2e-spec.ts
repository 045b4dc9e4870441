import { randomUUID } from 'node:crypto';
import { airtFile, spreadRuns } from '../support/airt-file.ts';
import { eventually } from '../support/eventually.ts';
import { oweDeliveries } from '../support/owe-deliveries.ts';
import { TestProject } from '../support/project.ts';
import { rowsOf } from '../support/rows.ts';
import { sharedOrganization, type SharedService } from '../support/shared-service.ts';

interface Deliveries {
  readonly deliveries: readonly { readonly attempts: number; readonly status: string }[];
}

describe('a webhook that was switched off', () => {
  let service: SharedService;
  let webhooks: string;

  beforeAll(async () => {
    service = await sharedOrganization();
    webhooks = `/api/v1/org/${service.api.org}/webhooks`;
  });

  const subscribe = async (enabled: boolean): Promise<string> => {
    const url = 'https://receiver.invalid/events';
    const { status, body } = await service.api.post<{ readonly id: string }>(webhooks, { url, enabled });
    expect(status).toBe(201);
    return body.id;
  };
  const deliveriesOf = async (webhookId: string): Promise<Deliveries['deliveries']> =>
    (await service.api.get<Deliveries>(`${webhooks}/${webhookId}/deliveries`)).body.deliveries;
  const attemptsFor = async (webhookId: string): Promise<number> =>
    (await deliveriesOf(webhookId)).reduce((sum, { attempts }) => sum + attempts, 0);

  it('holds up no other with what it still owes', async () => {
    const off = await subscribe(false);
    const on = await subscribe(true);
    // More than are taken at once, and due before all others.
    await oweDeliveries(service, off, 20, 60);
    await oweDeliveries(service, on, 1, 1);

    await eventually(
      () => attemptsFor(on),
      (attempts) => attempts > 0,
    );
    expect(await attemptsFor(off)).toBe(0);

    for (const id of [off, on]) expect((await service.api.send('DELETE', `${webhooks}/${id}`)).status).toBe(204);
  });

  it('owes nothing from then on: what was pending is cancelled with it, and says so', async () => {
    const id = await subscribe(true);
    // Not due before an hour has passed.
    await oweDeliveries(service, id, 9, -60);
    const { status } = await service.api.send('PATCH', `${webhooks}/${id}`, { body: { enabled: false } });

    expect(status).toBe(200);
    expect((await deliveriesOf(id)).map((delivery) => delivery.status)).toEqual(Array(9).fill('cancelled'));

    // Switched on again it hears of what comes, and of nothing that was.
    await service.api.send('PATCH', `${webhooks}/${id}`, { body: { enabled: true } });
    expect((await deliveriesOf(id)).map((delivery) => delivery.status)).toEqual(Array(9).fill('cancelled'));
    expect((await service.api.send('DELETE', `${webhooks}/${id}`)).status).toBe(204);
  });
});

describe('an organization whose events cannot be published', () => {
  it('holds up no other', async () => {
    const [broken, other] = await Promise.all([sharedOrganization(), sharedOrganization()]);
    const [{ id: organizationId } = { id: '' }] = await rowsOf<{ id: string }>(
      broken,
      `insert into events.published (organization_id, position, id, type, subject, data, time)
       select id, 1, gen_random_uuid(), 'report.deleted.v1', $2, '{}', now() from projects.organization
       where slug = $1 returning organization_id as id`,
      [broken.api.org, randomUUID()],
    );
    const builtIn = async (service: SharedService): Promise<string> => {
      const project = await TestProject.make(service.api);
      await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(1)));
      return (await project.ended((await project.build()).body.job_id)).job_id;
    };
    const feedOf = async (service: SharedService): Promise<readonly string[]> => {
      const { body } = await service.api.get<{ readonly events: readonly { readonly subject: string }[] }>(
        `/api/v1/org/${service.api.org}/events`,
      );
      return body.events.map(({ subject }) => subject);
    };

    const lost = await builtIn(broken);
    const job = await builtIn(other);
    await eventually(
      () => feedOf(other),
      (subjects) => subjects.includes(job),
    );
    expect(await feedOf(broken)).not.toContain(lost);

    // Nothing is lost: what was in the way goes, and the event comes.
    await rowsOf(broken, 'delete from events.published where organization_id = $1', [organizationId]);
    await eventually(
      () => feedOf(broken),
      (subjects) => subjects.includes(lost),
    );
  });
});
