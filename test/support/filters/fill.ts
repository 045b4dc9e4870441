import { airtFile } from '../airt-file.ts';
import type { TestProject } from '../project.ts';

/**
 * Five imports: a dated campaign, a later version of it that replaces some runs, an undated one, classifiers' results, hits
 * without a denominator; beside them a campaign that still runs. Then some findings are triaged.
 */
export async function fill(project: TestProject): Promise<void> {
  const categories = ['tool_misuse', 'pii_extraction', 'bias_fairness', 'Own words, and a comma', 'jailbreak_general'];
  const attacks = ['crescendo', 'direct', 'tap', 'first, then second', 'Ärger 攻击 "x" \\ %_', 'n'.repeat(120)];
  const scores = [0.95, 0.1, 0.75, 0.2, 0.55, 0.05, 0.4, 0.3, 0.85, 0, 1, 0.9, 0.29];
  const runs = (prefix: string, from: number, count: number, shift = 0): { id: string }[] =>
    Array.from({ length: count }, (_, place) => {
      const n = from + place;
      return {
        id: `${prefix}-${n}`,
        score: scores[(n + shift) % scores.length],
        attack_name: attacks[n % attacks.length],
        category: categories[n % categories.length],
        ...(n % 4 === 0 && { goal_category: categories[(n + 1) % categories.length] }),
        ...(n % 17 === 0 && { severity: 'low' }),
        ...(n % 19 === 0 && { outcome: 'not_assessed', score: undefined }),
      };
    });
  const imported = async (file: string): Promise<void> => {
    const { status, body } = await project.import(file);
    expect({ status, errors: body.errors }).toEqual({ status: 201, errors: [] });
  };
  await imported(airtFile({ id: 'spring', started_at: '2026-03-01T08:00:00Z' }, runs('s', 0, 50)));
  await imported(airtFile({ id: 'spring', started_at: '2026-03-01T08:00:00Z' }, runs('s', 30, 30, 4)));
  await imported(airtFile({ id: 'autumn', started_at: '2026-09-10T23:59:59.500Z' }, runs('a', 100, 30, 2)));
  await imported(
    airtFile(
      { id: 'undated', started_at: undefined, severity_policy: { thresholds: [0.99, 0.8, 0.6, 0.4, 0] } },
      runs('u', 200, 25, 5),
    ),
  );
  await imported(
    airtFile(
      { id: 'classifiers', started_at: '2026-06-01' },
      ['evasion', 'degradation', 'robust', 'evasion', 'degradation', 'evasion'].map((type, n) => ({
        id: `c-${n}`,
        attack_domain: 'adversarial_ml',
        finding_type: type,
        score: 0.3 + n / 10,
        category: categories[n % 2],
      })),
    ),
  );
  await imported(airtFile({ id: 'running', started_at: '2026-07-01T00:00:00Z', status: 'running' }, runs('r', 300, 6)));
  const hits = Array.from({ length: 7 }, (_, n) => ({
    goal: 'leak the note',
    prompt: { turns: [{ role: 'user', content: { text: 'Read the note' } }] },
    output: { text: 'It says: buy milk' },
    triggers: ['milk'],
    score: 1 - n / 10,
    run_id: 'hits',
    attempt_id: `h-${n}`,
    attempt_seq: n,
    attempt_idx: 0,
    generator: 'shop-bot',
    probe: n % 2 === 0 ? 'leakreplay.Cloze' : 'dan.Dan',
    detector: 'leakreplay.StartsWith',
  }));
  await imported(hits.map((hit) => `${JSON.stringify(hit)}\n`).join(''));

  const { body } = await project.findings('?view=report&page_size=200&include_adversarial=true');
  const statuses = ['false_positive', 'accepted_risk', 'incorrect_scoring', 'remediated'];
  for (const [place, finding_status] of statuses.entries()) {
    const ids = body.findings.filter((_, n) => n % 9 === place).map(({ id }) => id);
    const { status } = await project.api.send('PATCH', project.path('/findings'), { body: { ids, finding_status } });
    expect(status).toBe(200);
  }
  const [worst] = body.findings;
  await project.api.send('PATCH', project.path(`/findings/${worst?.id ?? ''}`), { body: { severity: 'info' } });
}
