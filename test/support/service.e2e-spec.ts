import { startService, type ServiceUnderTest } from './service.ts';

describe('a service under test', () => {
  let service: ServiceUnderTest;

  beforeAll(async () => {
    service = await startService();
  });

  afterAll(async () => {
    await service.stop();
  });

  it('answers with its own key and refuses without', async () => {
    const path = `${service.api.airt}/projects`;

    expect((await service.api.get(path)).status).toBe(200);
    expect((await service.api.get(path, { key: null })).status).toBe(401);
  });

  it('keeps its data when it is killed and started again', async () => {
    const { status } = await service.api.post(`${service.api.airt}/projects`, { slug: 'kept', name: 'Kept' });
    expect(status).toBe(201);
    const before = service.pid;

    await service.kill();
    await service.restart();

    expect(service.pid).not.toBe(before);
    const { body } = await service.api.get<{ projects: { slug: string }[] }>(`${service.api.airt}/projects`);
    expect(body.projects.map(({ slug }) => slug)).toEqual(['kept']);
  });

  it('shares its data with a second process beside it', async () => {
    const beside = await startService({ beside: service });
    try {
      const { body } = await beside.api.get<{ projects: { slug: string }[] }>(`${beside.api.airt}/projects`);
      expect(body.projects.map(({ slug }) => slug)).toEqual(['kept']);
    } finally {
      expect(await beside.stop()).toBe(0);
    }
  });
});
