import { readFile } from 'node:fs/promises';

import { atLength } from '#testing';

import { airtFile } from '../support/airt-file.ts';
import { TestProject } from '../support/project.ts';
import { rowsOf } from '../support/rows.ts';
import { type ServiceUnderTest, startService } from '../support/service.ts';

const mebibyte = 1024 ** 2;
const rows = atLength(3, 20);

describe('a project of large texts', () => {
  let service: ServiceUnderTest;
  let project: TestProject;

  beforeAll(async () => {
    service = await startService();
    project = await TestProject.make(service.api, 'large');
  });
  afterAll(() => service.stop());

  it('is exported row by row: at length, larger than any string may be', async () => {
    const runs = Array.from({ length: rows }, (_, n) => ({ id: `run-${n}`, score: 0.9 }));
    expect((await project.import(airtFile({ id: 'texts' }, runs))).status).toBe(201);
    // As an earlier release took them in.
    await rowsOf(service, `update findings.trial set response = repeat('x', 28 * 1024 * 1024)`);
    const before = await mostMemory(service);

    const length = await lengthOf(service, project.path('/export'));
    expect(length).toBeGreaterThan(rows * 28 * mebibyte);
    expect((await service.api.get(project.path('/findings'))).status).toBe(200);
    expect((await mostMemory(service)) - before).toBeLessThan(700 * mebibyte);
  });

  it('shows no large configuration in a list, and all of it by itself', async () => {
    const target_config = { system_prompt: 'x'.repeat(20_000) };
    expect((await project.import(airtFile({ id: 'configured', target_config }, [{ id: 'r', score: 0 }]))).status).toBe(
      201,
    );
    const { body } = await service.api.get<{ assessments: { id: string; name: string; target_config: unknown }[] }>(
      project.path('/assessments'),
    );
    const listed = body.assessments.find(({ name }) => name === 'configured');
    expect(listed?.target_config).toBeNull();
    const single = await service.api.get(`${service.api.airt}/assessments/${listed?.id ?? ''}`);
    expect(single.body).toMatchObject({ target_config });
  });
});

/** Read as it comes: no string could hold it. */
async function lengthOf({ baseUrl, api }: ServiceUnderTest, path: string): Promise<number> {
  const answer = await fetch(`${baseUrl}${path}`, { headers: { Authorization: `Bearer ${api.key}` } });
  let length = 0;
  for await (const chunk of answer.body ?? []) length += (chunk as Uint8Array).byteLength;
  return length;
}

/** The most that the process had of the machine's memory so far, in bytes. */
async function mostMemory({ pid }: ServiceUnderTest): Promise<number> {
  const [, kibibytes] = /VmHWM:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}
