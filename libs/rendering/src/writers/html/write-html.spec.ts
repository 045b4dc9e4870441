import {
  brandedReport,
  hitsOnlyReport,
  hostileReport,
  hostileTemplateReport,
  hugeTextReport,
  manyAttacksReport,
  nothingAssessedReport,
  nothingSucceededReport,
  richReport,
  sampleFinding,
  samplePng,
  type SampleReport,
  templateReport,
} from '#testing';
import { unseen, written } from '../../pipeline/spec-support/written.ts';
import { markup } from './markup.ts';

const reports: readonly (readonly [string, SampleReport])[] = [
  ['a rich one', richReport({}, 25)],
  ['without a success', nothingSucceededReport()],
  ['without an assessed run', nothingAssessedReport()],
  ['of hits only', hitsOnlyReport()],
  ['with hostile texts', hostileReport()],
  ['with huge texts', hugeTextReport()],
  ['with many attacks', manyAttacksReport()],
  ['of a template', templateReport()],
  ['of a hostile template', hostileTemplateReport()],
];

/** Tags outside of the style sheet; in what is escaped there are none. */
const tagsOf = (page: string): readonly string[] => page.replace(/<style>[^]*?<\/style>/, '').match(/<[^>]*>/g) ?? [];
const valuesOf = (page: string, attribute: string): readonly string[] =>
  tagsOf(page).flatMap((tag) =>
    [...tag.matchAll(new RegExp(` ${attribute}="([^"]*)"`, 'g'))].map((match) => match[1] ?? ''),
  );

describe('a template', () => {
  it('escapes a string by its place', () => {
    const hostile = `"><script>alert('1')</script>\u202E`;
    const { text } = markup`<p title="${hostile}">${hostile}</p>`;
    const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;';
    expect(text).toBe(`<p title="${escaped}\\u{202E}">${escaped}<span class="esc">\\u{202E}</span></p>`);
  });

  it('keeps scripts that run the other way within their words, and leaves out what is not there', () => {
    expect(markup`${'a שלום b'}${null}${false}${undefined}${[1, ' x']}`.text).toBe('a <bdi>שלום</bdi> b1 x');
  });
});

describe.each(reports)('a report as HTML: %s', (_, report) => {
  let page: string;
  beforeAll(async () => {
    page = await written('html', report);
  });

  it('has elements of a known kind alone, none of which can run, load or send', () => {
    const names = new Set(tagsOf(page).map((tag) => /^<\/?!?([a-zA-Z0-9]*)/.exec(tag)?.[1]?.toLowerCase()));
    expect([...names].filter((name) => !allowed.has(name ?? ''))).toEqual([]);
    const active = /\s(on\w+|src(?!="data:image\/png;base64,)|srcset|action|xlink:href)\s*=/i;
    expect(tagsOf(page).filter((tag) => active.test(tag))).toEqual([]);
  });

  it('links within itself alone, and every link arrives at one place', () => {
    const places = valuesOf(page, 'id');
    const ids = new Set(places);
    expect(ids.size).toBe(places.length);
    const links = valuesOf(page, 'href');
    expect(links.filter((link) => !link.startsWith('#') || !ids.has(link.slice(1)))).toEqual([]);
    expect(links.length).toBeGreaterThan(3);
  });

  it('holds nothing that does not print', () => {
    expect(unseen(page.replaceAll('\t', ''))).toEqual([]);
    expect(page.isWellFormed()).toBe(true);
  });

  it('closes what it opens', () => {
    const open: string[] = [];
    const wrong: string[] = [];
    for (const tag of tagsOf(page)) {
      const name = /^<\/?([a-z0-9]+)/.exec(tag)?.[1];
      if (name === undefined || bare.has(name) || tag.endsWith('/>')) continue;
      if (!tag.startsWith('</')) open.push(name);
      else if (open.pop() !== name) wrong.push(tag);
    }
    expect([wrong, open]).toEqual([[], []]);
  });
});

const bare = new Set(['meta', 'br', 'wbr', 'col', 'img']);
const allowed = new Set(
  `doctype html head meta title style body main header footer section nav article figure figcaption div p span strong code del mark
   bdi a ul li dl dt dd h1 h2 h3 h4 table caption colgroup col thead tbody tr th td br wbr img svg defs pattern g rect line circle path
   text`.split(/\s+/),
);

describe('a report as HTML', () => {
  it('says what it is, forbids everything, and holds every finding in table and detail', async () => {
    const page = await written('html', richReport({}, 25));
    expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">/);
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:;`,
    );
    expect(page).toContain('<title>AI red team report</title>');
    for (let rank = 1; rank <= 25; rank++) {
      expect(page).toContain(`<tr id="row-${rank}"`);
      expect(page).toContain(`<article class="finding" id="finding-${rank}">`);
    }
  });

  it('is the same however its findings are cut into batches', async () => {
    const report = richReport({}, 25);
    expect(await written('html', report, 3)).toBe(await written('html', report, 25));
  });

  it('lets a long name of a table end its line between its words, and no other text', async () => {
    const attack_name = 'spo.SPOIntentUserAugmented';
    const { facts } = richReport({}, 1);
    const page = await written('html', { facts, findings: [sampleFinding({ attack_name })] });
    expect(page).toMatch(/<td[^>]*>spo\.<wbr>SPO<wbr>Intent<wbr>User<wbr>Augmented<br>/);
    expect(page).toMatch(/<p[^>]*>[^<]*spo\.SPOIntentUserAugmented/);
  });

  it('carries its logo in itself', async () => {
    expect(await written('html', brandedReport(samplePng(40, 20)))).toContain('<img src="data:image/png;base64,');
  });

  it('makes no link and no markup of a finding', async () => {
    const texts = [
      '</script><script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '</style><b>',
      '-->',
      '&lt;b&gt; &amp;',
    ];
    const trial = sampleFinding().best_trial;
    const findings = texts.map((text) =>
      sampleFinding({ goal: text, attack_name: text, category: text, best_trial: trial && { ...trial, prompt: text } }),
    );
    const page = await written('html', {
      facts: richReport({ title: texts.join(' '), finding_count: 5 }).facts,
      findings,
    });
    expect(page).not.toMatch(/<script|<img|<b>/);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).toContain('&amp;lt;b&amp;gt; &amp;amp;');
  });
});
