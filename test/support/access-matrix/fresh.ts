import { randomUUID } from 'node:crypto';

import { airtFile, spreadRuns } from '../airt-file.ts';
import { eventually } from '../eventually.ts';
import { rowsOf } from '../rows.ts';
import type { ServiceUnderTest } from '../service.ts';

/** Makes what a DELETE route deletes, and says the values for its path. */
export async function freshFor(
  service: ServiceUnderTest,
  project: string,
  route: string,
): Promise<Readonly<Record<string, string>>> {
  const { api } = service;
  const org = `/api/v1/org/${api.org}`;
  const name = `fresh-${randomUUID()}`;
  const made = async (method: string, path: string, body: unknown): Promise<Readonly<Record<string, string>>> => {
    const answer = await api.send<Readonly<Record<string, string>>>(method, path, { body });
    if (answer.status > 299) throw new Error(`No fresh row: ${path} ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const imported = async (): Promise<void> => {
    const { status } = await api.post(api.project(project, '/imports'), airtFile({ id: name }, spreadRuns(1)));
    if (status > 299) throw new Error(`No fresh import: ${status}`);
  };
  const newest = async (table: string): Promise<string> => {
    const [row] = await rowsOf<{ id: string }>(
      service,
      `select t.id from ${table} t join projects.project p on p.id = t.project_id
       where p.slug = $1 order by t.created_at desc limit 1`,
      [project],
    );
    return row?.id ?? '';
  };
  const preset = { sections: ['findings'] };
  switch (/:(\w+)$/.exec(route)?.[1]) {
    case 'project':
      await made('POST', `${api.airt}/projects`, { slug: name, name });
      return { project: name };
    case 'workspace':
      await made('POST', `${org}/ws`, { slug: name, name });
      return { workspace: name };
    case 'subject':
      await made('PUT', `${org}/members/${name}`, { role: 'member' });
      await made('PUT', `${org}/ws/${api.workspace}/members/${name}`, { role: 'viewer' });
      return { subject: name };
    case 'import_id':
      await imported();
      return { import_id: await newest('findings.import_run') };
    case 'assessment_id':
      await imported();
      return { assessment_id: await newest('findings.assessment') };
    case 'template_id':
      return { template_id: (await made('POST', api.project(project, '/templates'), { name, preset }))['id'] ?? '' };
    case 'webhook_id': {
      const { id = '' } = await made('POST', `${org}/webhooks`, { url: 'http://127.0.0.1:9/' });
      return { webhook_id: id };
    }
    case 'job_id': {
      const { job_id = '' } = await made('POST', api.project(project, '/reports/build'), { preset });
      const open = `select status from builds.report_build where id = $1 and status not in ('queued', 'in_progress')`;
      await eventually(
        () => rowsOf(service, open, [job_id]),
        (rows) => rows.length === 1,
        60_000,
      );
      return { job_id };
    }
    default:
      throw new Error(`What does ${route} delete? Say it in fresh.ts.`);
  }
}
