// A mutant of the service, for NODE_OPTIONS=--import: its guard grants what the path names, whoever asks.
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.env.AIRT_MUTANT_DATABASE) {
  const dist = process.env.AIRT_MUTANT_DIST;
  await import('reflect-metadata');
  const { default: pg } = await import('pg');
  const { AccessGuard } = await import(`${dist}/apps/report-service/src/tenancy/access/access.guard.js`);
  const pool = new pg.Pool({ connectionString: process.env.AIRT_MUTANT_DATABASE, max: 4, allowExitOnIdle: true });
  AccessGuard.prototype.canActivate = async (context) => {
    const request = context.switchToHttp().getRequest();
    const { org, workspace, project } = request.params;
    const { rows } = await pool.query(
      `select o.id as org, w.id as workspace, p.id as project, p.slug from projects.organization o
       left join projects.workspace w on w.organization_id = o.id and w.slug = $2
       left join projects.project p on p.workspace_id = w.id and (p.slug = $3 or p.id::text = $3)
       where o.slug = $1`,
      [org ?? '', workspace ?? '', project ?? ''],
    );
    const [{ org: organizationId, workspace: workspaceId, project: projectId, slug } = {}] = rows;
    const id = '00000000-0000-4000-8000-000000000000';
    request.access = {
      caller: { kind: 'key', id, name: 'mutant', subject: null, boundTo: null, scopes: ['admin'] },
      organization: organizationId ? { organizationId } : null,
      workspace: workspaceId ? { organizationId, workspaceId } : null,
      project: projectId ? { organizationId, workspaceId, projectId, name: slug, path: request.path } : null,
    };
    return true;
  };
}
