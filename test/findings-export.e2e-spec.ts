import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { parquetMetadata, parquetReadObjects } from 'hyparquet';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import { type FindingsAnswer, TestProject } from './support/project.ts';
import { sharedService, type SharedService } from './support/shared-service.ts';
import { testStack } from './support/test-stack.ts';

type Row = Readonly<Record<string, unknown>>;

describe('the Parquet export of findings', () => {
  let service: SharedService;

  beforeAll(async () => {
    service = await sharedService();
  });

  it('holds every finding of the demo campaign with every trial, typed', async () => {
    const project = await TestProject.make(service.api);
    const { body: imported } = await project.import(
      await readFile(join(__dirname, '../apps/quickstart/demo/campaign.ndjson')),
    );
    const rows = await read(await fetched(project));

    expect(new Set(rows.map((row) => row['finding_id'])).size).toBe(imported.attack_runs);
    expect(rows.filter((row) => row['trial_number'] !== null)).toHaveLength(imported.trials);
    const { body: list } = await project.api.get<FindingsAnswer>(project.path('/findings?page_size=1'));
    const [first] = list.findings;
    const same = rows.filter((row) => row['finding_id'] === first?.id);
    expect(same).toHaveLength(first?.total_trials ?? 0);
    expect(same[0]).toMatchObject({
      attack_name: first?.attack_name,
      goal: first?.goal,
      severity: first?.severity,
      best_score: first?.best_score,
      transforms_applied: first?.transforms_applied,
      compliance_tags: first?.compliance_tags,
      assessment_started_at: expect.any(Date) as Date,
      trial_is_best: expect.any(Boolean) as boolean,
      trial_response: expect.any(String) as string,
    });
  });

  it('has one row for a finding without trials, in row groups of bounded size', async () => {
    const project = await TestProject.make(service.api);
    const runs = [...spreadRuns(6_000), { id: 'bare' }];
    await project.import(airtFile({ id: 'many' }, runs));

    const bytes = await fetched(project);
    const groups = parquetMetadata(bytes).row_groups.map(({ num_rows: count }) => Number(count));
    const rows = await read(bytes);

    expect(groups.length).toBeGreaterThan(1);
    expect(groups.reduce((sum, count) => sum + count, 0)).toBe(6_001);
    expect(rows.filter((row) => row['trial_number'] === null)).toMatchObject([{ outcome: 'not_assessed' }]);
  });

  it('lets go of each row group when its bytes are on their way, however long the file gets', async () => {
    const thread = join(__dirname, '../dist/apps/report-service/src/findings/export-findings/parquet-thread.js');
    // Texts that do not compress: each group gives a megabyte.
    const script = `
      import { randomBytes } from 'node:crypto';
      const { ParquetThread } = await import(${JSON.stringify(pathToFileURL(thread).href)});
      const thread = new ParquetThread();
      let written = 0;
      for (let group = 0; group < 60; group += 1) {
        const rows = [{ finding_id: String(group), trial_response: randomBytes(800_000).toString('base64') }];
        written += (await thread.write(rows)).length;
      }
      gc();
      const held = process.memoryUsage().external;
      await thread.close();
      process.stdout.write(JSON.stringify({ written, held }));`;
    const file = join(testStack().dataDir, 'write-row-groups.mjs');
    await writeFile(file, script);
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', file]);
    const { written, held } = JSON.parse(stdout) as { written: number; held: number };

    expect(written).toBeGreaterThan(40_000_000);
    expect(held).toBeLessThan(written / 2);
  });

  it('with redact holds nothing that anybody wrote in their own words', async () => {
    const project = await TestProject.make(service.api);
    const secret = 'hunter2-secret';
    const text = (field: string): string => `${field} ${secret}`;
    const lines = [
      { type: 'assessment', id: 'a', name: 'A' },
      { type: 'attack_run', id: 'r', assessment: 'a', attack_name: 'direct', goal: text('goal'), notes: text('notes') },
      {
        type: 'trial',
        attack_run: 'r',
        score: 0.9,
        original_prompt: text('original'),
        prompt: text('prompt'),
        response: text('response'),
        reasoning: text('reasoning'),
        triggers: [text('trigger')],
        turns: [{ role: 'user', content: text('turn') }],
      },
      { type: 'trial', attack_run: 'r', score: 0.1 },
    ];
    await project.import(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

    const plain = await read(await fetched(project));
    const redactedRows = await read(await fetched(project, '?redact=true'));

    expect(JSON.stringify(plain)).toContain(secret);
    expect(JSON.stringify(redactedRows)).not.toContain(secret);
    const withheld = ['goal', 'notes', 'original_prompt', 'prompt', 'response', 'reasoning', 'triggers', 'turns'].map(
      (field) => redactedRows[0]?.[field === 'goal' || field === 'notes' ? field : `trial_${field}`],
    );
    expect(withheld).toEqual(Array.from({ length: 8 }, () => '[REDACTED]'));
    expect(redactedRows[1]).toMatchObject({ trial_response: null, trial_score: 0.1, attack_name: 'direct' });
  });

  it('of an empty project is a Parquet file without rows', async () => {
    const project = await TestProject.make(service.api);

    expect(await read(await fetched(project))).toEqual([]);
  });

  it('refuses what is no flag', async () => {
    const project = await TestProject.make(service.api);

    expect((await project.api.get(project.path('/findings/export?redact=maybe'))).status).toBe(400);
  });
});

async function fetched(project: TestProject, query = ''): Promise<ArrayBuffer> {
  const { api } = project;
  const answer = await api.fetch(project.path(`/findings/export${query}`));
  expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({
    status: 200,
    type: 'application/vnd.apache.parquet',
  });
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="airt-findings-[\w-]+\.parquet"$/);
  return answer.arrayBuffer();
}

async function read(file: ArrayBuffer): Promise<readonly Row[]> {
  return parquetReadObjects({ file });
}
