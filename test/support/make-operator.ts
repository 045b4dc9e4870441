import type { TestApi } from './api.ts';
import { rowsOf } from './rows.ts';
import type { DatabaseUrls } from './test-stack.ts';

/** A key that makes organizations. The command line makes such keys; a test makes it of another. */
export async function makeOperator(service: {
  readonly api: TestApi;
  readonly databaseUrls: DatabaseUrls;
}): Promise<string> {
  const { api } = service;
  const { status, body } = await api.post<{ id: string; key: string }>(`/api/v1/org/${api.org}/keys`, {
    name: 'operator',
    scopes: ['admin'],
  });
  if (status !== 201) throw new Error(`The key was not made: ${status}`);
  await rowsOf(service, 'update projects.api_key set operator = true, organization_id = null where id = $1', [body.id]);
  return body.key;
}
