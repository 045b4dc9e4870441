import { categorySlugs } from '../category-slugs.ts';
import { noRuns, type RunCounts } from '../metrics.ts';
import { triedClaim } from './tried.ts';

const row = (
  name: string,
  counts: Partial<RunCounts>,
  hitLogRuns = counts.hits_only ?? 0,
): RunCounts & { name: string; hit_log_runs: number } => ({ ...noRuns, ...counts, name, hit_log_runs: hitLogRuns });
const vocabulary = ['violence', 'self_harm', 'prompt_injection'];

describe('what was tried', () => {
  it('is unknown of a file of hits, also where none of them could be assessed', () => {
    const rows = [row('violence', { not_assessed: 3 }, 3)];
    expect(triedClaim(rows, {}, vocabulary)).toMatchObject({
      attempts_known: 'none',
      tried: [],
      not_assessed: ['violence'],
    });
  });

  it('falls into three states over the vocabulary', () => {
    const rows = [row('violence', { resisted: 3 }), row('self_harm', { not_assessed: 4 })];
    expect(triedClaim(rows, {}, vocabulary)).toMatchObject({
      attempts_known: 'all',
      tried: ['violence'],
      not_assessed: ['self_harm'],
      not_tried: ['prompt_injection'],
    });
  });

  it('knows the categories that the SDK lacks', () => {
    const rows = ['violence', 'hate_unfairness', 'self_harm', 'sexual_content'].map((name) =>
      row(name, { resisted: 65 }),
    );
    const claim = triedClaim(rows);
    expect(claim.tried).toEqual(['hate_unfairness', 'self_harm', 'sexual_content', 'violence']);
    expect(claim.tried.length + claim.not_tried.length).toBe(categorySlugs.length);
    expect(claim.not_tried).toEqual(expect.arrayContaining(['harmful_content', 'prompt_injection', 'code_injection']));
  });

  it('does not know what a hit log tried in vain', () => {
    expect(triedClaim([row('violence', { hits_only: 5 })], {}, vocabulary)).toMatchObject({
      attempts_known: 'none',
      tried: ['violence'],
      not_tried: ['self_harm', 'prompt_injection'],
    });
    const mixed = [row('violence', { hits_only: 5 }), row('self_harm', { resisted: 1 })];
    expect(triedClaim(mixed, {}, vocabulary).attempts_known).toBe('some');
  });

  it('adds up the targets of a category, and takes no missing category for one', () => {
    const rows = [
      row('violence', { not_assessed: 1 }),
      row('violence', { resisted: 1 }),
      row('self_harm', { resisted: 1 }),
      row('self_harm', { not_assessed: 1 }),
      row('uncategorised', { resisted: 6 }),
      row('our own', { succeeded: 1 }),
    ];
    expect(triedClaim(rows, {}, vocabulary)).toMatchObject({
      tried: ['violence', 'self_harm'],
      not_assessed: [],
      further: ['our own'],
      uncategorised: 6,
    });
  });
});
