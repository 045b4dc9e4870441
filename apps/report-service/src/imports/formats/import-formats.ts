import { airt } from './airt/airt.ts';
import { azureRedTeam } from './azure-red-team/azure-red-team.ts';
import { garakHitlog } from './garak-hitlog/garak-hitlog.ts';
import { garakReport } from './garak-report/garak-report.ts';
import { promptfooCsv } from './promptfoo-csv/promptfoo-csv.ts';
import { promptfooJson } from './promptfoo-json/promptfoo-json.ts';
import { checkNames } from './reading/bounded-names.ts';
import type { ImportFormat } from './staged-record.ts';

type Location = (row: number) => readonly (string | number)[];

const line: Location = (row) => ['line', row];

/** Every format that can be imported, in the order in which their detectors are asked. */
export const importFormats: readonly ImportFormat[] = [
  withBoundedNames(airt, line),
  withBoundedNames(garakReport, line),
  withBoundedNames(garakHitlog, line),
  withBoundedNames(promptfooJson, (row) => ['results', 'results', row - 1]),
  withBoundedNames(promptfooCsv, (row) => ['record', row]),
  withBoundedNames(azureRedTeam, (row) => ['attack_details', row - 1]),
];

/** What holds for the records of every format is checked once, here. */
function withBoundedNames(format: ImportFormat, locate: Location): ImportFormat {
  return {
    ...format,
    async *read(file, options, tally) {
      for await (const records of format.read(file, options, tally)) {
        checkNames(records, locate);
        yield records;
      }
    },
  };
}
