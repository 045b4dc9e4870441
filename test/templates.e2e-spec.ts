import { randomUUID } from 'node:crypto';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import type { ApiAnswer } from './support/api.ts';
import { readPdfPages, withoutSpace } from './support/pdf-text.ts';
import { type BuildAnswer, download, type EmptySections, type Envelope, TestProject } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { startService, type ServiceUnderTest } from './support/service.ts';

jest.setTimeout(180_000);

interface Template {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly project_id: string;
  readonly version: number;
  readonly config: { readonly components: readonly Readonly<Record<string, unknown>>[] };
  readonly preset: Readonly<Record<string, unknown>> | null;
  readonly branding_logo_oid: string | null;
  readonly created_by: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

interface TemplatePage {
  readonly templates: readonly Template[];
  readonly [field: string]: unknown;
}

const cap = 12;
const preset = {
  sections: ['risk_score_metrics', 'severity_breakdown', 'findings', 'methodology'],
  filters: { severity: ['critical', 'high'], min_score: null, category: [] },
  branding: {
    company_name: 'Example Assurance',
    confidentiality_footer: 'Confidential',
    report_title: 'A planned title',
  },
  style: { font: 'Times-Roman', font_size: 10 },
};

describe('report templates', () => {
  let service: ServiceUnderTest;
  let project: TestProject;

  beforeAll(async () => {
    service = await startService({ env: { TEMPLATES_PER_PROJECT: String(cap) } });
    project = await projectWithRuns();
  });

  afterAll(async () => {
    await service.stop();
  });

  async function projectWithRuns(): Promise<TestProject> {
    const made = await TestProject.make(service.api);
    expect((await made.import(airtFile({ id: 'campaign' }, spreadRuns(40)))).status).toBe(201);
    return made;
  }

  const create = <T = Template>(body: object, where = project): Promise<ApiAnswer<T>> =>
    service.api.post<T>(where.path('/templates'), { name: `T ${randomUUID()}`, ...body });
  const made = async (body: object, where = project): Promise<Template> => {
    const { status, body: template } = await create(body, where);
    expect({ status, template }).toMatchObject({ status: 201 });
    return template;
  };
  const patch = <T = Template>(
    id: string,
    body: object,
    headers: Record<string, string> = {},
    where = project,
  ): Promise<ApiAnswer<T>> => service.api.send<T>('PATCH', where.path(`/templates/${id}`), { body, headers });
  const drop = (id: string, where = project): Promise<ApiAnswer<unknown>> =>
    service.api.send('DELETE', where.path(`/templates/${id}`));
  const buildOf = <T = BuildAnswer>(template_id: string, where = project): Promise<ApiAnswer<T>> =>
    service.api.post<T>(where.path('/reports/build'), { template_id });
  const preflightOf = <T = EmptySections>(template_id: string): Promise<ApiAnswer<T>> =>
    service.api.post<T>(project.path('/reports/preflight'), { template_id });
  const pdfOf = async ({ status, body }: ApiAnswer<BuildAnswer>, where = project): Promise<Buffer> => {
    expect({ status, body }).toMatchObject({ status: 202 });
    const build = await where.ended(body.job_id);
    expect(build).toMatchObject({ status: 'completed', error_message: null });
    return download(build);
  };

  describe('made from a preset', () => {
    let template: Template;
    let answer: ApiAnswer<Template>;

    beforeAll(async () => {
      answer = await create({ name: 'Quarterly report', description: 'For the client', preset });
      template = answer.body;
    });

    afterAll(async () => {
      await drop(template.id);
    });

    it('answers 201 with all documented fields, its version as ETag, and where it is', () => {
      expect(answer.status).toBe(201);
      expect(answer.headers.get('etag')).toBe('"1"');
      expect(answer.headers.get('location')).toBe(project.path(`/templates/${template.id}`));
      expect(Object.keys(template).sort()).toEqual([
        'branding_logo_oid',
        'config',
        'created_at',
        'created_by',
        'description',
        'id',
        'name',
        'preset',
        'project_id',
        'updated_at',
        'version',
      ]);
      expect(template).toMatchObject({
        name: 'Quarterly report',
        description: 'For the client',
        version: 1,
        branding_logo_oid: null,
      });
    });

    it('keeps components alone, each section with the tag of its checkbox', async () => {
      expect(template.config.components.map(({ type, preset_key }) => [type, preset_key])).toEqual([
        ['title', undefined],
        ['header', undefined],
        ['footer', undefined],
        ...preset.sections.map((key) => ['section', key]),
      ]);
      const [row] = await rowsOf<{ config: object }>(
        service,
        'select config from templates.report_template where id = $1',
        [template.id],
      );
      expect(JSON.stringify(row?.config)).not.toContain('company_name');
    });

    it('shows the preset again, in canonical form', async () => {
      const { body } = await service.api.get<Template>(project.path(`/templates/${template.id}`));
      expect(body.preset).toEqual({
        sections: preset.sections,
        compliance_frameworks: [],
        filters: { severity: ['critical', 'high'] },
        branding: { ...preset.branding, logo_oid: null },
        style: { ...preset.style, paper: 'A4' },
        format: 'pdf',
        include_adversarial: false,
        evidence: 'full',
      });
    });

    it('builds the very bytes of the preset given inline', async () => {
      const [inline, stored] = await Promise.all([project.build(preset), buildOf(template.id)]);
      const [first, second] = [await pdfOf(inline), await pdfOf(stored)];
      expect(second.equals(first)).toBe(true);
      const [cover = '', ...pages] = (await readPdfPages(first)).map(withoutSpace);
      for (const word of ['Aplannedtitle', 'ExampleAssurance', 'Confidential']) expect(cover).toContain(word);
      expect(pages.length).toBeGreaterThan(0);
      // The running header names the report, the footer how confidential it is.
      for (const page of pages) {
        expect(page).toContain('Aplannedtitle');
        expect(page).toContain('Confidential');
      }
      expect(stored.body).toMatchObject({ template_id: template.id });
      const copy = await made({ preset });
      expect((await pdfOf(await buildOf(copy.id))).equals(first)).toBe(true);
      await drop(copy.id);
    });

    it('names empty sections by their keys, in preflight and build alike', async () => {
      const empty = await made({ preset: { sections: ['findings', 'compliance'], filters: { min_score: 1 } } });
      const expected = {
        empty_sections: [
          { key: 'findings', title: 'Findings' },
          { key: 'compliance', title: 'Compliance Coverage' },
        ],
      };
      expect((await preflightOf(empty.id)).body).toEqual(expected);
      const refused = await buildOf<EmptySections>(empty.id);
      expect({ status: refused.status, body: refused.body }).toEqual({ status: 422, body: expected });
      await drop(empty.id);
    });
  });

  describe('made from components', () => {
    const rows = [
      ['Reconnaissance', 2],
      ['Attacks', null],
    ];
    const config = {
      components: [
        { type: 'title', content: 'A raw title' },
        { type: 'authors', content: 'Ada and Alan' },
        { type: 'header', left: { type: 'text', content: 'HEADLEFT' } },
        { type: 'footer', left: { type: 'text', content: 'FOOTLEFT' } },
        {
          type: 'section',
          title: 'What we did',
          components: [
            { type: 'text', content: 'PLANTEDPARAGRAPH' },
            { type: 'table', title: 'Phases', data: { columns: ['Phase', 'Days'], rows } },
          ],
        },
        {
          type: 'section',
          title: 'Severities of ours',
          components: [{ type: 'table', source: { kind: 'severity_breakdown' } }],
        },
      ],
    };

    it('has no preset, and prints its own titles, authors, header, footer, texts and tables', async () => {
      const template = await made({ config });
      expect(template.preset).toBeNull();
      expect((await preflightOf(template.id)).body).toEqual({ empty_sections: [] });
      const pages = (await readPdfPages(await pdfOf(await buildOf(template.id)))).map(withoutSpace);
      const text = pages.join('');
      for (const word of ['Arawtitle', 'Whatwedid', 'PLANTEDPARAGRAPH', 'Reconnaissance', 'Severitiesofours']) {
        expect(text).toContain(word);
      }
      expect(pages.length).toBeGreaterThan(1);
      // The cover names who wrote it and has no header; the footer is on every page.
      expect(pages.map((page) => page.includes('AdaandAlan'))).toEqual(pages.map((_, index) => index === 0));
      expect(pages.map((page) => page.includes('HEADLEFT'))).toEqual(pages.map((_, index) => index > 0));
      expect(pages.map((page) => page.split('FOOTLEFT').length - 1)).toEqual(pages.map(() => 1));
      await drop(template.id);
    });

    it('calls an empty section by its title alone, and a section of texts never empty', async () => {
      const none = { kind: 'findings', filter: { attack_name: ['nobody ran this'] } };
      const template = await made({
        config: {
          components: [
            {
              type: 'section',
              title: 'Custom findings',
              components: [
                { type: 'text', content: 'x' },
                { type: 'table', source: none },
              ],
            },
            { type: 'section', title: 'Words', components: [{ type: 'text', content: 'x' }] },
            {
              type: 'section',
              title: 'Half',
              components: [
                { type: 'table', source: none },
                { type: 'table', source: { kind: 'asr_by_attack' } },
              ],
            },
            {
              type: 'section',
              title: 'Tagged',
              components: [{ type: 'table', source: { kind: 'compliance', frameworks: ['mitre_atlas'] } }],
            },
            {
              type: 'section',
              title: 'Other',
              components: [{ type: 'table', source: { kind: 'compliance', frameworks: ['owasp_llm_top_10'] } }],
            },
          ],
        },
      });
      const expected = {
        empty_sections: [
          { key: null, title: 'Custom findings' },
          { key: null, title: 'Tagged' },
        ],
      };
      expect((await preflightOf(template.id)).body).toEqual(expected);
      const refused = await buildOf<EmptySections>(template.id);
      expect({ status: refused.status, body: refused.body }).toEqual({ status: 422, body: expected });
      await drop(template.id);
    });

    it('may hold instructions, but is not built with them: 400 that names the component', async () => {
      const template = await made({
        config: {
          components: [
            { type: 'section', title: 'S', components: [{ type: 'text', id: 'summary-1', instructions: 'Sum up.' }] },
          ],
        },
      });
      for (const answer of [await buildOf<Envelope>(template.id), await preflightOf<Envelope>(template.id)]) {
        expect(answer.status).toBe(400);
        expect(answer.body).toMatchObject({
          code: 400,
          type: 'unsupported_component_error',
          errors: [{ loc: ['template', 'components', 0, 'components', 0] }],
        });
        expect(answer.body.detail).toContain('"summary-1"');
      }
      expect(await rowsOf(service, 'select id from builds.report_build where template_id = $1', [template.id])).toEqual(
        [],
      );
      await drop(template.id);
    });

    it.each([
      ['neither form', {}, ['body']],
      ['both forms', { preset, config }, ['body']],
      [
        'an unknown component',
        { config: { components: [{ type: 'text', content: 'x' }, { type: 'chart' }] } },
        ['body', 'config', 'components', 1, 'type'],
      ],
      [
        'an unknown source',
        { config: { components: [{ type: 'table', source: { kind: 'x' } }] } },
        ['body', 'config', 'components', 0, 'source', 'kind'],
      ],
      ['an unknown schema', { config: { ...config, schema_version: 2 } }, ['body', 'config', 'schema_version']],
      [
        'a cell too long',
        { config: { components: [{ type: 'table', data: { columns: ['a'], rows: [['x'.repeat(501)]] } }] } },
        ['body', 'config', 'components', 0, 'data', 'rows', 0, 0],
      ],
      ['a blank name', { name: '  ', preset }, ['body', 'name']],
      ['a name of 256', { name: 'x'.repeat(256), preset }, ['body', 'name']],
      ['an unknown section', { preset: { sections: ['x'] } }, ['body', 'preset', 'sections']],
      [
        'a logo of nobody',
        { preset: { ...preset, branding: { logo_oid: 'airt/branding/x.png' } } },
        ['body', 'preset', 'branding', 'logo_oid'],
      ],
      [
        'an image of nobody',
        { config: { components: [{ type: 'header', left: { type: 'image', fp: '../x' } }] } },
        ['body', 'config', 'components', 0, 'left', 'fp'],
      ],
    ])('is refused with 400 for %s, at its place', async (_what, body, loc) => {
      const answer = await create<Envelope>(body);
      expect({ status: answer.status, type: answer.body.type, loc: answer.body.errors?.[0]?.loc }).toEqual({
        status: 400,
        type: 'invalid_error',
        loc,
      });
    });
  });

  describe('when they are changed', () => {
    it('gain a version, and none by a change that changes nothing', async () => {
      const template = await made({ preset });
      const renamed = await patch(template.id, { name: `${template.name} b`, description: null });
      expect(renamed.body).toMatchObject({ version: 2, name: `${template.name} b`, config: template.config });
      expect(renamed.headers.get('etag')).toBe('"2"');
      // What was answered is taken back as it is.
      expect((await patch(template.id, { config: template.config })).body.version).toBe(2);
      expect((await patch(template.id, {})).body.version).toBe(2);
      const widened = await patch(template.id, { preset: { sections: ['findings'] } });
      expect(widened.body).toMatchObject({ version: 3, preset: { sections: ['findings'] } });
      const versions = await rowsOf<{ version: number; name: string }>(
        service,
        'select version, name from templates.report_template_version where template_id = $1 order by version',
        [template.id],
      );
      expect(versions).toEqual(
        [1, 2, 3].map((version) => ({ version, name: version === 1 ? template.name : `${template.name} b` })),
      );
      await drop(template.id);
    });

    it('never change a build that was accepted before', async () => {
      const template = await made({ preset });
      const inline = await pdfOf(await project.build(preset));
      const accepted = await buildOf(template.id);
      const changed = { ...preset, sections: ['severity_breakdown'], branding: { report_title: 'Another title' } };
      expect((await patch(template.id, { preset: changed })).body.version).toBe(2);
      await drop(template.id);
      expect((await pdfOf(accepted)).equals(inline)).toBe(true);
      // What surely ran after the change: the same plan again.
      expect((await pdfOf(await project.retryBuild(accepted.body.job_id))).equals(inline)).toBe(true);
      const [row] = await rowsOf<{ version: number }>(
        service,
        `select (plan->>'template_version')::int as version from builds.report_build where id = $1`,
        [accepted.body.job_id],
      );
      expect(row?.version).toBe(1);
    });

    it('take If-Match for the version to change, and answer 409 for one that is gone', async () => {
      const template = await made({ preset });
      expect((await patch(template.id, { description: 'a' }, { 'If-Match': '"1"' })).body.version).toBe(2);
      const late = await patch<Envelope>(template.id, { description: 'b' }, { 'If-Match': '"1"' });
      expect({ status: late.status, type: late.body.type }).toEqual({ status: 409, type: 'conflict_error' });
      expect((await patch(template.id, { description: 'c' }, { 'If-Match': '"1", W/"2"' })).body.version).toBe(3);
      const odd = await patch<Envelope>(template.id, { description: 'd' }, { 'If-Match': 'three' });
      expect({ status: odd.status, loc: odd.body.errors?.[0]?.loc }).toEqual({
        status: 400,
        loc: ['header', 'If-Match'],
      });
      await drop(template.id);
    });

    it('lose no change of twenty at once, each its own version', async () => {
      const template = await made({ preset });
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => patch(template.id, { description: `change ${index}` })),
      );
      expect(answers.map(({ body }) => body.version).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, index) => index + 2),
      );
      await drop(template.id);
    });

    it('let one of ten changes to the same version through', async () => {
      const template = await made({ preset });
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          patch(template.id, { description: `change ${index}` }, { 'If-Match': '"1"' }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
      await drop(template.id);
    });
  });

  describe('in their project', () => {
    it('have names of their own: of ten that want one at once, one gets it', async () => {
      const where = await TestProject.make(service.api);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => create<Envelope>({ name: 'The one', preset }, where)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
      expect(answers.find(({ status }) => status === 409)?.body.type).toBe('already_exists_error');
      // Upper and lower case differ, and another project has names of its own.
      const other = await made({ name: 'the one', preset }, where);
      await made({ name: 'The one', preset }, await TestProject.make(service.api));
      const renamed = await patch<Envelope>(other.id, { name: 'The one' }, {}, where);
      expect({ status: renamed.status, type: renamed.body.type }).toEqual({
        status: 409,
        type: 'already_exists_error',
      });
    });

    it(`are at most ${cap}, also when fifty are made at once`, async () => {
      const where = await TestProject.make(service.api);
      const answers = await Promise.all(Array.from({ length: 50 }, () => create<Envelope>({ preset }, where)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(cap);
      const refused = answers.filter(({ status }) => status !== 201);
      expect(new Set(refused.map(({ status, body }) => `${status} ${body.type}`))).toEqual(
        new Set(['409 template_limit_exceeded_error']),
      );
      const { body } = await service.api.get<TemplatePage>(where.path('/templates'));
      expect(body['total']).toBe(cap);
    });

    it('are listed newest first, by pages', async () => {
      const where = await TestProject.make(service.api);
      const names = ['first', 'second', 'third', 'fourth', 'fifth'];
      for (const name of names) await made({ name, preset }, where);
      const page = async (query: string): Promise<TemplatePage> =>
        (await service.api.get<TemplatePage>(where.path(`/templates${query}`))).body;
      const { templates, ...paging } = await page('?page=2&limit=2');
      expect(templates.map(({ name }) => name)).toEqual(['third', 'second']);
      expect(paging).toEqual({ page: 2, limit: 2, total: 5, total_pages: 3, has_next: true, has_previous: true });
      expect(await page('')).toMatchObject({
        page: 1,
        limit: 50,
        total_pages: 1,
        has_next: false,
        has_previous: false,
      });
      expect(await page('?page=3&limit=2')).toMatchObject({ has_next: false, templates: [{ name: 'first' }] });
      for (const query of ['?page=0', '?limit=101', '?limit=x', '?page_size=2']) {
        expect((await service.api.get(where.path(`/templates${query}`))).status).toBe(400);
      }
    });

    it('are not found from another one, nor by a build there', async () => {
      const elsewhere = await projectWithRuns();
      const template = await made({ preset });
      const path = elsewhere.path(`/templates/${template.id}`);
      const answers: readonly ApiAnswer<unknown>[] = [
        await service.api.get(path),
        await service.api.send('PATCH', path, { body: { description: 'x' } }),
        await service.api.send('DELETE', path),
        await buildOf(template.id, elsewhere),
        await service.api.post(elsewhere.path('/reports/preflight'), { template_id: template.id }),
        await buildOf(randomUUID()),
        await service.api.get(project.path('/templates/none')),
      ];
      for (const { status, body } of answers) {
        expect({ status, body }).toMatchObject({ status: 404, body: { type: 'not_found_error' } });
      }
      expect((await service.api.get<Template>(project.path(`/templates/${template.id}`))).body).toEqual(template);
      expect((await drop(template.id)).status).toBe(204);
      expect((await drop(template.id)).status).toBe(404);
    });

    it('cannot be rewritten in their history, even by the role that serves requests', async () => {
      const grants = await rowsOf<{ privilege_type: string }>(
        service,
        `select privilege_type from information_schema.role_table_grants
         where grantee = 'airt_app' and table_name = 'report_template_version' order by 1`,
      );
      expect(grants.map(({ privilege_type }) => privilege_type)).toEqual(['INSERT', 'SELECT']);
    });
  });
});
