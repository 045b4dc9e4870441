import * as fc from 'fast-check';

import { atLength } from '#testing';

import { TestProject } from '../support/project.ts';
import { sharedService, type SharedService } from '../support/shared-service.ts';
import { auditProject } from './audited-report.ts';
import { type Campaign, campaigns, manyGoals } from './campaign-arbitrary.ts';

/** `AIRT_AUDIT_SEED` repeats a run, `AIRT_AUDIT_RUNS` lengthens it: npm run audit. */
const seed = Number(process.env['AIRT_AUDIT_SEED'] ?? Date.now() % 1_000_000_000);
const runs = Number(process.env['AIRT_AUDIT_RUNS'] ?? atLength(30, 200));

/** Of a slow machine: five seconds a campaign. */
const patience = Math.max(600_000, runs * 5_000);

describe(`the audit of generated campaigns, seed ${seed}`, () => {
  let service: SharedService;
  let audited = 0;

  beforeAll(async () => {
    service = await sharedService();
  });

  const faultsOf = async ({ files, preset }: Campaign): Promise<readonly string[]> => {
    const project = await TestProject.make(service.api);
    for (const [index, file] of files.entries()) {
      const { status, body } = await project.import(file, { name: `${index}.ndjson` });
      if (status !== 201) throw new Error(`A campaign was refused: ${JSON.stringify(body)}`);
    }
    audited += 1;
    const formats = audited % 20 === 0 ? (['pdf', 'html', 'csv'] as const) : [];
    return (await auditProject(service, project, preset, formats))?.faults ?? [];
  };

  it(
    'finds nothing false in any report',
    async () => {
      await fc.assert(
        fc.asyncProperty(campaigns, async (campaign) => {
          expect(await faultsOf(campaign)).toEqual([]);
        }),
        { seed, numRuns: runs, endOnFailure: true },
      );
    },
    patience,
  );

  it('finds nothing false in a report of 1,200 goals', async () => {
    expect(await faultsOf(manyGoals)).toEqual([]);
  }, 120_000);
});
