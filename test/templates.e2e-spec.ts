import { randomUUID } from 'node:crypto';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import { readPdf, withoutSpace } from '#testing';
import { type BuildAnswer, download, type EmptySections, type Envelope, TestProject } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { sharedService, type SharedService, tight } from './support/shared-service.ts';
import { dataOf, inProject, oneTemplate, type operations, type Result, type Schemas } from './support/typed.ts';

type Template = Schemas['ReportTemplateResponse'];
type NewTemplate = Partial<Schemas['CreateTemplateRequest']>;
type Preset = Schemas['AirtPresetRequest'];

const cap = Number(tight.TEMPLATES_PER_PROJECT);
const preset = {
  sections: ['risk_score_metrics', 'severity_breakdown', 'findings', 'methodology'],
  filters: { severity: ['critical', 'high'], min_score: null, category: [] },
  branding: {
    company_name: 'Example Assurance',
    confidentiality_footer: 'Confidential',
    report_title: 'A planned title',
  },
  style: { font: 'Times-Roman', font_size: 10 },
} satisfies Preset;

describe('report templates', () => {
  let service: SharedService;
  let project: TestProject;

  beforeAll(async () => {
    service = await sharedService('tight');
    project = await projectWithRuns();
  });

  async function projectWithRuns(): Promise<TestProject> {
    const made = await TestProject.make(service.api);
    expect((await made.import(airtFile({ id: 'campaign' }, spreadRuns(40)))).status).toBe(201);
    return made;
  }

  const create = (body: NewTemplate, { slug }: TestProject = project): Promise<Result<Template>> =>
    service.client.POST(`${inProject}/templates`, {
      params: { path: { project: slug } },
      body: { name: `T ${randomUUID()}`, ...body },
    });
  const made = async (body: NewTemplate, where = project): Promise<Template> => dataOf(await create(body, where));
  const pathOf = (template_id: string, { slug }: TestProject): { project: string; template_id: string } => ({
    project: slug,
    template_id,
  });
  const read = (id: string, where = project): Promise<Result<Template>> =>
    service.client.GET(oneTemplate, { params: { path: pathOf(id, where) } });
  const pageOf = async (
    { slug }: TestProject,
    query: operations['list_report_templates']['parameters']['query'] = {},
  ): Promise<Schemas['ReportTemplateListResponse']> =>
    dataOf(await service.client.GET(`${inProject}/templates`, { params: { path: { project: slug }, query } }));
  const patch = (
    id: string,
    body: Schemas['UpdateTemplateRequest'],
    header: { 'If-Match'?: string } = {},
    where = project,
  ): Promise<Result<Template>> =>
    service.client.PATCH(oneTemplate, { params: { path: pathOf(id, where), header }, body });
  const drop = (id: string, where = project): Promise<Result<unknown>> =>
    service.client.DELETE(oneTemplate, { params: { path: pathOf(id, where) } });
  const buildOf = (template_id: string, { slug }: TestProject = project): Promise<Result<BuildAnswer>> =>
    service.client.POST(`${inProject}/reports/build`, {
      params: { path: { project: slug } },
      body: { template_id },
    });
  const preflightOf = (template_id: string, { slug }: TestProject = project): Promise<Result<EmptySections>> =>
    service.client.POST(`${inProject}/reports/preflight`, {
      params: { path: { project: slug } },
      body: { template_id },
    });
  const pdfOf = async (jobId: string): Promise<Buffer> => {
    const build = await project.ended(jobId);
    expect(build).toMatchObject({ status: 'completed', error_message: null });
    return download(build);
  };

  describe('made from a preset', () => {
    let template: Template;
    let answer: Response;

    beforeAll(async () => {
      const created = await create({ name: 'Quarterly report', description: 'For the client', preset });
      answer = created.response;
      template = dataOf(created);
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
      const tagOf = (component: (typeof template.config.components)[number]): unknown =>
        'preset_key' in component ? component.preset_key : undefined;
      expect(template.config.components.map((component) => [component.type, tagOf(component)])).toEqual([
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
      expect(dataOf(await read(template.id)).preset).toEqual({
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
      const [inline, answered] = await Promise.all([project.build(preset), buildOf(template.id)]);
      const stored = dataOf(answered);
      const [first, second] = [await pdfOf(inline.body.job_id), await pdfOf(stored.job_id)];
      expect(second.equals(first)).toBe(true);
      const [cover = '', ...pages] = (await readPdf(first)).pages.map(withoutSpace);
      for (const word of ['Aplannedtitle', 'ExampleAssurance', 'Confidential']) expect(cover).toContain(word);
      expect(pages.length).toBeGreaterThan(0);
      // The running header names the report, the footer how confidential it is.
      for (const page of pages) {
        expect(page).toContain('Aplannedtitle');
        expect(page).toContain('Confidential');
      }
      expect(stored).toMatchObject({ template_id: template.id });
      const copy = await made({ preset });
      expect((await pdfOf(dataOf(await buildOf(copy.id)).job_id)).equals(first)).toBe(true);
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
      expect(dataOf(await preflightOf(empty.id))).toEqual(expected);
      expect(await buildOf(empty.id)).toMatchObject({ response: { status: 422 }, error: expected });
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
    } satisfies NewTemplate['config'];

    it('has no preset, and prints its own titles, authors, header, footer, texts and tables', async () => {
      const template = await made({ config });
      expect(template.preset).toBeNull();
      expect(dataOf(await preflightOf(template.id))).toEqual({ empty_sections: [] });
      const pages = (await readPdf(await pdfOf(dataOf(await buildOf(template.id)).job_id))).pages.map(withoutSpace);
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
      const none: Schemas['FindingsTableSource'] = { kind: 'findings', filter: { attack_name: ['nobody ran this'] } };
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
      expect(dataOf(await preflightOf(template.id))).toEqual(expected);
      expect(await buildOf(template.id)).toMatchObject({ response: { status: 422 }, error: expected });
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
      for (const { response, error } of [await buildOf(template.id), await preflightOf(template.id)]) {
        expect(response.status).toBe(400);
        expect(error).toMatchObject({
          code: 400,
          type: 'unsupported_component_error',
          detail: expect.stringContaining('"summary-1"') as string,
          errors: [{ loc: ['template', 'components', 0, 'components', 0] }],
        });
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
      const given = { name: `T ${randomUUID()}`, ...body };
      const answer = await service.api.post<Envelope>(project.path('/templates'), given);
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
      expect(dataOf(renamed)).toMatchObject({ version: 2, name: `${template.name} b`, config: template.config });
      expect(renamed.response.headers.get('etag')).toBe('"2"');
      // What was answered is taken back as it is.
      expect(dataOf(await patch(template.id, { config: template.config })).version).toBe(2);
      expect(dataOf(await patch(template.id, {})).version).toBe(2);
      const widened = await patch(template.id, { preset: { sections: ['findings'] } });
      expect(dataOf(widened)).toMatchObject({ version: 3, preset: { sections: ['findings'] } });
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
      const inline = await pdfOf((await project.build(preset)).body.job_id);
      const { job_id: accepted } = dataOf(await buildOf(template.id));
      const changed: Preset = {
        ...preset,
        sections: ['severity_breakdown'],
        branding: { report_title: 'Another title' },
      };
      expect(dataOf(await patch(template.id, { preset: changed })).version).toBe(2);
      await drop(template.id);
      expect((await pdfOf(accepted)).equals(inline)).toBe(true);
      // What surely ran after the change: the same plan again.
      const { body: retried } = await project.retryBuild(accepted);
      expect((await pdfOf(retried.job_id)).equals(inline)).toBe(true);
      const [row] = await rowsOf<{ version: number }>(
        service,
        `select (plan->>'template_version')::int as version from builds.report_build where id = $1`,
        [accepted],
      );
      expect(row?.version).toBe(1);
    });

    it('take If-Match for the version to change, and answer 409 for one that is gone', async () => {
      const template = await made({ preset });
      expect(dataOf(await patch(template.id, { description: 'a' }, { 'If-Match': '"1"' })).version).toBe(2);
      expect(await patch(template.id, { description: 'b' }, { 'If-Match': '"1"' })).toMatchObject({
        response: { status: 409 },
        error: { type: 'conflict_error' },
      });
      expect(dataOf(await patch(template.id, { description: 'c' }, { 'If-Match': '"1", W/"2"' })).version).toBe(3);
      expect(await patch(template.id, { description: 'd' }, { 'If-Match': 'three' })).toMatchObject({
        response: { status: 400 },
        error: { errors: [{ loc: ['header', 'If-Match'] }] },
      });
      await drop(template.id);
    });

    it('lose no change of twenty at once, each its own version', async () => {
      const template = await made({ preset });
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => patch(template.id, { description: `change ${index}` })),
      );
      expect(answers.map((answer) => dataOf(answer).version).sort((a, b) => a - b)).toEqual(
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
      expect(answers.map(({ response }) => response.status).sort()).toEqual([
        200,
        ...Array.from({ length: 9 }, () => 409),
      ]);
      await drop(template.id);
    });
  });

  describe('in their project', () => {
    it('have names of their own: of ten that want one at once, one gets it', async () => {
      const where = await TestProject.make(service.api);
      const answers = await Promise.all(Array.from({ length: 10 }, () => create({ name: 'The one', preset }, where)));
      expect(answers.map(({ response }) => response.status).sort()).toEqual([
        201,
        ...Array.from({ length: 9 }, () => 409),
      ]);
      const refused = { response: { status: 409 }, error: { type: 'already_exists_error' } };
      expect(answers.find(({ response }) => response.status === 409)).toMatchObject(refused);
      // Upper and lower case differ, and another project has names of its own.
      const other = await made({ name: 'the one', preset }, where);
      await made({ name: 'The one', preset }, await TestProject.make(service.api));
      expect(await patch(other.id, { name: 'The one' }, {}, where)).toMatchObject(refused);
    });

    it(`are at most ${cap}, also when fifty are made at once`, async () => {
      const where = await TestProject.make(service.api);
      const answers = await Promise.all(Array.from({ length: 50 }, () => create({ preset }, where)));
      expect(answers.filter(({ response }) => response.status === 201)).toHaveLength(cap);
      for (const refused of answers.filter(({ response }) => response.status !== 201)) {
        expect(refused).toMatchObject({
          response: { status: 409 },
          error: { type: 'template_limit_exceeded_error' },
        });
      }
      expect((await pageOf(where)).total).toBe(cap);
    });

    it('are listed newest first, by pages', async () => {
      const where = await TestProject.make(service.api);
      const names = ['first', 'second', 'third', 'fourth', 'fifth'];
      for (const name of names) await made({ name, preset }, where);
      const { templates, ...paging } = await pageOf(where, { page: 2, limit: 2 });
      expect(templates.map(({ name }) => name)).toEqual(['third', 'second']);
      expect(paging).toEqual({ page: 2, limit: 2, total: 5, total_pages: 3, has_next: true, has_previous: true });
      expect(await pageOf(where)).toMatchObject({
        page: 1,
        limit: 50,
        total_pages: 1,
        has_next: false,
        has_previous: false,
      });
      expect(await pageOf(where, { page: 3, limit: 2 })).toMatchObject({
        has_next: false,
        templates: [{ name: 'first' }],
      });
      for (const query of ['?page=0', '?limit=101', '?limit=x', '?page_size=2']) {
        expect((await service.api.get(where.path(`/templates${query}`))).status).toBe(400);
      }
    });

    it('are not found from another one, nor by a build there', async () => {
      const elsewhere = await projectWithRuns();
      const template = await made({ preset });
      const answers: readonly Result<unknown>[] = [
        await read(template.id, elsewhere),
        await patch(template.id, { description: 'x' }, {}, elsewhere),
        await drop(template.id, elsewhere),
        await buildOf(template.id, elsewhere),
        await preflightOf(template.id, elsewhere),
        await buildOf(randomUUID()),
        await read('none'),
      ];
      for (const answer of answers) {
        expect(answer).toMatchObject({ response: { status: 404 }, error: { type: 'not_found_error' } });
      }
      expect(dataOf(await read(template.id))).toEqual(template);
      expect((await drop(template.id)).response.status).toBe(204);
      expect((await drop(template.id)).response.status).toBe(404);
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
