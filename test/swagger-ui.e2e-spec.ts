import type { Page } from 'playwright-core';
import { hasBrowser, launchBrowser } from './support/browser.ts';
import { makeDemoProject } from './support/demo-project.ts';
import { describeWhen } from './support/describe-when.ts';
import { eventually } from './support/eventually.ts';
import { exampleWorkspace, type SharedService } from './support/shared-service.ts';

describeWhen(hasBrowser, 'chromium: Swagger UI in a browser')('Swagger UI', () => {
  let service: SharedService;
  beforeAll(async () => {
    service = await exampleWorkspace();
    await makeDemoProject(service.api);
  });

  it('builds a report with "Try it out", its examples as they stand and nothing but a key filled in', async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(`${service.baseUrl}/docs`);
      await page.getByRole('button', { name: 'Authorize' }).first().click();
      await page.locator('.auth-container input').fill(service.api.key);
      await page
        .locator('.auth-container')
        .getByRole('button', { name: /apply credentials/i })
        .click();
      await page.locator('.modal-ux').getByRole('button', { name: 'Close', exact: true }).click();

      const accepted = await tryOut<{ job_id: string }>(page, 'build_report', 202);
      const finished = await eventually(
        async () =>
          (await service.api.get<{ status: string }>(service.api.project('demo', `/reports/build/${accepted.job_id}`)))
            .body,
        ({ status }) => status === 'completed' || status === 'failed',
        60_000,
      );
      expect(finished.status).toBe('completed');

      const polled = await tryOut<{ presigned_url: string }>(page, 'get_build_job', 200, { job_id: accepted.job_id });
      const report = await fetch(polled.presigned_url);
      expect(
        Buffer.from(await report.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
      expect(errors).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

/** Presses the buttons of one operation as a person would, and gives the body that the page shows. */
async function tryOut<Body>(
  page: Page,
  operation: string,
  status: number,
  parameters: Record<string, string> = {},
): Promise<Body> {
  const block = page.locator(`[id$="${operation}"]`).first();
  await block.locator('.opblock-summary-control').click();
  await block.getByRole('button', { name: 'Try it out' }).click();
  for (const [name, value] of Object.entries(parameters)) {
    await block.locator(`tr[data-param-name="${name}"] input`).fill(value);
  }
  const answered = page.waitForResponse((response) => response.url().includes('/reports/build'));
  await block.getByRole('button', { name: 'Execute' }).click();
  const answer = await answered;
  expect(answer.status()).toBe(status);
  await block.locator('.live-responses-table').waitFor();
  return (await answer.json()) as Body;
}
