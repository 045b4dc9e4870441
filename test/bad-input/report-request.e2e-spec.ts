import { randomUUID } from 'node:crypto';

import fc from 'fast-check';

import { airtFile, spreadRuns } from '../support/airt-file.ts';
import type { ApiAnswer, ApiOptions } from '../support/api.ts';
import { TestProject, usualSections } from '../support/project.ts';
import { expectEnvelope, jsonType, rawRequest } from '../support/refusals.ts';
import { sharedService, type SharedService } from '../support/shared-service.ts';

let service: SharedService;
let project: TestProject;
/** Length of the log before. */
let logged: number;

beforeAll(async () => {
  service = await sharedService();
  project = await TestProject.make(service.api);
  await project.import(airtFile({ id: 'a', name: 'A' }, spreadRuns(10)));
  logged = (await service.logs()).length;
});

const build = (body: unknown, options: ApiOptions = {}): Promise<ApiAnswer<unknown>> =>
  service.api.post(project.path('/reports/build'), body, options);
const preflight = (body: unknown, options: ApiOptions = {}): Promise<ApiAnswer<unknown>> =>
  service.api.post(project.path('/reports/preflight'), body, options);
const preset = (fields: object): object => ({ preset: { sections: ['findings'], ...fields } });

/** `depth` objects or arrays, one in the other. */
const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + '0' + close.repeat(depth);

describe('a request for a report', () => {
  it.each<[string, object, (string | number)[]]>([
    ['an unknown field beside the preset', { ...preset({}), extra: 1 }, ['body', 'extra']],
    ['an unknown field in the preset', preset({ colour: 'red' }), ['body', 'preset', 'colour']],
    [
      'an unknown field in the filters',
      preset({ filters: { severities: [] } }),
      ['body', 'preset', 'filters', 'severities'],
    ],
    ['an unknown field in the branding', preset({ branding: { logo: 'x' } }), ['body', 'preset', 'branding', 'logo']],
    ['an unknown field in the style', preset({ style: { size: 1 } }), ['body', 'preset', 'style', 'size']],
    ['sections that are no list', { preset: { sections: 'findings' } }, ['body', 'preset', 'sections']],
    ['no sections', { preset: {} }, ['body', 'preset', 'sections']],
    ['an empty list of sections', { preset: { sections: [] } }, ['body', 'preset', 'sections']],
    ['an unknown section', { preset: { sections: ['finding'] } }, ['body', 'preset', 'sections']],
    ['a section twice', { preset: { sections: ['findings', 'findings'] } }, ['body', 'preset', 'sections']],
    [
      'a thousand sections',
      { preset: { sections: Array.from({ length: 1000 }, () => 'findings') } },
      ['body', 'preset', 'sections'],
    ],
    ['sections of numbers', { preset: { sections: [1] } }, ['body', 'preset', 'sections']],
    ['sections of null', { preset: { sections: [null] } }, ['body', 'preset', 'sections']],
    ['a preset that is a text', { preset: 'findings' }, ['body', 'preset']],
    ['a preset that is a list', { preset: [] }, ['body', 'preset']],
    ['another format', preset({ format: 'docx' }), ['body', 'preset', 'format']],
    ['a logo', preset({ branding: { logo_oid: 'org/rival/logo.png' } }), ['body', 'preset', 'branding', 'logo_oid']],
    [
      'a logo that climbs',
      preset({ branding: { logo_oid: '../../etc/passwd\0' } }),
      ['body', 'preset', 'branding', 'logo_oid'],
    ],
    [
      'a title that is too long',
      preset({ branding: { report_title: 'x'.repeat(201) } }),
      ['body', 'preset', 'branding', 'report_title'],
    ],
    [
      'a title of half a megabyte',
      preset({ branding: { report_title: 'x'.repeat(500_000) } }),
      ['body', 'preset', 'branding', 'report_title'],
    ],
    [
      'a title with NUL',
      preset({ branding: { report_title: 'a\0b' } }),
      ['body', 'preset', 'branding', 'report_title'],
    ],
    [
      'a title with half a surrogate pair',
      preset({ branding: { report_title: '\ud800' } }),
      ['body', 'preset', 'branding', 'report_title'],
    ],
    [
      'a title with line breaks',
      preset({ branding: { report_title: 'a\r\nb' } }),
      ['body', 'preset', 'branding', 'report_title'],
    ],
    [
      'a title that is an object',
      preset({ branding: { report_title: {} } }),
      ['body', 'preset', 'branding', 'report_title'],
    ],
    ['a font that is a file', preset({ style: { font: '/etc/fonts/x.ttf' } }), ['body', 'preset', 'style', 'font']],
    ['a body size of 5', preset({ style: { font_size: 5 } }), ['body', 'preset', 'style', 'font_size']],
    ['a body size of 1e300', preset({ style: { font_size: 1e300 } }), ['body', 'preset', 'style', 'font_size']],
    ['a body size in words', preset({ style: { font_size: '11' } }), ['body', 'preset', 'style', 'font_size']],
    ['an unknown framework', preset({ compliance_frameworks: ['owasp'] }), ['body', 'preset', 'compliance_frameworks']],
    ['a flag in words', preset({ include_adversarial: 'true' }), ['body', 'preset', 'include_adversarial']],
    ['an unknown severity', preset({ filters: { severity: ['severe'] } }), ['body', 'preset', 'filters', 'severity']],
    [
      'an unknown finding type',
      preset({ filters: { finding_type: ['x'] } }),
      ['body', 'preset', 'filters', 'finding_type'],
    ],
    ['a score above 1', preset({ filters: { min_score: 1.01 } }), ['body', 'preset', 'filters', 'min_score']],
    ['a score in words', preset({ filters: { min_score: '0.5' } }), ['body', 'preset', 'filters', 'min_score']],
    [
      'an assessment id that is none',
      preset({ filters: { assessment_ids: ['a'] } }),
      ['body', 'preset', 'filters', 'assessment_ids'],
    ],
    [
      'an attack name with NUL',
      preset({ filters: { attack_name: ['a\0'] } }),
      ['body', 'preset', 'filters', 'attack_name'],
    ],
    [
      '101 attack names',
      preset({ filters: { attack_name: Array.from({ length: 101 }, String) } }),
      ['body', 'preset', 'filters', 'attack_name'],
    ],
    [
      'a category of 301 characters',
      preset({ filters: { category: ['x'.repeat(301)] } }),
      ['body', 'preset', 'filters', 'category'],
    ],
    ['filters that are a list', preset({ filters: [] }), ['body', 'preset', 'filters']],
    [
      'inverted dates',
      preset({ filters: { started_after: '2026-03-01T00:00:00Z', started_before: '2026-02-01T00:00:00Z' } }),
      ['body', 'preset', 'filters', 'started_after'],
    ],
    ...[
      'yesterday',
      '2026-02-30T00:00:00Z',
      '2026-W15',
      '2026-W15-2T00:00:00Z',
      '2026-105',
      '2026-04-15T12:00:00,5Z',
      '+012026-04-15T12:00:00Z',
      '-0001-01-01T00:00:00Z',
      '0000-01-01T00:00:00Z',
      '2026-04-15T12:00:00+25:00',
      '2026-04-15T12:00:00+23:59',
      '12026-04-15',
      'infinity',
      'now',
      '',
    ].map((date): [string, object, string[]] => [
      `the date ${JSON.stringify(date)}`,
      preset({ filters: { started_after: date } }),
      ['body', 'preset', 'filters', 'started_after'],
    ]),
    ['an unknown evidence level', preset({ evidence: 'some' }), ['body', 'preset', 'evidence']],
    ['neither preset nor template', {}, ['body']],
    ['null for both', { preset: null, template_id: null }, ['body']],
    ['both preset and template', { ...preset({}), template_id: randomUUID() }, ['body']],
    ['a template id that is none', { template_id: 'weekly' }, ['body', 'template_id']],
    ['a template id that is a list', { template_id: [randomUUID()] }, ['body', 'template_id']],
  ])('with %s is refused, by build and by preflight, with the place of the fault', async (_what, body, loc) => {
    for (const answer of [await build(body), await preflight(body)]) {
      const { errors } = expectEnvelope(answer, 400, 'invalid_error');
      expect(errors?.map((problem) => problem.loc.slice(0, loc.length))).toContainEqual(loc);
    }
  });

  it.each([
    '2026-04-15',
    '2026-04-15T12:00:00Z',
    '2026-04-15T12:00:00.123+02:00',
    '2026-04-15T12:00Z',
    '2026-04-15T12:00:00',
  ])('with the date %s is understood', async (date) => {
    const { status } = await preflight(preset({ filters: { started_after: date, started_before: date } }));
    expect(status).toBe(200);
  });

  it.each([
    ['an unknown template', 404, { template_id: randomUUID() }],
    ['a null for everything that may be null', 202, preset({ branding: null, filters: null })],
  ])('with %s answers %i', async (_what, status, body) => {
    expect((await build(body)).status).toBe(status);
  });

  it.each<[string, string, Record<string, string>, number, string]>([
    ['broken JSON', '{"preset":', jsonType, 400, 'invalid_error'],
    ['no JSON at all', 'sections=findings', jsonType, 400, 'invalid_error'],
    ['a JSON text', '"findings"', jsonType, 400, 'invalid_error'],
    ['a JSON number', '1', jsonType, 400, 'invalid_error'],
    ['null', 'null', jsonType, 400, 'invalid_error'],
    ['a list', '[]', jsonType, 400, 'invalid_error'],
    ['a BOM alone', '\ufeff', jsonType, 400, 'invalid_error'],
    ['an empty body', '', jsonType, 400, 'invalid_error'],
    ['objects nested 50,000 deep', `{"preset":${nested(50_000, '{"a":', '}')}}`, jsonType, 400, 'invalid_error'],
    [
      'lists nested 100,000 deep',
      `{"preset":{"sections":${nested(100_000, '[', ']')}}}`,
      jsonType,
      400,
      'invalid_error',
    ],
    [
      '50,000 unknown fields',
      `{${Array.from({ length: 50_000 }, (_, n) => `"f${n}":0`).join(',')}}`,
      jsonType,
      400,
      'invalid_error',
    ],
    ['an unknown field with a long name', `{"${'x'.repeat(100_000)}":1}`, jsonType, 400, 'invalid_error'],
    ['two megabytes', `{"preset":"${'x'.repeat(2_000_000)}"}`, jsonType, 413, 'payload_too_large_error'],
    [
      'a form',
      'preset=1',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported_media_type_error',
    ],
    ['XML', '<preset/>', { 'Content-Type': 'application/xml' }, 415, 'unsupported_media_type_error'],
    [
      'a charset that nobody knows',
      '{}',
      { 'Content-Type': 'application/json; charset=klingon' },
      415,
      'unsupported_media_type_error',
    ],
    [
      'a charset that is not UTF',
      '{}',
      { 'Content-Type': 'application/json; charset=iso-8859-1' },
      415,
      'unsupported_media_type_error',
    ],
    ['an unknown encoding', '{}', { ...jsonType, 'Content-Encoding': 'zstdx' }, 415, 'unsupported_media_type_error'],
    ['gzip that is none', '{}', { ...jsonType, 'Content-Encoding': 'gzip' }, 400, 'invalid_error'],
  ])('whose body is %s is refused', async (_what, body, headers, status, type) => {
    for (const answer of [await build(body, { headers }), await preflight(body, { headers })]) {
      expectEnvelope(answer, status, type);
    }
  });

  it.each([
    '{"__proto__":{"preset":{}}}',
    '{"preset":{"__proto__":{"sections":["findings"]}}}',
    '{"preset":{"constructor":{"prototype":{}},"sections":["findings"]}}',
  ])('that reaches for the prototype, as %s, is refused and changes nothing', async (body) => {
    expectEnvelope(await build(body, { headers: jsonType }), 400, 'invalid_error');
    expect((await preflight(preset({}))).status).toBe(200);
  });

  it.each(['', 'x'.repeat(256), 'schlüssel'])('with the idempotency key "%s" is refused', async (key) => {
    const answer = await rawRequest(service, 'POST', project.path('/reports/build'), {
      headers: { ...jsonType, 'Idempotency-Key': Buffer.from(key, 'utf8').toString('latin1') },
      body: JSON.stringify(preset({})),
    });
    expectEnvelope(answer, 400, 'invalid_error');
  });
});

describe('any body at all', () => {
  const word = fc.constantFrom(
    'preset',
    'template_id',
    'sections',
    'filters',
    'branding',
    'style',
    'format',
    'evidence',
    'compliance_frameworks',
    'findings',
    'evidence',
    'severity',
    'critical',
    'started_after',
    'started_before',
    'min_score',
    'attack_name',
    'font',
    'font_size',
    'pdf',
    'owasp_llm_top_10',
    'include_adversarial',
    'report_title',
    '__proto__',
    'constructor',
    'length',
  );
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.oneof(
        word,
        fc.string({ unit: 'binary' }),
        fc.integer(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      ),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(word, tie('value'), { maxKeys: 5, noNullPrototype: false }),
    ),
  })).value;
  const filters = fc.record(
    {
      severity: value,
      min_score: fc.oneof(fc.double(), value),
      started_after: fc.oneof(
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        value,
      ),
      started_before: value,
      attack_name: fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 3 }),
      category: value,
    },
    { requiredKeys: [] },
  );
  const almost = fc.record(
    {
      preset: fc.record(
        { sections: fc.constant(usualSections), filters, branding: value, style: value, evidence: value },
        { requiredKeys: ['sections', 'filters'] },
      ),
    },
    { requiredKeys: ['preset'] },
  );

  it('never brings about an error of ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(value, almost), async (body) => {
        const text = JSON.stringify(body);
        for (const answer of [await preflight(text, { headers: jsonType }), await build(text, { headers: jsonType })]) {
          expect([200, 202, 400, 404, 413, 422]).toContain(answer.status);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('and any query neither', async () => {
    const names = fc.constantFrom(
      'page',
      'page_size',
      'view',
      'severity',
      'min_score',
      'started_after',
      'started_before',
      'attack_name',
      'category',
      'x',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(names, fc.string({ unit: 'binary' })), { maxLength: 4 }), async (pairs) => {
        const query = new URLSearchParams(pairs.map(([name, text]) => [name, text.toWellFormed()]));
        expect([200, 400]).toContain((await project.findings(`?${query.toString()}`)).status);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves no line of an error in the log', async () => {
    const errors = (await service.logs())
      .slice(logged)
      .split('\n')
      .filter((line) => line.includes('"level":50'));
    expect(errors).toEqual([]);
  });
});
