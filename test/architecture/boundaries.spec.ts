import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canaries, canaryCompanions } from './canaries.ts';

const root = join(__dirname, '../..');

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
    readonly optionsUsed: unknown;
    readonly ruleSetUsed?: { readonly forbidden?: readonly { readonly name: string }[] };
  };
}

function cruise(folder: string, ...more: string[]): Cruise {
  const output = execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--output-type',
      'json',
      ...more,
      'apps',
      'libs',
      'test/audit',
    ],
    { cwd: folder, maxBuffer: 256 * 1024 * 1024, encoding: 'utf8' },
  );
  return JSON.parse(output) as Cruise;
}

describe('module boundaries', () => {
  it('are kept by every file, and every file is looked at', () => {
    const { summary } = cruise(root);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    // A TypeScript that the cruiser does not know gives 0 modules and no violation.
    expect(summary.totalCruised).toBeGreaterThan(250);
  });

  it('are really watched: each rule reports the file that breaks it', () => {
    const copy = mkdtempSync(join(tmpdir(), 'boundaries-'));
    try {
      for (const part of ['apps', 'libs', 'test', 'package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) {
        cpSync(join(root, part), join(copy, part), { recursive: true });
      }
      symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
      const files = Object.entries(canaryCompanions);
      for (const { path, text } of Object.values(canaries)) files.push([path, text]);
      for (const [path, text] of files) writeFileSync(join(copy, path), text);

      // The copy borrows node_modules by a link; seen through it, packages would lie outside of the tree.
      const { summary } = cruise(copy, '--preserve-symlinks');
      const reported = Object.fromEntries(
        Object.entries(canaries).map(([rule, { path }]) => [
          rule,
          summary.violations.some(
            (violation) => violation.rule.name === rule && (violation.from === path || violation.to === path),
          ),
        ]),
      );
      const rules = (summary.ruleSetUsed?.forbidden ?? []).map(({ name }) => name);
      expect(reported).toEqual(Object.fromEntries(rules.map((rule) => [rule, true])));
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
});
