import type { RowRequest } from '#contracts';
import type { RowOf, RowSource } from '#domain';

import { airtFile, type RunLine } from './support/airt-file.ts';
import { TestProject } from './support/project.ts';
import { reportRows } from './support/report-rows.ts';
import { sharedService, type SharedService } from './support/shared-service.ts';

const runs = (prefix: string, count: number, run: Omit<RunLine, 'id'>): RunLine[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index + 1}`, ...run }));

/** What a report counts together, and what it must not. */
describe('rows of a report', () => {
  let service: SharedService;

  beforeAll(async () => {
    service = await sharedService();
  });

  const importing = async (...files: readonly string[]): Promise<TestProject> => {
    const project = await TestProject.make(service.api);
    for (const file of files) {
      const { status, body } = await project.import(file);
      expect({ status, errors: body.errors }).toEqual({ status: 201, errors: [] });
    }
    return project;
  };
  const rows = <S extends RowSource>(
    project: TestProject,
    source: S,
    request: Partial<RowRequest> = {},
  ): Promise<RowOf<S>[]> => reportRows(service, project, source, request);

  it('lets no hit into a rate because another file of its assessment has a denominator', async () => {
    const project = await importing(
      airtFile({ id: 'ferry' }, runs('full-', 20, { score: 0.1 })),
      airtFile({ id: 'ferry', coverage: 'hits_only' }, runs('hit-', 12, { score: 0.95, attack_name: 'roleplay' })),
    );

    expect(await rows(project, 'targets')).toMatchObject([
      {
        succeeded: 0,
        resisted: 20,
        hits_only: 12,
        trials: 32,
        hit_trials: 12,
        open: { critical: 12 },
        open_hits: { critical: 12 },
      },
    ]);
    expect(await rows(project, 'asr_by_attack')).toMatchObject([
      { name: 'crescendo', resisted: 20, hits_only: 0 },
      { name: 'roleplay', succeeded: 0, hits_only: 12, trials_to_success: null },
    ]);
    const coverages = (await rows(project, 'findings')).map(({ coverage }) => coverage);
    expect(new Set(coverages)).toEqual(new Set(['hits_only']));
    const { body } = await service.api.get<{ metrics: object }>(project.path('/summary'));
    expect(body.metrics).toMatchObject({ overall_asr: 0, hits_only: 12, risk_lower_bound: true });
  });

  it('takes for hits of a file that lists hits alone what succeeded there, and nothing else', async () => {
    const project = await importing(
      airtFile({ id: 'ferry', coverage: 'hits_only' }, [
        ...runs('hit-', 2, { score: 0.95 }),
        ...runs('blank-', 3, { outcome: 'not_assessed' }),
        ...runs('told-', 1, { score: 0.1 }),
      ]),
    );

    expect(await rows(project, 'targets')).toMatchObject([
      { succeeded: 0, resisted: 0, not_assessed: 3, hits_only: 2, open: { critical: 2 }, remediated: 0, accepted: 0 },
    ]);
    expect(await rows(project, 'asr_by_attack')).toMatchObject([{ hits_only: 2, not_assessed: 3, hit_log_runs: 6 }]);
    expect(await rows(project, 'left_out')).toContainEqual(
      expect.objectContaining({ what: 'no_denominator', runs: 1, succeeded: 0 }),
    );
  });

  it('counts each target apart, the riskiest first, and takes those without a name for one each assessment', async () => {
    const project = await importing(
      airtFile({ id: 'one', target_model: 'kiosk' }, runs('a', 10, { score: 0.1 })),
      airtFile({ id: 'two', target_model: 'tram' }, [
        ...runs('b', 2, { score: 0.95 }),
        ...runs('c', 2, { score: 0.1 }),
      ]),
      airtFile({ id: 'three', target_model: 'tram' }, runs('d', 4, { score: 0.1 })),
      airtFile({ id: 'four', target_model: undefined }, runs('e', 1, { score: 0.6 })),
      airtFile({ id: 'five', target_model: undefined }, [
        { id: 'f1', score: 0.2, target_model: 'kiosk' },
        { id: 'f2', score: 0.2 },
      ]),
    );

    expect(await rows(project, 'targets')).toMatchObject([
      { target_key: 'n:tram', name: 'tram', assessments: ['three', 'two'], succeeded: 2, resisted: 6 },
      { target_key: 'a:four', name: null, succeeded: 1, resisted: 0 },
      { target_key: 'a:five', name: null, succeeded: 0, resisted: 1 },
      { target_key: 'n:kiosk', name: 'kiosk', assessments: ['five', 'one'], succeeded: 0, resisted: 11 },
    ]);
    const attacks = await rows(project, 'asr_by_attack');
    expect(attacks.map(({ target_key: key, succeeded, resisted }) => [key, succeeded, resisted])).toEqual([
      ['a:four', 1, 0],
      ['n:tram', 2, 6],
      ['n:kiosk', 0, 11],
      ['a:five', 0, 1],
    ]);
    // 10 × (0.6 + 0.4 × 2 ÷ 8): the tram's own rate, and not 3 of 20.
    const { body } = await service.api.get<{ metrics: object }>(project.path('/summary'));
    expect(body.metrics).toMatchObject({ risk_score: 7, risk_band: 'high', risk_lower_bound: false });
    expect((await rows(project, 'findings'))[0]).toMatchObject({ target_key: 'n:tram', target_model: 'tram' });
  });

  it('compares a transform with the same attack on the same target alone, by goals where they are pairs', async () => {
    const plain = (prefix: string, count: number, score: number, goal = prefix): RunLine[] =>
      Array.from({ length: count }, (_, n) => ({
        id: `${prefix}${n}`,
        score,
        goal: `${goal} ${n}`,
        attack_name: 'direct',
      }));
    const coded = (prefix: string, count: number, score: number, goal: string): RunLine[] =>
      plain(prefix, count, score, goal).map((run) => ({ ...run, transforms_applied: ['base64'] }));
    const project = await importing(
      airtFile({ id: 'strong', target_model: 'strong' }, plain('s', 4, 0.1)),
      airtFile({ id: 'weak', target_model: 'weak' }, coded('w', 4, 0.9, 'w')),
      airtFile({ id: 'both', target_model: 'both' }, [...plain('p', 3, 0.1, 'g'), ...coded('q', 3, 0.9, 'g')]),
      airtFile({ id: 'more', target_model: 'more' }, [
        ...plain('p', 4, 0.1, 'g'),
        ...coded('q', 3, 0.9, 'g'),
        // Neither another attack nor a lost run is a baseline.
        { id: 'other', score: 0.9, goal: 'g 0', attack_name: 'roleplay' },
        { id: 'lost', outcome: 'not_assessed', goal: 'g 4', attack_name: 'direct' },
      ]),
    );

    expect(await rows(project, 'lift_strata')).toEqual([
      {
        target_key: 'n:both',
        transforms: ['base64'],
        attack: 'direct',
        with: { succeeded: 3, resisted: 0 },
        baseline: { succeeded: 0, resisted: 3 },
        pairs: { both: 0, only_with: 3, only_baseline: 0, neither: 0 },
      },
      {
        target_key: 'n:more',
        transforms: ['base64'],
        attack: 'direct',
        with: { succeeded: 3, resisted: 0 },
        baseline: { succeeded: 0, resisted: 4 },
        pairs: null,
      },
    ]);
  });

  it('keeps lists of transforms that read alike apart', async () => {
    const lists = [[], ['baseline'], ['base64', 'persona'], ['base64, persona'], ['persona', 'base64']];
    const project = await importing(
      airtFile(
        { id: 'lists' },
        lists.flatMap((transforms, place) =>
          runs(`l${place}-`, place + 1, { score: 0.9, transforms_applied: transforms }),
        ),
      ),
    );

    const counted = (await rows(project, 'asr_by_transform')).map(({ transforms, succeeded }) => [
      transforms,
      succeeded,
    ]);
    expect(new Map(counted.map(([list, count]) => [JSON.stringify(list), count]))).toEqual(
      new Map(lists.map((list, place) => [JSON.stringify(list), place + 1])),
    );
  });

  it('tells what is open from what is closed, and what a policy graded from what the bands did', async () => {
    const policy = { thresholds: [0.9, 0.8, 0.7, 0.6, 0], default_row: ['high', 'medium', 'low', 'info', 'info'] };
    const project = await importing(
      airtFile({ id: 'ruled', severity_policy: policy }, [
        ...runs('h', 3, { score: 0.95 }),
        { id: 'away', score: 0.96, finding_status: 'false_positive' },
        { id: 'fixed', score: 0.96, finding_status: 'remediated' },
        { id: 'borne', score: 0.97, finding_status: 'accepted_risk' },
        { id: 'near', score: 0.4 },
      ]),
    );

    expect(await rows(project, 'targets')).toMatchObject([
      {
        succeeded: 5,
        resisted: 1,
        dismissed: 1,
        open: { high: 3, info: 0 },
        open_close: { high: 0, info: 1 },
        closed: { high: 2 },
        remediated: 1,
        accepted: 1,
      },
    ]);
    const [high] = await rows(project, 'severities');
    expect(high).toMatchObject({
      severity: 'high',
      succeeded: 3,
      remediated: 1,
      accepted: 1,
      by_policy: 5,
      sources: {},
    });
    expect((await rows(project, 'findings')).every(({ by_policy: ruled }) => ruled)).toBe(true);
    expect((await rows(project, 'assessments'))[0]?.severity_policy?.thresholds).toEqual(policy.thresholds);
  });

  it('takes what came close for no success of its severity', async () => {
    const project = await importing(
      airtFile({ id: 'close' }, [
        { id: 'hit', score: 0.75 },
        { id: 'near', score: 0.45, severity: 'high' },
      ]),
    );

    expect(await rows(project, 'severities')).toMatchObject([{ severity: 'high', succeeded: 1, partial: 1 }]);
    expect(await rows(project, 'targets')).toMatchObject([{ open: { high: 1 }, open_close: { high: 1 } }]);
  });

  it('scores the risk of what is open, and none where nothing was assessed', async () => {
    const score = async (...lines: readonly RunLine[]): Promise<unknown> => {
      const project = await importing(airtFile({ id: 'risk' }, lines));
      const { body } = await service.api.get<{ metrics: { risk_score: unknown } }>(project.path('/summary'));
      return body.metrics.risk_score;
    };

    expect(await score({ id: 'near', score: 0.45, severity: 'critical' })).toBe(0);
    expect(await score({ id: 'fixed', score: 0.99, finding_status: 'remediated' })).toBe(0);
    expect(await score({ id: 'lost', outcome: 'not_assessed' })).toBeNull();
  });

  it('says where tags come from, how many prompts were distinct, and which successes a tag was missing for', async () => {
    const tags = { owasp_llm_top_10: ['LLM02'] };
    const project = await importing(
      airtFile({ id: 'tags' }, [
        ...runs('same', 5, { score: 0.1, prompt: 'Whose order is it?', compliance_tags: tags }),
        { id: 'other', score: 0.1, prompt: 'And whose is that?', compliance_tags: tags },
        { id: 'coded', score: 0.1, original_prompt: 'And whose is that?', prompt: 'QW5k', compliance_tags: tags },
        { id: 'lost', outcome: 'not_assessed', compliance_tags: tags },
        { id: 'ours', score: 0.1, prompt: 'Whose order is it?', compliance_tags: tags, compliance_source: 'crosswalk' },
        { id: 'bare', score: 0.95, category: 'pii_extraction', compliance_tags: {} },
      ]),
    );

    const [item] = await rows(project, 'compliance_items', { frameworks: ['owasp_llm_top_10'] });
    expect(item).toMatchObject({
      item: 'LLM02',
      resisted: 8,
      not_assessed: 1,
      from_file: 8,
      from_crosswalk: 1,
      distinct: 2,
      untagged_successes: 1,
    });
    expect(await rows(project, 'framework_gaps', { frameworks: ['owasp_llm_top_10'] })).toMatchObject([
      { framework: 'owasp_llm_top_10', runs: 1, succeeded: 1 },
    ]);
  });

  it('names for an action the tags of what succeeded and is open, not of what came close', async () => {
    const project = await importing(
      airtFile({ id: 'acts', name: 'Acts' }, [
        { id: 'open', score: 0.95, category: 'violence', compliance_tags: { owasp_llm_top_10: ['LLM05'] } },
        { id: 'close', score: 0.4, category: 'violence', compliance_tags: { owasp_llm_top_10: ['LLM01'] } },
      ]),
    );

    expect(await rows(project, 'finding_categories')).toMatchObject([
      { category: 'violence', items: ['owasp_llm_top_10:LLM05'] },
    ]);
  });

  it('counts the distinct prompts or goals of a category, as of a framework item', async () => {
    const project = await importing(
      airtFile({ id: 'repeats' }, [
        ...runs('same', 25, { score: 0.1, category: 'violence', prompt: 'Whose order is it?' }),
        { id: 'coded', score: 0.1, category: 'violence', original_prompt: 'Whose order is it?', prompt: 'V2hvc2U=' },
        { id: 'lost', outcome: 'not_assessed', category: 'violence', prompt: 'Nobody judged this.' },
        ...runs('hit', 2, { score: 0.95, category: 'self_harm', prompt: 'And whose is that?' }),
        { id: 'other', score: 0.1, category: 'self_harm', prompt: 'Whose order is it?' },
      ]),
    );

    expect(await rows(project, 'asr_by_category')).toMatchObject([
      { name: 'self_harm', succeeded: 2, resisted: 1, distinct: 2 },
      { name: 'violence', resisted: 26, not_assessed: 1, distinct: 1 },
    ]);
    expect(await rows(project, 'targets')).toMatchObject([{ resisted: 27 }]);
  });

  it('counts adversarial-ML runs by themselves alone', async () => {
    const ml = {
      attack_domain: 'adversarial_ml',
      adversarial_class: 'evasion',
      attack_name: 'pgd',
      distance_norm: 'linf',
    };
    const project = await importing(
      airtFile({ id: 'ml' }, [
        ...runs('llm', 4, { score: 0.1 }),
        { id: 'e1', ...ml, outcome: 'succeeded', finding_type: 'evasion', distance_value: 0.3 },
        { id: 'e2', ...ml, outcome: 'succeeded', finding_type: 'evasion', distance_value: 0.1 },
        { id: 'd1', ...ml, outcome: 'resisted', finding_type: 'degradation' },
        { id: 'r1', ...ml, outcome: 'resisted', finding_type: 'robust' },
      ]),
    );

    const included = { includeAdversarial: true };
    expect(await rows(project, 'targets', included)).toMatchObject([{ succeeded: 0, resisted: 4 }]);
    expect(await rows(project, 'adversarial_ml', included)).toMatchObject([
      { attack: 'pgd', adversarial_class: 'evasion', succeeded: 2, degraded: 1, resisted: 1, best_distance: 0.1 },
    ]);
    expect(await rows(project, 'adversarial_ml')).toEqual([]);
    expect(await rows(project, 'left_out')).toEqual([
      { what: 'adversarial_ml', name: null, status: null, runs: 4, succeeded: 2 },
    ]);
    expect(await rows(project, 'left_out', included)).toEqual([]);
  });

  it('names what is left out, and takes no judge and no warning of a file that a later one replaced', async () => {
    const trial = (detector: string): string =>
      airtFile({ id: 'spring', started_at: undefined, detector }, [
        { id: 'x', score: 0.9, goal: undefined, category: undefined },
      ]);
    const project = await importing(
      trial('old judge'),
      trial('new judge'),
      airtFile({ id: 'summer', name: 'Summer', status: 'running' }, runs('r', 2, { score: 0.9 })),
      airtFile({ id: 'winter', name: 'Winter' }, []),
    );

    const left = (await rows(project, 'left_out')).map(({ what, name, status, runs: count, succeeded }) => [
      what,
      name,
      status,
      count,
      succeeded,
    ]);
    expect(left).toEqual([
      ['unfinished_assessment', 'Summer', 'running', 2, 2],
      ['empty_assessment', 'Winter', null, 0, 0],
      ['undated_assessment', 'spring', null, 1, 1],
      ['superseded_import', null, null, 1, 1],
      ['no_goal', null, null, 1, 1],
      ['no_category', null, null, 1, 1],
    ]);
    const [spring] = (await rows(project, 'assessments')).filter(({ name }) => name === 'spring');
    expect(spring?.sources.map(({ detector }) => detector)).toEqual(['new judge']);
  });

  it('sets the verdicts of two judges against each other, run by run', async () => {
    const lines = [
      ['agree', 0.9, 'succeeded'],
      ['stricter', 0.1, 'succeeded'],
      ['milder', 0.9, 'resisted'],
      ['neither', 0.1, 'resisted'],
    ] as const;
    const file = airtFile(
      { id: 'judged' },
      lines.map(([id, score]) => ({ id, score })),
    )
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as { type: string; attack_run?: string })
      .map((line) => {
        const said = lines.find(([id]) => line.type === 'trial' && line.attack_run === id)?.[2];
        return said === undefined ? line : { ...line, secondary_verdicts: { second: said } };
      });
    const project = await importing(`${file.map((line) => JSON.stringify(line)).join('\n')}\n`);

    expect(await rows(project, 'judges')).toMatchObject([
      { primary: 'rubric', other: null, primary_runs: 4 },
      { primary: 'rubric', other: 'second', both: 1, only_primary: 1, only_other: 1, neither: 1, primary_runs: 4 },
    ]);
    expect((await rows(project, 'findings'))[0]?.best_trial?.secondary_verdicts).toHaveProperty('second');
  });
});
