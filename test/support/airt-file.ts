export interface RunLine {
  readonly id: string;
  readonly score?: number;
  readonly [field: string]: unknown;
}

/** A small file in our own NDJSON: one assessment, and a trial for each run that does not bring its own outcome. */
export function airtFile(
  assessment: { readonly id: string; readonly [field: string]: unknown },
  runs: readonly RunLine[],
): string {
  const lines = [
    {
      type: 'assessment',
      name: assessment.id,
      target_model: 'lantern 1',
      started_at: '2026-02-03T09:00:00Z',
      ...assessment,
    },
    ...runs.flatMap(({ score, original_prompt, prompt, response, ...run }) => [
      {
        type: 'attack_run',
        assessment: assessment.id,
        attack_name: 'crescendo',
        category: 'tool_misuse',
        goal: `Goal of ${run.id}`,
        ...run,
      },
      ...(score === undefined
        ? []
        : [
            {
              type: 'trial',
              id: `${run.id}-1`,
              attack_run: run.id,
              score,
              detector: 'rubric',
              original_prompt,
              prompt: prompt ?? `Prompt of ${run.id}`,
              response: response ?? `Answer to ${run.id}`,
            },
          ]),
    ]),
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Runs with scores spread over all bands: of every ten some succeed, some come close, most resist. */
export function spreadRuns(count: number): readonly RunLine[] {
  const scores = [0.95, 0.1, 0.75, 0.2, 0.55, 0.05, 0.4, 0.15, 0.85, 0];
  return Array.from({ length: count }, (_, index) => ({
    id: `run-${String(index + 1).padStart(4, '0')}`,
    score: scores[index % scores.length] ?? 0,
    attack_name: index % 2 === 0 ? 'crescendo' : 'direct',
    transforms_applied: index % 3 === 0 ? ['base64'] : [],
    compliance_tags: { owasp_llm_top_10: ['LLM01'] },
  }));
}
