import { randomBytes } from 'node:crypto';

import { hashApiKey, makeApiKey } from '../../apps/report-service/src/tenancy/api-key.ts';
import { TestApi } from './api.ts';
import { rowsOf } from './rows.ts';
import type { DatabaseUrls } from './test-stack.ts';

/** A key that makes organizations, as the command line makes it. */
export async function makeOperator(service: { readonly databaseUrls: DatabaseUrls }): Promise<string> {
  const key = makeApiKey();
  await rowsOf(
    service,
    `insert into projects.api_key (id, operator, name, prefix, hash, scopes)
     values (gen_random_uuid(), true, 'operator', $1, $2, array['admin'])`,
    [key.slice(0, 9), hashApiKey(key)],
  );
  return key;
}

/** An organization with a workspace, and its first key. */
export async function makeOrganization(baseUrl: string, operator: string, workspace: string): Promise<TestApi> {
  const org = `o-${randomBytes(4).toString('hex')}`;
  const asOperator = new TestApi(() => baseUrl, org, workspace, operator);
  const { first_key: first } = await make<{ first_key: { key: string } }>(asOperator, '/api/v1/orgs', org);
  const api = new TestApi(() => baseUrl, org, workspace, first.key);
  await makeWorkspace(api);
  return api;
}

export const makeWorkspace = (api: TestApi): Promise<unknown> => make(api, `/api/v1/org/${api.org}/ws`, api.workspace);

async function make<T>(api: TestApi, path: string, slug: string): Promise<T> {
  const { status, body } = await api.post<T>(path, { slug, name: slug });
  if (status !== 201) throw new Error(`${path} did not make ${slug}: ${status}`);
  return body;
}
