import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { TestApi } from '../support/api.ts';
import { airtFile, spreadRuns } from '../support/airt-file.ts';
import { sha256 } from '../support/bucket.ts';
import { download, TestProject } from '../support/project.ts';
import { startService, type ServiceUnderTest } from '../support/service.ts';
import { sharedService, type SharedService } from '../support/shared-service.ts';
import { testStack } from '../support/test-stack.ts';

const hours = 3_600_000;

describe('an API process whose clock is wrong', () => {
  let service: SharedService;
  let slug: string;
  let yes: Server;

  beforeAll(async () => {
    service = await sharedService();
    const project = await TestProject.make(service.api);
    await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(5)));
    slug = project.slug;
    // A store refuses what is signed at a wrong time, and an API needs it for its readiness alone.
    yes = createServer((_request, response) => response.end());
    await new Promise<void>((resolve) => yes.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    yes.close();
    yes.closeAllConnections();
  });

  const startShifted = (ms: number): Promise<ServiceUnderTest> =>
    startService({
      beside: { ...service, env: { BOOTSTRAP_API_KEY_FILE: join(service.dataDir, 'credentials.json') } },
      env: {
        APP_ROLE: 'api',
        S3_ENDPOINT: `http://127.0.0.1:${(yes.address() as AddressInfo).port}`,
        S3_PUBLIC_ENDPOINT: testStack().store.endpoint,
        NODE_OPTIONS: `--require=${join(__dirname, '../support/shifted-clock.cjs')}`,
        CLOCK_SHIFT_MS: String(ms),
      },
    });

  it.each([
    ['ahead', 2 * hours],
    ['behind', -2 * hours],
  ])('changes nothing of a build, 2 h %s', async (_, ms) => {
    const shifted = await startShifted(ms);
    try {
      const { org, workspace, key } = service.api;
      const project = TestProject.of(new TestApi(() => shifted.baseUrl, org, workspace, key), slug);
      const asked = Date.now();

      const accepted = await project.build();

      expect(accepted.status).toBe(202);
      expect(Math.abs(Date.parse(accepted.body.created_at) - asked)).toBeLessThan(60_000);
      const build = await project.ended(accepted.body.job_id, 20_000);
      expect(build.status).toBe('completed');
      expect(build.created_at).toBe(accepted.body.created_at);
      expect(sha256(await download(build))).toBe(build.sha256);
    } finally {
      await shifted.stop();
    }
  });
});
