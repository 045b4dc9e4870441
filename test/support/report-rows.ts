import type { RowRequest } from '#contracts';
import { frameworkKeys, type RowOf, type RowSource } from '#domain';

import { rowStatement } from '../../apps/report-service/src/findings/rows/row-sources.ts';
import type { TestProject } from './project.ts';
import { rowsOf } from './rows.ts';
import type { DatabaseUrls } from './test-stack.ts';

interface Databases {
  readonly databaseUrls: DatabaseUrls;
}

/** Id of the project, and the imports that a report of now may read. */
export async function dataOf(service: Databases, { slug }: TestProject): Promise<{ id: string; watermark: string[] }> {
  const [row] = await rowsOf<{ id: string; watermark: string[] | null }>(
    service,
    `select p.id, array_agg(i.id) filter (where i.id is not null) as watermark
     from projects.project p
     left join findings.import_run i on i.project_id = p.id and i.status = 'completed' and not i.restores
     where p.slug = $1 group by p.id`,
    [slug],
  );
  if (!row) throw new Error(`There is no project ${slug}.`);
  return { id: row.id, watermark: row.watermark ?? [] };
}

/** What a report of the project would read of one source. */
export async function reportRows<S extends RowSource>(
  service: Databases,
  project: TestProject,
  source: S,
  request: Partial<RowRequest> = {},
): Promise<RowOf<S>[]> {
  const { id, watermark } = await dataOf(service, project);
  const whole = { filter: {}, frameworks: frameworkKeys, includeAdversarial: false, watermark, ...request };
  const statement = rowStatement(source, id, whole);
  return rowsOf(service, `${statement.with}, rows as (${statement.rows}) ${statement.read}`, statement.parameters);
}
