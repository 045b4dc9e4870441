import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLength, hostileCorpus, readPdf, richReport, sampleFinding, type SampleReport } from '#testing';
import { outlineOfSections } from '#domain';
import { bytesOf, written } from '../../pipeline/spec-support/written.ts';
import { activeContent } from './spec-support/active-content.ts';
import { byPoppler, checkByQpdf, pagesIn } from './spec-support/by-poppler.ts';

/** The whole corpus takes a minute: a commit tries every third of its texts. */
const tried = hostileCorpus.filter((_, index) => index % atLength(3, 1) === 0);

const reportOf = (text: string): SampleReport => {
  const base = sampleFinding().best_trial;
  const finding = sampleFinding({
    goal: text,
    notes: text,
    best_trial: base && { ...base, original_prompt: null, prompt: text, response: text, reasoning: text },
  });
  const { facts } = richReport();
  return {
    facts: { ...facts, finding_count: 1, outline: outlineOfSections(['findings', 'evidence']) },
    findings: [finding],
  };
};

/** Without blanks, and without the marks that a reader adds to say which way a text runs. */
const solid = (text: string): string => text.replace(/[\s\u200E\u200F\u202A-\u202E\u2066-\u2069]+/g, '');

const escaped = (codePoint: number): string => `\\u{${codePoint.toString(16).toUpperCase()}}`;
const mustBeEscaped = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u034F\u115F\u1160\u2800\u3164\uFE00-\uFE0F\uFFA0]/u;
const blank = /[\t\n\p{Zs}]/u;

/** What stands for a character in a text that was read back: itself, its escape, or the letters of its ligature. */
function formsOf(character: string): readonly string[] {
  const escape = escaped(character.codePointAt(0) ?? 0);
  return mustBeEscaped.test(character) ? [escape] : [character, escape, character.normalize('NFKC')];
}

/** The whole of a text in its order, each character in one of its forms. */
function orderOf(text: string): RegExp {
  const quoted = (form: string): string => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const parts = Array.from(text)
    .filter((c) => !blank.test(c))
    .map((c) => `(?:${formsOf(c).map(quoted).join('|')})`);
  return new RegExp(parts.join(''), 'u');
}

/** What a text adds to a report: how often each of its characters is missing, beside a report that lacks it and counting its copies. */
function missingFrom(read: string, text: string, without: string, copies: number): readonly string[] {
  const wanted = new Map<string, number>();
  for (const character of text)
    if (!blank.test(character)) wanted.set(character, (wanted.get(character) ?? 0) + copies);
  const times = (all: string, character: string): number =>
    [...new Set(formsOf(character))].reduce((sum, form) => sum + all.split(form).length - 1, 0);
  return [...wanted].flatMap(([character, count]) => {
    const found = times(read, character) - times(without, character);
    return found >= count ? [] : [`${JSON.stringify(character)}: ${found} of ${count}`];
  });
}

/** Words that no line breaks, none of them glued to another. */
const wordsOf = (text: string): readonly string[] =>
  text.split(/[\s\p{Zs}]+/u).filter((word) => /^[\p{L}\p{N}]{1,30}$/u.test(word));

/** Every string of a JSON value, one behind the other. */
const stringsOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : value && typeof value === 'object'
      ? Object.values(value).map(stringsOf).join('\n')
      : '';

/** What a browser shows of a page. */
const shownOf = (html: string): string =>
  html
    .replace(/<(?:style|title)[^>]*>[\s\S]*?<\/(?:style|title)>/g, '')
    .replace(/<[a-z!/](?:[^>"]|"[^"]*")*>/gi, '')
    .replace(
      /&(lt|gt|quot|amp|#39|#96);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'", '#96': '`' })[name] ?? '',
    );

/** Elements that act, fetch or lead out. What a finding says is text between elements, or a value in quotes. */
const activeTags = (html: string): readonly string[] =>
  (html.match(/<[a-z!/](?:[^>"]|"[^"]*")*>/gi) ?? []).filter(
    (tag) =>
      /^<\/?(?:script|iframe|object|embed|form|foreignObject|link|base)\b/i.test(tag) ||
      /\son\w+\s*=/i.test(tag.replace(/"[^"]*"/g, '""')) ||
      /\s(?:href|src|action|srcset|data)="(?!#|data:image\/png)/i.test(tag),
  );

const turns = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** This reader takes letters by their glyphs, and not the text that stands beside them. */
const toldByActualText = /[\p{Script=Devanagari}\p{Script=Thai}]/u;
const hiddenRun = /(?:(?![\t\n])[\p{Cf}\p{Cc}\p{Cs}\u{E0100}-\u{E01EF}]){13,}|(\p{M})\1{12,}|\n{9,}/u;
const isShort = (text: string): boolean => text.length <= 400 && !hiddenRun.test(text);
/** Printed whole, but over many lines and pages. */
const isWhole = (text: string): boolean => text.length <= 20_000 && !hiddenRun.test(text);

/** The note that counts what is left out of a long text, or of a run that prints nothing. */
function leftOut(text: string): RegExp {
  const count = (n: number): string => n.toLocaleString('en');
  // A pair of surrogates is not cut: a unit more may be left out at either end.
  const cut = [19_000, 18_999, 18_998].map((kept) => count(text.length - kept)).join('|');
  if (text.length > 20_000) return new RegExp(`\\[…(?:${cut})charactersleftout…\\]`);
  const run = Array.from(hiddenRun.exec(text)?.[0] ?? '');
  if (run[0] === '\n') return new RegExp(`\\[${count(run.length - 4)}morelineends\\]`);
  // Of marks the first is drawn.
  const hidden = /\p{M}/u.test(run[0] ?? '') ? run.length - 1 : run.length;
  return new RegExp(`\\[${count(hidden - 9)}moreinvisiblecharacters\\]`);
}

describe('a finding that holds a text nobody would send in good faith', () => {
  const folder = mkdtempSync(join(tmpdir(), 'airt-corpus-'));
  const files: { path: string; name: string; found: string | null }[] = [];
  /** What poppler reads of a report whose texts are empty. */
  let plain = '';
  beforeAll(async () => {
    plain = solid(byPoppler(await bytesOf('pdf', reportOf(''))) ?? '');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is one of at least two hundred different texts', () => {
    expect(new Set(hostileCorpus.map(({ text }) => text)).size).toBeGreaterThanOrEqual(200);
    expect(new Set(hostileCorpus.map(({ name }) => name)).size).toBe(hostileCorpus.length);
  });

  it.each(tried.map(({ name, text }) => [name, text]))(
    'ends in a sound report that holds all of it: %s',
    async (name, text) => {
      const from = performance.now();
      const bytes = await bytesOf('pdf', reportOf(text));
      expect(performance.now() - from).toBeLessThan(60_000);
      const path = join(folder, `${files.length}.pdf`);
      writeFileSync(path, bytes);
      const found = byPoppler(bytes);
      files.push({ path, name, found });

      checkByQpdf(path);
      expect(activeContent(bytes)).toEqual([]);
      if (found === null) return;
      const read = solid(found);
      expect(read.split('F-001').length - 1).toBeGreaterThanOrEqual(2);
      if (isShort(text) && !turns.test(text)) expect(read).toMatch(orderOf(text));
      else if (isWhole(text)) {
        // Goal and note may be shortened; prompt, answer and reasoning are whole.
        expect(missingFrom(read, text, plain, 3)).toEqual([]);
        const words = new Set(found.split(/\s+/));
        if (!turns.test(text)) expect(wordsOf(text).filter((word) => !words.has(word))).toEqual([]);
      } else {
        expect(read).toMatch(leftOut(text));
        const ends = text.slice(0, 13_999) + text.slice(-4_999);
        if (!hiddenRun.test(text)) expect(missingFrom(read, ends, plain, 3)).toEqual([]);
      }
    },
  );

  it('ends in files of which two readers count the same pages, and from which no link leads out', async () => {
    expect(files).toHaveLength(tried.length);
    for (const [index, { path, name, found }] of files.entries()) {
      const { pages, urls } = await readPdf(readFileSync(path));
      expect({ name, urls, pages: found === null ? pages.length : pagesIn(found) }).toEqual({
        name,
        urls: [],
        pages: pages.length,
      });
      const text = tried[index]?.text ?? '';
      const solidText = solid(pages.join(''));
      expect(solidText).toContain('F-001');
      if (isShort(text) && !turns.test(text) && !toldByActualText.test(text)) expect(solidText).toMatch(orderOf(text));
    }
  });

  it('is found again in JSON, CSV and HTML, where nothing of it hides or acts', async () => {
    for (const { name, text } of tried) {
      const report = reportOf(text);
      const json = JSON.parse(await written('json', report)) as { findings: unknown[] };
      expect({ name, findings: json.findings.length }).toEqual({ name, findings: 1 });
      if (text.length <= 400) expect(stringsOf(json)).toContain(text);
      // The end of a row is no start of a cell, though its last one be empty.
      const csv = (await written('csv', report)).replaceAll('\r\n', '\n');
      expect({
        name,
        csv: /(?:^|,)"?[=+\-@\t\r]/m.test(csv.replace(/"(?:[^"]|"")*"/g, (cell) => cell.slice(0, 2))),
      }).toEqual({ name, csv: false });
      const html = await written('html', report);
      expect({ name, active: activeTags(html) }).toEqual({ name, active: [] });
      expect(html).toContain('F-001');
      if (isShort(text))
        expect({ name, html: solid(shownOf(html)) }).toEqual({
          name,
          html: expect.stringMatching(orderOf(text)) as string,
        });
    }
  });
});
