import { appendFileSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { demoCampaign } from '../support/demo-project.ts';
import { describeWhen } from '../support/describe-when.ts';
import { TestProject } from '../support/project.ts';
import { sharedService, type SharedService } from '../support/shared-service.ts';
import { auditProject } from './audited-report.ts';
import { isKnown, knownFaults } from './known-faults.ts';
import { casesFolder, claimsFolder, filesBelow, samplesFolder } from './audited-folders.ts';

/** A file that all faults are written to, those that are known too. */
const findings = process.env['AIRT_AUDIT_FINDINGS'];

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
    const audited = await auditProject(service, project, {}, formats);
    const faults = audited?.faults ?? [];
    if (findings !== undefined && faults.length > 0)
      appendFileSync(findings, `${basename(path)}\n${faults.map((fault) => `  ${fault}\n`).join('')}`);
    for (const fault of faults) seen.add(fault);
    return faults.filter((fault) => !isKnown(fault));
  };
  const seen = new Set<string>();

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

  describeWhen(claimsFolder !== undefined, 'known faults: no folder shows them all')('what is known of it', () => {
    it.each(knownFaults)('still stands: $reason', ({ pattern }) => {
      expect([...seen].some((fault) => pattern.test(fault))).toBe(true);
    });
  });
});
