import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimRules } from './claim.ts';

describe('rules of claims', () => {
  const document = readFileSync(join(__dirname, '../../../../docs/metrics.md'), 'utf8');

  it.each(Object.entries(claimRules))('those of the kind %s stand in docs/metrics.md under "%s"', (kind, heading) => {
    const part = document.split(/^## /m).find((one) => one.startsWith(`${heading}\n`));
    expect(part).toContain(`\`${kind}\``);
  });
});
