// Each decision of docs/adr has its number, title, status, date and four parts.
import { decisionFaults } from '../lib/decisions.mjs';

const faults = decisionFaults();
if (faults.length > 0) process.exitCode = 1;
for (const fault of faults) process.stderr.write(`${fault}\n`);
