import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import fc from 'fast-check';
import { AirtPresetRequest, AppError, completePreset } from '#contracts';
import {
  canonicalJson,
  derivePreset,
  evidenceLevels,
  expandPreset,
  findingTypes,
  frameworkKeys,
  logoOf,
  paperSizes,
  planTemplate,
  presetSaysAll,
  reportFonts,
  type ReportPreset,
  sectionKeys,
  severities,
  type TemplateConfig,
  unsupportedComponents,
  withLogo,
} from '#domain';
import { completeConfig } from './complete-config.ts';
import { ReportTemplateSchema } from './template-config.dto.ts';

const strict = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true, stopAtFirstError: true };

const places = (errors: readonly ValidationError[], above = ''): string[] =>
  errors.flatMap(({ property, constraints, children }) => {
    const place = above === '' ? property : `${above}.${property}`;
    return [...Object.keys(constraints ?? {}).map((type) => `${place} ${type}`), ...places(children ?? [], place)];
  });

const read = (config: unknown): ReportTemplateSchema =>
  plainToInstance(ReportTemplateSchema, config, { exposeUnsetFields: false });
const faults = (config: unknown): string[] => places(validateSync(read(config), strict));
const complete = (config: unknown): TemplateConfig => {
  expect(faults(config)).toEqual([]);
  return completeConfig(read(config));
};
const refusals = (config: unknown): string[] => {
  try {
    complete(config);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return (error.context.errors ?? []).map(({ loc, type }) => `${loc.join('.')} ${type}`);
  }
};

const text = { type: 'text', content: 'A word.' };
const table = (source: object): object => ({ type: 'table', source });
const section = (...components: object[]): object => ({ type: 'section', title: 'A section', components });
const of = (...components: object[]): object => ({ components });

describe('a component tree', () => {
  it('may hold every component and every source of a table', () => {
    const kinds = ['asr_by_attack', 'asr_by_category', 'asr_by_goal', 'asr_by_transform', 'severity_breakdown'];
    const ours = ['risk_score_metrics', 'recommendations', 'executive_summary', 'evidence', 'methodology'];
    const config = {
      schema_version: 1,
      format: 'pdf',
      style: { font: 'Courier', font_size: 9 },
      components: [
        { type: 'title', id: 'a', content: 'Title' },
        { type: 'authors', id: 'b', instructions: 'Name the authors.' },
        { type: 'header', id: 'c', left: { type: 'image', fp: 'some/id.png' }, right: { type: 'text', content: 'x' } },
        { type: 'footer', id: 'd', center: { type: 'text', content: 'Confidential' } },
        { ...text, id: 'e' },
        { type: 'image', id: 'f', fp: 'some/id.png', width: 0.5, caption: 'A picture' },
        {
          type: 'table',
          id: 'g',
          title: 'Days',
          data: {
            columns: ['a', 'b'],
            rows: [
              ['x', 1],
              [true, null],
            ],
          },
        },
        {
          type: 'section',
          id: 'h',
          title: 'All tables',
          components: [
            ...[...kinds, ...ours].map((kind) => ({ type: 'table', id: kind, source: { kind } })),
            { type: 'table', id: 'i', source: { kind: 'findings', filter: { severity: ['high'] } } },
            { type: 'table', id: 'j', source: { kind: 'compliance', frameworks: ['mitre_atlas'] } },
            { type: 'table', id: 'k', source: { kind: 'static', columns: ['a'], rows: [] } },
          ],
        },
      ],
      extension: { evidence: 'masked', include_adversarial: true },
    };
    expect(complete(config)).toEqual({ ...config, style: { ...config.style, paper: 'A4' } });
  });

  it.each([
    ['an unknown component', of(text, text, text, { type: 'chart', fp: 1 }), ['components.3.type isIn']],
    ['a component that is none', of(7 as unknown as object), ['components.0.type isIn']],
    ['a section in a section', of(section(section(text))), ['components.0.components.0.type isIn']],
    ['a title in a section', of(section({ type: 'title', content: 'x' })), ['components.0.components.0.type isIn']],
    [
      'an unknown source',
      of(section(text, table({ kind: 'sql', query: 'drop' }))),
      ['components.0.components.1.source.kind isIn'],
    ],
    [
      'a fault in the filter of a source',
      of(section(table({ kind: 'findings', filter: { severity: ['worst'] } }))),
      ['components.0.components.0.source.filter.severity isIn'],
    ],
    [
      'a field of another source',
      of(table({ kind: 'asr_by_goal', frameworks: [] })),
      ['components.0.source.frameworks whitelistValidation'],
    ],
    [
      'an unknown framework',
      of(table({ kind: 'compliance', frameworks: ['x'] })),
      ['components.0.source.frameworks isIn'],
    ],
    ['an unknown version', { ...of(text), schema_version: 2 }, ['schema_version isIn']],
    ['no component', { components: [] }, ['components arrayMinSize']],
    ['201 components', { components: Array.from({ length: 201 }, () => text) }, ['components arrayMaxSize']],
    ['5,001 characters', of({ type: 'text', content: 'x'.repeat(5_001) }), ['components.0.content isLength']],
    ['an id with a line end', of({ ...text, id: 'a\nb' }), ['components.0.id matches']],
    ['an image by its path', of({ type: 'image', fp: 'https://x/y z' }), ['components.0.fp matches']],
    ['a slot of another kind', of({ type: 'header', left: { type: 'table' } }), ['components.0.left.type isIn']],
    ['a slot that is a list', of({ type: 'header', left: [] }), ['components.0.left.type isIn']],
    ['an unknown field', of({ ...text, html: '<b>' }), ['components.0.html whitelistValidation']],
    ['an unknown extension', { ...of(text), extension: { sql: 1 } }, ['extension.sql whitelistValidation']],
  ])('with %s is refused at its place', (_what, config, expected) => {
    expect(faults(config)).toEqual(expected);
  });

  const rows = (...cells: unknown[]): object => table({ kind: 'static', columns: ['a', 'b'], rows: cells });
  const findings = table({ kind: 'findings', filter: { severity: ['high'] } });
  it.each([
    ['a text of both kinds', of({ ...text, instructions: 'y' }), ['components.0 exactly_one_of']],
    ['a text of neither kind', of(section({ type: 'text' })), ['components.0.components.0 exactly_one_of']],
    ['a table of neither kind', of({ type: 'table' }), ['components.0 exactly_one_of']],
    ['an id twice', of({ ...text, id: 'a' }, section({ ...text, id: 'a' })), ['components.1.components.0.id unique']],
    ['two titles', of({ type: 'title', content: 'a' }, { type: 'title', content: 'b' }), ['components.1.type unique']],
    ['a section without a title', of({ type: 'section', components: [text] }), ['components.0.title missing']],
    [
      'a tag twice',
      of({ ...section(text), preset_key: 'findings' }, { ...section(text), preset_key: 'findings' }),
      ['components.1.preset_key unique'],
    ],
    ['a short row', of(rows(['x', 1], ['x'])), ['components.0.source.rows.1 row_length']],
    ['a row that is none', of(rows('ab')), ['components.0.source.rows.0 row_length']],
    ['a cell that is a tree', of(rows(['x', { y: 1 }])), ['components.0.source.rows.0.1 cell']],
    ['a cell with NUL', of(rows(['x', 'a\0b'])), ['components.0.source.rows.0.1 cell']],
    [
      'dates in the wrong order',
      of(table({ kind: 'findings', filter: { started_after: '2026-02-01', started_before: '2026-01-01' } })),
      ['components.0.source.filter.started_after date_order'],
    ],
    [
      'a filter in two places',
      { ...of(findings), extension: { filters: { min_score: 1 } } },
      ['extension.filters conflict'],
    ],
    [
      '501 components in all',
      of(...Array.from({ length: 5 }, () => section(...Array.from({ length: 100 }, () => text)))),
      ['components too_many'],
    ],
    [
      'more than 256 KiB',
      of(...Array.from({ length: 60 }, () => ({ type: 'text', content: 'x'.repeat(4_999) }))),
      [' too_large'],
    ],
  ])('with %s is refused as a whole', (_what, config, expected) => {
    expect(refusals(config)).toEqual(expected.map((place) => `body.config${place.startsWith(' ') ? '' : '.'}${place}`));
  });

  it('gets ids where it has none, none of them twice', () => {
    const { components } = complete(of(text, { ...text, id: 'text-1' }, section(text)));
    expect(components).toMatchObject([
      { id: 'text-2' },
      { id: 'text-1' },
      { id: 'section-1', components: [{ id: 'text-3' }] },
    ]);
  });
});

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
  fc.oneof({ weight: 3, arbitrary: value }, fc.constant(null), fc.constant(undefined));
const words = (longest: number): fc.Arbitrary<string> =>
  fc.string({ unit: 'grapheme', maxLength: longest }).filter((word) => !/[\p{Cc}\p{Cs}]/u.test(word));
const day = fc.integer({ min: 1, max: 28 }).map((number) => `2026-03-${String(number).padStart(2, '0')}`);

const filters = fc.record(
  {
    assessment_ids: maybe(fc.array(fc.uuid({ version: 4 }), { maxLength: 3 })),
    attack_name: maybe(fc.array(words(20), { maxLength: 3 })),
    category: maybe(fc.array(words(20), { maxLength: 3 })),
    finding_type: maybe(fc.subarray([...findingTypes])),
    include_undated_assessments: maybe(fc.boolean()),
    min_score: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
    severity: maybe(fc.subarray([...severities])),
    started_after: maybe(day.filter((text) => text < '2026-03-10')),
    started_before: maybe(day.filter((text) => text > '2026-03-10')),
  },
  { requiredKeys: [] },
);

/** Bodies of every shape that validation lets through. */
const presets = fc.record(
  {
    sections: fc.shuffledSubarray([...sectionKeys], { minLength: 1 }),
    compliance_frameworks: fc.oneof(fc.shuffledSubarray([...frameworkKeys]), fc.constant(undefined)),
    filters: maybe(filters),
    branding: maybe(
      fc.record(
        {
          company_name: maybe(words(120)),
          confidentiality_footer: maybe(words(200)),
          logo_oid: maybe(fc.stringMatching(/^[A-Za-z0-9._\-/]{1,256}$/)),
          report_title: maybe(words(200)),
        },
        { requiredKeys: [] },
      ),
    ),
    style: fc.option(
      fc.record(
        {
          font: fc.constantFrom(...reportFonts),
          font_size: fc.integer({ min: 6, max: 24 }),
          paper: fc.constantFrom(...paperSizes),
        },
        { requiredKeys: [] },
      ),
      { nil: undefined },
    ),
    include_adversarial: fc.option(fc.boolean(), { nil: undefined }),
    evidence: fc.option(fc.constantFrom(...evidenceLevels), { nil: undefined }),
  },
  { requiredKeys: ['sections'] },
);

const canonical = (body: object): ReportPreset => {
  const preset = plainToInstance(AirtPresetRequest, body, { exposeUnsetFields: false });
  expect(places(validateSync(preset, strict))).toEqual([]);
  return completePreset(preset);
};
const stored = (config: TemplateConfig): TemplateConfig => JSON.parse(JSON.stringify(config)) as TemplateConfig;

describe('the expansion of a preset', () => {
  it('is a valid component tree, from which the preset is derived again, whatever the preset', () => {
    fc.assert(
      fc.property(presets, (body) => {
        const preset = canonical(body);
        const config = stored(expandPreset(preset));
        expect(canonicalJson(derivePreset(config))).toBe(canonicalJson(preset));
        expect(presetSaysAll(config)).not.toBeNull();
        // What the API hands out it takes back as it is.
        expect(canonicalJson(complete(config))).toBe(canonicalJson(config));
        expect(unsupportedComponents(config)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps saying all when it gets a logo', () => {
    fc.assert(
      fc.property(presets, (body) => {
        const preset = canonical(body);
        const config = stored(withLogo(expandPreset(preset), 'another.png'));
        expect(logoOf(config)).toBe('another.png');
        const branding = { ...preset.branding, logo_oid: 'another.png' };
        expect(presetSaysAll(config)).toEqual({ ...preset, branding });
      }),
    );
  });

  it('tags each section with the checkbox that made it', () => {
    const { components } = expandPreset(canonical({ sections: ['findings', 'compliance'] }));
    expect(components).toMatchObject([
      { type: 'section', preset_key: 'findings', components: [{ source: { kind: 'findings' } }] },
      { type: 'section', preset_key: 'compliance', components: [{ source: { kind: 'compliance' } }] },
    ]);
  });
});

describe('a preset derived from components', () => {
  it('is null without a tag', () => {
    expect(derivePreset(complete(of(section(table({ kind: 'findings' })))))).toBeNull();
  });

  it('is what can be read where some sections have tags', () => {
    const config = complete(
      of(
        { type: 'title', content: `Long ${'x'.repeat(300)}` },
        { type: 'header', left: { type: 'text', content: 'No logo' }, center: { type: 'text', content: 'Acme' } },
        section(text),
        {
          type: 'section',
          preset_key: 'findings',
          components: [text, table({ kind: 'findings', filter: { min_score: 1 } })],
        },
      ),
    );
    expect(derivePreset(config)).toMatchObject({
      sections: ['findings'],
      filters: { min_score: 1 },
      branding: { company_name: 'Acme', logo_oid: null, report_title: null },
    });
    expect(presetSaysAll(config)).toBeNull();
  });
});

describe('the plan of a raw template', () => {
  it('has a section for each of its own, and one for what stands outside of them', () => {
    const { outline, preset, frontmatter } = planTemplate(
      complete(
        of(
          { type: 'title', content: 'A\n title' },
          { type: 'authors', content: 'Two people' },
          { type: 'footer', right: { type: 'text', content: 'End' } },
          text,
          table({ kind: 'severity_breakdown' }),
          text,
          section(text, { type: 'table', data: { columns: ['a'], rows: [[1]] } }),
          {
            type: 'section',
            preset_key: 'compliance',
            components: [table({ kind: 'compliance', frameworks: ['mitre_atlas'] })],
          },
          table({ kind: 'compliance', frameworks: ['google_saif'] }),
        ),
      ),
    );
    expect(outline.map(({ key, title, parts }) => [key, title, parts.map(({ kind }) => kind)])).toEqual([
      [null, 'Preface', ['text']],
      [null, 'Severity Breakdown', ['rows', 'text']],
      [null, 'A section', ['text', 'table']],
      ['compliance', 'Compliance Coverage', ['rows']],
      [null, 'Compliance Coverage', ['rows']],
    ]);
    expect(preset).toMatchObject({
      sections: ['severity_breakdown', 'compliance'],
      compliance_frameworks: ['mitre_atlas', 'google_saif'],
      branding: { report_title: 'A title' },
    });
    expect(frontmatter).toEqual({ authors: 'Two people', header: null, footer: { right: { text: 'End' } } });
  });

  it.each([
    ['a text still to be written', of(text, { type: 'text', instructions: 'Sum up.' }), [['components', 1]]],
    [
      'findings narrowed in two ways',
      of(table({ kind: 'findings' }), section(table({ kind: 'findings', filter: { min_score: 0.5 } }))),
      [['components', 1, 'components', 0]],
    ],
    ['the same findings twice', of(table({ kind: 'findings' }), table({ kind: 'findings', filter: {} })), []],
  ])('says of %s whether it can be built', (_what, config, expected) => {
    expect(unsupportedComponents(complete(config)).map(({ loc }) => loc)).toEqual(expected);
  });
});
