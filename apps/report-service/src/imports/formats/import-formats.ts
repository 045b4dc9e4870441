import { airt } from './airt/airt.ts';
import { azureRedTeam } from './azure-red-team/azure-red-team.ts';
import { garakHitlog } from './garak-hitlog/garak-hitlog.ts';
import { garakReport } from './garak-report/garak-report.ts';
import { promptfooCsv } from './promptfoo-csv/promptfoo-csv.ts';
import { promptfooJson } from './promptfoo-json/promptfoo-json.ts';
import { checkNames } from './reading/bounded-names.ts';
import { checkSizes } from './reading/bounded-values.ts';
import type { ImportFormat } from './staged-record.ts';

type Location = (row: number) => readonly (string | number)[];

const line: Location = (row) => ['line', row];

/** Every format that can be imported, in the order in which their detectors are asked. */
export const importFormats: readonly ImportFormat[] = [
  withBoundedValues(airt, line),
  withBoundedValues(garakReport, line),
  withBoundedValues(garakHitlog, line),
  withBoundedValues(promptfooJson, (row) => ['results', 'results', row - 1]),
  withBoundedValues(promptfooCsv, (row) => ['record', row]),
  withBoundedValues(azureRedTeam, (row) => ['attack_details', row - 1]),
];

/** What holds for the records of every format is checked once, here. */
function withBoundedValues(format: ImportFormat, locate: Location): ImportFormat {
  return {
    ...format,
    async *read(file, options, tally) {
      for await (const records of format.read(file, options, tally)) {
        checkNames(records, locate);
        checkSizes(records, locate);
        yield records;
      }
    },
  };
}
