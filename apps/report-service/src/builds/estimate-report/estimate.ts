import type { FindingRow } from '#domain';

/** A build that ended: what it held, and how long it took from claim to completion. */
export interface MeasuredBuild {
  readonly findings: number;
  readonly ms: number;
}

/** What a build of so many findings takes on an idle core, by the figures of the renderer's own estimate. */
const typicalMs = (findings: number): number => 1_000 + 4 * findings;

/** Fewer builds say nothing about the next. */
const leastMeasured = 3;

/** How past builds compare with what is typical, by their median; null when too few are known. */
export function pace(past: readonly MeasuredBuild[]): number | null {
  if (past.length < leastMeasured) return null;
  const ratios = past.map((build) => build.ms / typicalMs(build.findings)).sort((a, b) => a - b);
  return Math.min(20, Math.max(0.05, ratios[Math.floor(ratios.length / 2)] ?? 1));
}

/** Mean characters of the texts that a finding's detail prints. */
export function meanCharacters(findings: readonly FindingRow[]): number {
  if (findings.length === 0) return 0;
  const total = findings.reduce((sum, { goal, notes, best_trial: trial }) => {
    const turns = trial?.turns.map(({ content }) => content) ?? [];
    const texts = [goal, notes, trial?.original_prompt, trial?.prompt, trial?.response, trial?.reasoning, ...turns];
    return sum + texts.reduce((length, text) => length + (text?.length ?? 0), 0);
  }, 0);
  return total / findings.length;
}
