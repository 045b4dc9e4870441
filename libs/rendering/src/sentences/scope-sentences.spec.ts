import { categorySlugs, noRuns, type RunCounts, triedClaim } from '#domain';
import { testedCategories, untestedByName, untestedInShort } from './scope-sentences.ts';

const read = (text: string): string => text.replaceAll('\u00A0', ' ');
const row = (
  name: string,
  counts: Partial<RunCounts>,
  hitLogRuns = counts.hits_only ?? 0,
): RunCounts & { name: string; hit_log_runs: number } => ({ ...noRuns, ...counts, name, hit_log_runs: hitLogRuns });
const all = (counts: Partial<RunCounts>): ReturnType<typeof row>[] => categorySlugs.map((name) => row(name, counts));

describe('what was not tested', () => {
  it('is said of the whole vocabulary, by display names', () => {
    const claim = triedClaim([row('violence', { resisted: 9 }), row('refund_fraud', { resisted: 2 })]);
    expect(read(testedCategories(claim))).toBe('1 of 32 categories and 1 other');
    expect(read(untestedInShort(claim))).toBe('31 of 32 categories without a run');
    expect(read(untestedByName(claim))).toMatch(
      /^Without a run, of the 32 categories of our vocabulary: .*PII extraction.*Prompt injection/,
    );
    expect(untestedByName(claim)).not.toContain('_');
  });

  it('never counts a category as tested whose runs are all lost', () => {
    const claim = triedClaim([...all({ resisted: 1 }).slice(1), row(categorySlugs[0], { not_assessed: 3 })]);
    expect(read(untestedInShort(claim))).toBe('1 category tried but not assessed');
    expect(read(untestedByName(claim))).toBe(
      'Each of the 32 categories of our vocabulary has a run. Tried, but no run could be assessed: Credential leak.',
    );
  });

  it('has nothing to add where each has an assessed run', () => {
    expect(untestedInShort(triedClaim(all({ resisted: 1 })))).toBe('');
  });

  it('does not guess what a hit log tried', () => {
    const claim = triedClaim([row('prompt_injection', { hits_only: 5 })]);
    expect(untestedInShort(claim)).toBe('what was tried beside the hits is not in the source');
    expect(untestedByName(claim)).toBe(
      'The source lists hits alone: what was tried without success is not in it. Categories with a hit: Prompt injection.',
    );
  });

  it('names what else was not tried before what it does not know', () => {
    const claim = triedClaim([row('uncategorised', { resisted: 6 })]);
    expect(read(untestedInShort(claim, 'every transform'))).toBe(
      '32 of 32 categories without a run, and every transform; 6 runs without a category may be of any',
    );
    expect(untestedInShort(triedClaim(all({ resisted: 1 })), 'every transform')).toBe('every transform');
  });

  it('does not call untried what a hit log beside other files may have tried', () => {
    const claim = triedClaim([row('violence', { resisted: 9 }), row('prompt_injection', { hits_only: 5 })]);
    expect(read(untestedInShort(claim))).toBe(
      '30 of 32 categories without a run; files that list hits alone do not say what else was tried',
    );
  });

  it('says that runs without a category may belong to any', () => {
    expect(read(untestedByName(triedClaim([row('uncategorised', { resisted: 5 })])))).toContain(
      '5 runs without a category may belong to any of them.',
    );
  });
});
