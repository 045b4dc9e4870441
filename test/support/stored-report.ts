import 'reflect-metadata';
import { type Query, type QueryBus } from '@nestjs/cqrs';
import {
  BuildRequest,
  CountRows,
  DescribeData,
  type ProjectRef,
  reportRequest,
  StreamRows,
  TakeWatermark,
} from '#contracts';
import type { FindingRow, ReportFacts, ReportFormat } from '#domain';
import { reportWriters, sourceOfRows } from '#rendering/in-this-thread';
import { plainToInstance } from 'class-transformer';
import { Client } from 'pg';

import { readReport } from '../../apps/report-service/src/builds/report-reader.ts';
import { CountRowsHandler } from '../../apps/report-service/src/findings/rows/count-rows.handler.ts';
import { DescribeDataHandler } from '../../apps/report-service/src/findings/rows/describe-data.handler.ts';
import { StreamRowsHandler } from '../../apps/report-service/src/findings/rows/stream-rows.handler.ts';
import { TakeWatermarkHandler } from '../../apps/report-service/src/findings/rows/take-watermark.handler.ts';
import { DatabaseSnapshot } from '../../libs/platform/src/database/database-snapshot.ts';
import type { Preset, TestProject } from './project.ts';
import { rowsOf } from './rows.ts';
import type { SharedService } from './shared-service.ts';

interface Handler {
  execute(query: Query<unknown>): Promise<unknown>;
}
const handlers = new Map<unknown, Handler>([
  [CountRows, new CountRowsHandler()],
  [DescribeData, new DescribeDataHandler()],
  [StreamRows, new StreamRowsHandler()],
]);
const queries = {
  execute: (query: Query<unknown>) => {
    const handler = handlers.get(query.constructor);
    if (!handler) throw new Error(`Nobody answers ${query.constructor.name}.`);
    return handler.execute(query);
  },
} as unknown as QueryBus;

/** A report as a build reads it, in this process and in one transaction, whose changes nobody else ever sees. */
export class StoredReport {
  private constructor(
    private readonly client: Client,
    private readonly project: ProjectRef,
  ) {}

  /** As the superuser, so that any stored value can be changed. */
  static async open(service: Pick<SharedService, 'databaseUrls'>, { slug }: TestProject): Promise<StoredReport> {
    const [row] = await rowsOf<{ id: string; organization_id: string; workspace_id: string }>(
      service,
      'select id, organization_id, workspace_id from projects.project where slug = $1',
      [slug],
    );
    if (!row) throw new Error(`There is no project ${slug}.`);
    const client = new Client({ connectionString: service.databaseUrls.superuser });
    await client.connect();
    await client.query('begin');
    const ids = { organizationId: row.organization_id, workspaceId: row.workspace_id, projectId: row.id };
    return new StoredReport(client, { ...ids, name: slug, path: '' });
  }

  /** Facts and findings; every report has the same title page, whatever the project is called. */
  async read(preset: Preset): Promise<{ readonly facts: ReportFacts; readonly findings: readonly FindingRow[] }> {
    const request = reportRequest(plainToInstance(BuildRequest, { preset }));
    if (!('preset' in request)) throw new Error('A preset went in.');
    const plan = { ...request.preset, schema_version: 1 as const, template_id: null, project_name: 'Lantern' };
    const snapshot = new DatabaseSnapshot(
      async (sql, parameters): Promise<unknown> => (await this.client.query<object>(sql, parameters)).rows,
    );
    const watermark = await new TakeWatermarkHandler().execute(new TakeWatermark(this.project, snapshot));
    const images = { images: {}, logo: null };
    const { facts, findings } = await readReport(queries, this.project, plan, watermark, images, snapshot);
    const rows: FindingRow[] = [];
    for await (const batch of findings('whole')) rows.push(...batch);
    return { facts, findings: rows };
  }

  /** What `work` sees is the data after this change; then all is as it was. */
  async changed<T>(sql: string, work: () => Promise<T>): Promise<T> {
    await this.client.query('savepoint as_it_was');
    try {
      const { rowCount } = await this.client.query(sql, [this.project.projectId]);
      if (rowCount !== 1) throw new Error(`It changed ${rowCount ?? 0} rows: ${sql}`);
      return await work();
    } catch (error) {
      throw new Error(`After ${sql}`, { cause: error });
    } finally {
      await this.client.query('rollback to as_it_was');
    }
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

export async function written(
  { facts, findings }: { readonly facts: ReportFacts; readonly findings: readonly FindingRow[] },
  format: ReportFormat,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const source = sourceOfRows(facts, async function* () {
    yield await Promise.resolve(findings);
  });
  for await (const chunk of reportWriters[format].write(source)) chunks.push(Buffer.from(chunk as string));
  return Buffer.concat(chunks);
}
