import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { demoCampaign } from '../support/demo-project.ts';
import { describeWhen } from '../support/describe-when.ts';
import { TestProject } from '../support/project.ts';
import { sharedService, type SharedService } from '../support/shared-service.ts';
import { auditProject } from './audited-report.ts';
import { casesFolder, claimsFolder, filesBelow, samplesFolder } from './audited-folders.ts';

describe('the audit of real files', () => {
  let service: SharedService;

  beforeAll(async () => {
    service = await sharedService();
  });

  const faultsOf = async (
    path: string,
    formats: readonly ('pdf' | 'html' | 'csv')[] = [],
  ): Promise<readonly string[]> => {
    const project = await TestProject.make(service.api);
    const { status } = await project.import(new Uint8Array(readFileSync(path)), { name: basename(path) });
    if (status !== 201) return [];
    return (await auditProject(service, project, {}, formats))?.faults ?? [];
  };

  it('finds nothing false in the report of the demo campaign, in any format', async () => {
    expect(await faultsOf(demoCampaign, ['pdf', 'html', 'csv'])).toEqual([]);
  });

  for (const [what, folder] of [
    ['sample', samplesFolder],
    ['case', casesFolder],
    ['claim', claimsFolder],
  ] as const) {
    describeWhen(folder !== undefined, `${what} files: no folder of them is named`)(`of each ${what}`, () => {
      it.each(filesBelow(folder))('finds nothing false in the report of %s', async (file) => {
        expect(await faultsOf(join(folder ?? '', file))).toEqual([]);
      });
    });
  }
});
