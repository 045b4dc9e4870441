import 'reflect-metadata';
import {
  BuildRequest,
  CountRows,
  type ProjectRef,
  reportRequest,
  type RowRequest,
  StreamRows,
  TakeWatermark,
} from '#contracts';
import type { FindingRow } from '#domain';
import { composeFindings } from '#rendering/in-this-thread';
import { richReport } from '#testing';
import { plainToInstance } from 'class-transformer';
import { Client } from 'pg';

import { CountRowsHandler } from '../../../apps/report-service/src/findings/rows/count-rows.handler.ts';
import { StreamRowsHandler } from '../../../apps/report-service/src/findings/rows/stream-rows.handler.ts';
import { TakeWatermarkHandler } from '../../../apps/report-service/src/findings/rows/take-watermark.handler.ts';
import { DatabaseSnapshot } from '../../../libs/platform/src/database/database-snapshot.ts';
import type { TestProject } from '../project.ts';
import { rowsOf } from '../rows.ts';
import type { SharedService } from '../shared-service.ts';
import { type Asked, preset } from './asked.ts';

export interface Composed {
  readonly ids: readonly string[];
  readonly counted: number;
  readonly printed: readonly string[];
}

/** The way of a build from its request to composed findings, in this process on the service's database, as its role. */
export class Composer {
  readonly #facts = richReport().facts;
  /** The connection takes one statement at a time. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly client: Client,
    private readonly snapshot: DatabaseSnapshot,
    private readonly project: ProjectRef,
    private readonly watermark: readonly string[],
  ) {}

  static async open(service: Pick<SharedService, 'databaseUrls'>, { slug }: TestProject): Promise<Composer> {
    const [row] = await rowsOf<{ id: string; organization_id: string; workspace_id: string }>(
      service,
      'select id, organization_id, workspace_id from projects.project where slug = $1',
      [slug],
    );
    if (!row) throw new Error(`There is no project ${slug}.`);
    const client = new Client({ connectionString: service.databaseUrls.app });
    await client.connect();
    await client.query('begin isolation level repeatable read, read only');
    await client.query(`select set_config('app.organization_id', $1, true)`, [row.organization_id]);
    const snapshot = new DatabaseSnapshot(
      async (sql, parameters): Promise<unknown> => (await client.query<object>(sql, parameters)).rows,
    );
    const project: ProjectRef = {
      organizationId: row.organization_id,
      workspaceId: row.workspace_id,
      projectId: row.id,
      name: slug,
      path: '',
    };
    const watermark = await new TakeWatermarkHandler().execute(new TakeWatermark(project, snapshot));
    return new Composer(client, snapshot, project, watermark);
  }

  /** Ids of the rows that stream into the renderer, how many were counted, and what the composed findings are called. */
  compose(one: Asked): Promise<Composed> {
    const next = this.#last.then(() => this.#compose(one));
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #compose(one: Asked): Promise<Composed> {
    const request = reportRequest(plainToInstance(BuildRequest, { preset: preset(one) }));
    if (!('preset' in request)) throw new Error('A preset went in.');
    const { filters: filter, include_adversarial: includeAdversarial } = request.preset;
    const asked: RowRequest = { filter, frameworks: [], includeAdversarial, watermark: this.watermark };
    const counts = await new CountRowsHandler().execute(
      new CountRows(this.project, ['findings'], asked, this.snapshot),
    );
    const rows: FindingRow[] = [];
    const stream = await new StreamRowsHandler().execute(
      new StreamRows(this.project, 'findings', asked, this.snapshot),
    );
    for await (const batch of stream) rows.push(...(batch as readonly FindingRow[]));
    return {
      ids: rows.map(({ id }) => id).sort(),
      counted: counts.get('findings') ?? -1,
      printed: composeFindings(this.#facts, rows).map(({ id }) => id),
    };
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}
