import { appendFileSync } from 'node:fs';

/** Says in the summary of the test run which real part was used. */
export function reportPart(line: string): void {
  report('AIRT_PARTS_REPORT', line);
}

/** Says in the summary of the test run what could not be checked on this machine, and what it would take. */
export function reportSkip(line: string): void {
  report('AIRT_SKIP_REPORT', line);
}

function report(variable: string, line: string): void {
  const path = process.env[variable];
  if (path === undefined) process.stderr.write(`${line}\n`);
  else appendFileSync(path, `${line}\n`);
}
