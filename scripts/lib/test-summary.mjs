import { existsSync, readFileSync } from 'node:fs';

/** Prints which parts were real and which checks did not run; answers how many tests passed and failed. */
export function printTestSummary(resultsPath, reports, status) {
  const results = readResults(resultsPath);
  const pending = results?.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status: outcome }) => outcome === 'pending').map(({ fullName }) => fullName),
  );
  print('Ran against', [
    `Node ${process.versions.node} on ${process.platform}-${process.arch}`,
    ...linesOf(reports.AIRT_PARTS_REPORT),
  ]);
  print('Skipped', [...linesOf(reports.AIRT_SKIP_REPORT), ...(pending ?? []).map((name) => `test: ${name}`)]);
  return resultsOf(resultsPath, status);
}

/** How many tests passed and failed by the results that Jest wrote, and by its exit status. */
export function resultsOf(resultsPath, status) {
  const results = readResults(resultsPath);
  const passed = results?.numPassedTests ?? 0;
  const broken = (results?.numFailedTests ?? 0) + (results?.numRuntimeErrorTestSuites ?? 0);
  // Jest may fail with no test to blame: a set-up that broke, a pattern that matched nothing.
  return { passed, failed: broken === 0 && status !== 0 ? 1 : broken };
}

export const countTests = (passed, failed) => `\n${passed} passed, ${failed} failed\n`;

const readResults = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);

function print(title, lines) {
  process.stdout.write(`\n${title}:\n${lines.map((line) => `  - ${line}\n`).join('') || '  nothing\n'}`);
}

/** Each line once: several workers may meet the same lack. */
function linesOf(path) {
  if (!existsSync(path)) return [];
  return [...new Set(readFileSync(path, 'utf8').split('\n').filter(Boolean))].sort();
}
