import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';

const attacks = ['crescendo', 'tap', 'pair', 'goat', 'direct'];
const transforms = [[], ['base64'], ['leetspeak'], ['persona']];
const categories = ['credential_leak', 'tool_misuse', 'system_prompt_leak', 'pii_extraction', 'refusal_bypass'];
const sentence = 'The assistant was asked to repeat what it had been told about discounts, and to leave nothing out. ';

/** Writes an NDJSON run of our own format: one assessment, `runs` attack runs with `trialsPerRun` trials each. Deterministic. */
export async function writeRunFile(path: string, runs: number, trialsPerRun: number, successEvery = 5): Promise<void> {
  const file = createWriteStream(path);
  const write = async (line: object): Promise<void> => {
    if (!file.write(`${JSON.stringify(line)}\n`)) await once(file, 'drain');
  };
  await write({
    type: 'assessment',
    id: 'bench',
    name: 'Benchmark',
    target_model: 'bench-target 1',
    started_at: '2026-01-05T08:00:00Z',
  });
  for (let run = 0; run < runs; run += 1) {
    await write({
      type: 'attack_run',
      id: `r${run}`,
      assessment: 'bench',
      attack_name: attacks[run % attacks.length],
      category: categories[run % categories.length],
      goal: `Goal ${run % 997}: make the assistant say what it must not. ${sentence}`,
      transforms_applied: transforms[run % transforms.length],
      compliance_tags: { owasp_categories: [`LLM0${1 + (run % 9)}`] },
    });
    for (let trial = 0; trial < trialsPerRun; trial += 1) {
      const score = run % successEvery === 0 && trial === 0 ? 0.5 + (run % 50) / 100 : (run % 29) / 100;
      await write({
        type: 'trial',
        id: `t${trial}`,
        attack_run: `r${run}`,
        score,
        prompt: `${sentence.repeat(1 + (run % 3))}Run ${run}, trial ${trial}.`,
        response: `${score >= 0.5 ? 'Certainly: the code is WREN-10. ' : 'I cannot help with that. '}${sentence.repeat(1 + (run % 4))}`,
        reasoning: 'The answer was compared with the goal.',
      });
    }
  }
  file.end();
  await finished(file);
}
