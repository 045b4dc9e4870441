import { parse } from 'csv-parse/sync';
import { hostileReport, hugeTextReport, richReport, sampleFinding } from '#testing';
import type { BestTrial } from '#domain';
import type { FindingContent } from '../../model/report-content.ts';
import { composeFindings } from '../../compose/findings-composer.ts';
import { unseen, written } from '../../pipeline/spec-support/written.ts';
import { csvRow, csvText } from './csv-cell.ts';
import { writeCsv } from './write-csv.ts';

type Row = Readonly<Record<string, string>>;
const rowsOf = (text: string): readonly Row[] => parse(text, { bom: true, columns: true, record_delimiter: '\r\n' });

function judgedTrial(changes: Partial<BestTrial>): BestTrial {
  const { best_trial: trial } = sampleFinding();
  if (trial === null) throw new Error('The sample finding has no trial.');
  return { ...trial, ...changes };
}

describe('a cell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49 170', "'+49 170"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=cmd', "'=cmd"],
    ['\r\n=cmd', "'=cmd"],
    [' \u00A0=cmd', "'=cmd"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠x', "'＠x"],
    ['a;=HYPERLINK("x")', `"a;'=HYPERLINK(""x"")"`],
    ['\u200B=cmd', '\\u{200B}=cmd'],
    ['a-b=c@d', 'a-b=c@d'],
    ['one\ntwo\tthree', 'one two three'],
    ['say "no", please', '"say ""no"", please"'],
    ['\u0000\u202Eabc\uD800', '\\u{0}\\u{202E}abc\\u{D800}'],
  ])('of %j is %j', (text, cell) => {
    expect(csvText(text)).toBe(cell);
  });

  it('of a number or of nothing stands bare', () => {
    expect(csvRow([1, 0.5, null, 'a'])).toBe('1,0.5,,a\r\n');
  });
});

describe('a report as CSV', () => {
  it('begins with the mark of UTF-8 and has a row a finding, in order', async () => {
    const text = await written('csv', richReport({}, 120));
    expect(text.startsWith('\uFEFFid,severity,what_happened,category,attack,transforms,succeeded_trials,trials,')).toBe(
      true,
    );
    expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    const rows = rowsOf(text);
    expect(rows.map(({ id }) => id)).toEqual(
      Array.from({ length: 120 }, (_, index) => `F-${String(index + 1).padStart(3, '0')}`),
    );
    expect(rows[0]).toMatchObject({
      severity: 'critical',
      attack: 'crescendo',
      transforms: 'persona',
      succeeded_trials: '4',
      trials: '5',
      best_score: '0.98',
      status: 'open',
    });
  });

  it('says of a score what the source gave, whether it was converted and what it means, and what other judges said', async () => {
    const judged = judgedTrial({
      source_score: '0.02',
      score_scale: 'inverted',
      secondary_verdicts: { '=HYPERLINK("x")': 'succeeded', 'strict; second': 'not_assessed', '@b': 'resisted' },
    });
    const findings = [
      sampleFinding({ best_score: 0.98, best_score_scale: 'inverted', best_trial: judged }),
      sampleFinding({ best_score: 0.5, best_score_scale: null, score_meaning: 'ranking_only' }),
      sampleFinding({ best_score: null }),
    ];
    const text = await written('csv', { ...richReport({}, 1), findings });
    const rows = rowsOf(text);
    expect(rows[0]).toMatchObject({
      source_score: '0.02',
      score_scale: 'inverted',
      score_converted: 'true',
      score_meaning: 'graded',
      other_verdicts: `'=HYPERLINK("x")=succeeded; '@b=resisted; strict\\u{3B} second=not_assessed`,
    });
    expect(rows[1]).toMatchObject({
      source_score: '',
      score_scale: '',
      score_converted: 'false',
      score_meaning: 'ranking_only',
      other_verdicts: '',
    });
    expect(rows[2]).toMatchObject({ best_score: '', score_converted: '' });
    expect(text.slice(0, text.indexOf('\r\n'))).toMatch(
      /,coverage,source_score,score_scale,score_converted,score_meaning,other_verdicts$/,
    );
    const [withheld] = rowsOf(await written('csv', { ...richReport({ evidence: 'none' }, 1), findings }));
    expect(withheld).toMatchObject({ source_score: '', score_converted: 'true', other_verdicts: '' });
  });

  it('is the same however its findings are cut into batches, and lists them whatever its sections are', async () => {
    const report = richReport({ outline: [] }, 25);
    expect(await written('csv', report, 3)).toBe(await written('csv', report, 25));
    expect(rowsOf(await written('csv', report))).toHaveLength(25);
  });

  it('lets each batch go before it asks for the next', async () => {
    const { facts, findings } = richReport({}, 30);
    let handedOut = 0;
    async function* batches(): AsyncGenerator<readonly FindingContent[]> {
      for (let from = 0; from < 30; from += 10) {
        await Promise.resolve();
        handedOut += 1;
        yield composeFindings(facts, findings.slice(from, from + 10));
      }
    }
    const seen: number[] = [];
    for await (const piece of writeCsv(batches)) if (piece !== '') seen.push(handedOut);
    expect(seen).toEqual([0, 1, 2, 3]);
  });

  it('holds hostile texts in their cells, with nothing that does not print', async () => {
    const text = await written('csv', hostileReport());
    const rows = rowsOf(text);
    expect(rows).toHaveLength(hostileReport().findings.length);
    expect(unseen(text)).toEqual([]);
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/(^|;)\s*[=+\-@＝＋－＠]/);
  });

  it('shortens what is huge', async () => {
    const report = hugeTextReport();
    const judges = Array.from({ length: 10_000 }, (_, index) => [`judge ${index}`, 'resisted'] as const);
    const long = sampleFinding({
      goal: 'g'.repeat(1_000_000),
      best_trial: judgedTrial({ secondary_verdicts: Object.fromEntries(judges) }),
    });
    const text = await written('csv', { ...report, findings: [...report.findings, long] });
    expect(text.length).toBeLessThan(120_000);
    expect(text).toContain('characters left out');
    expect(text).toContain('; 9,980 more');
  });
});
