import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { TestApi } from './api.ts';
import { TestProject } from './project.ts';

/** Of our own making; `npm start` imports the same. */
export const demoCampaign = join(__dirname, '../../apps/quickstart/demo/campaign.ndjson');

/** A project with the demo campaign, called as the examples of the OpenAPI document call it. */
export async function makeDemoProject(api: TestApi, slug = 'demo', name = `Project ${slug}`): Promise<TestProject> {
  const project = await TestProject.make(api, slug, name);
  const { status } = await project.import(new Uint8Array(await readFile(demoCampaign)), { name: 'campaign.ndjson' });
  if (status !== 201) throw new Error(`The demo campaign was not imported: ${status}`);
  return project;
}
