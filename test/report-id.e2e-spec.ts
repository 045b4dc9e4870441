import { assessmentColumns, runColumns, type StoredColumns, trialColumns } from '#domain';

import { dataDescription } from '../apps/report-service/src/findings/rows/describe-data.handler.ts';
import { airtFile, spreadRuns } from './support/airt-file.ts';
import { download, TestProject } from './support/project.ts';
import { dataOf } from './support/report-rows.ts';
import { rowsOf } from './support/rows.ts';
import { sharedService, type SharedService } from './support/shared-service.ts';

/** Another value of the column than it has. */
const changed: Readonly<Record<string, string>> = {
  text: `'changed ' || coalesce(%, '')`,
  'text[]': `coalesce(%, '{}') || 'changed'::text`,
  uuid: 'gen_random_uuid()',
  boolean: 'not coalesce(%, false)',
  'double precision': 'coalesce(% / 2, 0) + 0.1',
  timestamptz: `coalesce(%, '2026-01-01Z') + interval '1 day'`,
  jsonb: `'{"changed": ["yes"]}'`,
};

describe('the id of a report', () => {
  let service: SharedService;
  let project: TestProject;

  beforeAll(async () => {
    service = await sharedService();
    project = await TestProject.make(service.api);
    await project.import(airtFile({ id: 'tide', name: 'Tide' }, spreadRuns(6)), { name: 'tide.ndjson' });
  });

  const described = async (of = project): Promise<{ as_of: string | null; fingerprint: string }> => {
    const { id, watermark } = await dataOf(service, of);
    const [row] = await rowsOf<{ as_of: string | null; fingerprint: string }>(service, dataDescription, [
      id,
      watermark,
    ]);
    if (!row) throw new Error('Nothing was described.');
    return row;
  };
  const pdf = async (of = project): Promise<Buffer> =>
    download(
      await of.ended(
        (await of.build({ sections: ['risk_score_metrics', 'findings', 'evidence', 'methodology'] })).body.job_id,
      ),
    );
  const one = `(select id from findings.attack_run where project_id = $1 order by run_key limit 1)`;
  const places: readonly (readonly [table: string, columns: StoredColumns, which: string])[] = [
    ['assessment', assessmentColumns, 'project_id = $1'],
    ['attack_run', runColumns, `id = ${one}`],
    ['trial', trialColumns, `attack_run_id = ${one}`],
  ];

  it.each(
    places.flatMap(([table, columns, which]) =>
      Object.entries(columns)
        .filter(([column]) => column !== 'created_at')
        .map(([column, { type, words }]) => [table, column, type, words ?? null, which] as const),
    ),
  )('is another with another %s.%s', async (table, column, type, words, which) => {
    const { id } = await dataOf(service, project);
    const value =
      words === null
        ? (changed[type] ?? '').replaceAll('%', column)
        : `(select word from unnest(array[${words.map((word) => `'${word}'`).join(', ')}]) as w(word) where word is distinct from ${column} limit 1)`;
    const before = await described();
    const [old] = await rowsOf<{ value: unknown }>(
      service,
      `select to_jsonb(${column})::text as value from findings.${table} where ${which}`,
      [id],
    );
    await rowsOf(service, `update findings.${table} set ${column} = ${value} where ${which}`, [id]);

    expect((await described()).fingerprint).not.toBe(before.fingerprint);

    await rowsOf(
      service,
      `update findings.${table} t set ${column} = (jsonb_populate_record(t, jsonb_build_object('${column}', $2::jsonb))).${column} where ${which}`,
      [id, old?.value ?? 'null'],
    );
    expect(await described()).toEqual(before);
  });

  it('changes with the bytes when a policy is set, and neither with the time at which rows were made here', async () => {
    const own = await TestProject.make(service.api);
    await own.import(airtFile({ id: 'ruled', name: 'Ruled' }, spreadRuns(6)));
    const { id } = await dataOf(service, own);
    const [first, before] = [await pdf(own), await described(own)];
    await rowsOf(
      service,
      `update findings.attack_run set created_at = created_at - interval '1 day', updated_at = now() where project_id = $1`,
      [id],
    );
    await rowsOf(
      service,
      `update findings.assessment set created_at = created_at - interval '1 day', updated_at = now() where project_id = $1`,
      [id],
    );
    expect(await described(own)).toEqual(before);
    expect((await pdf(own)).equals(first)).toBe(true);

    const [assessment] = await rowsOf<{ id: string }>(
      service,
      'select id from findings.assessment where project_id = $1',
      [id],
    );
    const { status } = await service.api.send('PATCH', `${service.api.airt}/assessments/${assessment?.id ?? ''}`, {
      body: { severity_policy: { default_row: ['low', 'low', 'low', 'low', 'low'] } },
    });
    expect(status).toBe(200);
    expect((await described(own)).fingerprint).not.toBe(before.fingerprint);
    expect((await pdf(own)).equals(first)).toBe(false);
  });

  it('is the same for the same files elsewhere, in whatever order they came', async () => {
    const files = ['b', 'a', 'c'].map((name) => airtFile({ id: name, name }, spreadRuns(3)));
    const [here, there] = [await TestProject.make(service.api), await TestProject.make(service.api)];
    for (const file of files) await here.import(file);
    for (const file of [...files].reverse()) await there.import(file);

    expect(await described(there)).toEqual(await described(here));
  });

  it('is dated by the assessments of the report alone, and undated where they are', async () => {
    const own = await TestProject.make(service.api);
    await own.import(airtFile({ id: 'undated', started_at: undefined }, spreadRuns(2)));
    expect((await described(own)).as_of).toBeNull();
    await own.import(
      airtFile({ id: 'unfinished', status: 'running', completed_at: '2026-06-30T10:00:00Z' }, spreadRuns(2)),
    );
    expect((await described(own)).as_of).toBeNull();
    await own.import(airtFile({ id: 'dated', completed_at: '2026-03-04T10:00:00Z' }, spreadRuns(2)));
    expect((await described(own)).as_of).toBe('2026-03-04T10:00:00Z');
  });
});
