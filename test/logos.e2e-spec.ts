import { randomBytes, randomUUID } from 'node:crypto';
import { deflateSync } from 'node:zlib';

import { PNG } from 'pngjs';

import { airtFile, spreadRuns } from './support/airt-file.ts';
import type { ApiAnswer } from './support/api.ts';
import { sha256, TestBucket } from './support/bucket.ts';
import { type BuildAnswer, download, type Envelope, TestProject } from './support/project.ts';
import { rowsOf } from './support/rows.ts';
import { sharedService, type SharedService } from './support/shared-service.ts';

interface Template {
  readonly id: string;
  readonly version: number;
  readonly branding_logo_oid: string | null;
  readonly preset: { readonly branding: Readonly<Record<string, unknown>> } | null;
  readonly config: { readonly components: readonly Readonly<Record<string, unknown>>[] };
}

const twoMegabytes = 2 * 1024 * 1024;

describe('logos', () => {
  let service: SharedService;
  let bucket: TestBucket;
  let project: TestProject;
  let organization: string;
  let projectId: string;

  beforeAll(async () => {
    service = await sharedService();
    bucket = new TestBucket(service.bucket);
    project = await TestProject.make(service.api);
    expect((await project.import(airtFile({ id: 'campaign' }, spreadRuns(20)))).status).toBe(201);
    const [row] = await rowsOf<{ id: string; organization_id: string }>(
      service,
      'select id, organization_id from projects.project where slug = $1',
      [project.slug],
    );
    organization = row?.organization_id ?? '';
    projectId = row?.id ?? '';
  });

  async function upload<T = { logo_oid: string }>(
    bytes: Uint8Array,
    { path = '/branding/logo', field = 'file', type = 'image/png' } = {},
  ): Promise<ApiAnswer<T>> {
    const form = new FormData();
    form.append(field, new Blob([new Uint8Array(bytes)], { type }), '../../etc/logo.png');
    const response = await fetch(`${service.baseUrl}${project.path(path)}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${service.api.key}` },
      body: form,
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as T };
  }
  const uploaded = async (bytes: Uint8Array): Promise<string> => {
    const { status, body } = await upload(bytes);
    expect({ status, body }).toMatchObject({ status: 201 });
    return body.logo_oid;
  };
  const withLogo = (logo_oid: string | null): Record<string, unknown> => ({
    sections: ['severity_breakdown'],
    branding: { company_name: 'Example Assurance', logo_oid },
  });
  const pdfOf = async ({ status, body }: ApiAnswer<BuildAnswer>): Promise<Buffer> => {
    expect({ status, body }).toMatchObject({ status: 202 });
    const build = await project.ended(body.job_id);
    expect(build).toMatchObject({ status: 'completed' });
    return download(build);
  };

  describe('for one build', () => {
    it('are kept under the organization, written anew, and named by what they show', async () => {
      const planted = withText(logo([200, 10, 10]), 'planted-marker');
      const { status, body } = await upload(planted);
      expect(status).toBe(201);
      expect(Object.keys(body)).toEqual(['logo_oid']);
      expect(body.logo_oid).toMatch(/^[A-Za-z0-9._\-/]{1,256}$/);
      expect(body.logo_oid.startsWith(`airt/branding/${organization}/inline/${projectId}/`)).toBe(true);
      const stored = await bucket.read(body.logo_oid);
      expect(stored.includes('planted-marker')).toBe(false);
      expect(body.logo_oid.endsWith(`/${sha256(stored)}.png`)).toBe(true);
      expect(PNG.sync.read(stored).data.equals(PNG.sync.read(planted).data)).toBe(true);
      expect(await uploaded(logo([200, 10, 10]))).toBe(body.logo_oid);
    });

    it('stand on the report', async () => {
      const [plain, red, blue] = [
        await pdfOf(await project.build(withLogo(null))),
        await pdfOf(await project.build(withLogo(await uploaded(logo([200, 10, 10]))))),
        await pdfOf(await project.build(withLogo(await uploaded(logo([10, 10, 200]))))),
      ];
      expect(plain.includes('/Subtype /Image')).toBe(false);
      for (const pdf of [red, blue]) expect(pdf.includes('/Subtype /Image')).toBe(true);
      expect(red.equals(blue)).toBe(false);
    });

    it('that vanish from the store after the build was accepted are left out, and noted in the log', async () => {
      const oid = await uploaded(logo([1, 2, 3]));
      await bucket.remove(oid);
      const pdf = await pdfOf(await project.build(withLogo(oid)));
      expect(pdf.includes('/Subtype /Image')).toBe(false);
      expect(await service.logs()).toContain('an image of the report is gone');
    });

    it.each(['build', 'preflight'])('are refused by %s with 400 when nobody uploaded them', async (step) => {
      const real = await uploaded(logo([9, 9, 9]));
      const [artifact = ''] = await bucket.keys('reports/');
      const foreign = real.replace(organization, randomUUID());
      // Somebody else's picture, there in the store and in the table.
      await rowsOf(
        service,
        'insert into storage.image (object_key, organization_id, project_id, stored_at) values ($1, $2, $3, now())',
        [foreign, randomUUID(), randomUUID()],
      );
      for (const oid of [
        foreign,
        artifact,
        `${real}x`,
        real.replace('/inline/', '/inline/../inline/'),
        'logo.png',
        '../../x',
      ]) {
        const answer = await service.api.post<Envelope>(project.path(`/reports/${step}`), { preset: withLogo(oid) });
        expect({ oid, status: answer.status, errors: answer.body.errors }).toMatchObject({
          status: 400,
          errors: [{ loc: ['body', 'preset', 'branding', 'logo_oid'] }],
        });
      }
    });
  });

  describe('of a template', () => {
    const make = async (body: object): Promise<Template> => {
      const answer = await service.api.post<Template>(project.path('/templates'), { name: randomUUID(), ...body });
      expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 201 });
      return answer.body;
    };

    it('become the left of its header, as a new version, and its preset tells them', async () => {
      const template = await make({ preset: { sections: ['severity_breakdown'] } });
      const path = `/templates/${template.id}/branding/logo`;
      const { status, headers, body } = await upload<Template>(logo([0, 200, 0]), { path });
      expect(status).toBe(200);
      expect(headers.get('etag')).toBe('"2"');
      const oid = body.branding_logo_oid ?? '';
      expect(oid.startsWith(`airt/branding/${organization}/templates/${projectId}/${template.id}/`)).toBe(true);
      expect(body).toMatchObject({ version: 2, preset: { branding: { logo_oid: oid } } });
      expect(body.config.components[0]).toMatchObject({ type: 'header', left: { type: 'image', fp: oid } });
      // The same again changes nothing; another one replaces it.
      expect((await upload<Template>(logo([0, 200, 0]), { path })).body.version).toBe(2);
      const replaced = (await upload<Template>(logo([0, 0, 200]), { path })).body;
      expect(replaced.version).toBe(3);
      expect(replaced.branding_logo_oid).not.toBe(oid);

      const stored = await pdfOf(await service.api.post(project.path('/reports/build'), { template_id: template.id }));
      const inline = await pdfOf(
        await project.build({ sections: ['severity_breakdown'], branding: { logo_oid: replaced.branding_logo_oid } }),
      );
      expect(stored.equals(inline)).toBe(true);
    });

    it('leave the rest of a header of its own as it is', async () => {
      const template = await make({
        config: {
          components: [
            { type: 'text', content: 'x' },
            { type: 'header', id: 'top', right: { type: 'text', content: 'Right' } },
          ],
        },
      });
      const { body } = await upload<Template>(logo([0, 200, 0]), { path: `/templates/${template.id}/branding/logo` });
      expect(body.config.components[1]).toEqual({
        type: 'header',
        id: 'top',
        left: { type: 'image', fp: body.branding_logo_oid },
        right: { type: 'text', content: 'Right' },
      });
    });

    it('are refused by a build once they are known no more', async () => {
      const template = await make({ preset: { sections: ['severity_breakdown'] } });
      const { body } = await upload<Template>(logo([7, 7, 7]), { path: `/templates/${template.id}/branding/logo` });
      await rowsOf(service, 'delete from storage.image where object_key = $1', [body.branding_logo_oid]);
      const answer = await service.api.post<Envelope>(project.path('/reports/build'), { template_id: template.id });
      expect({ status: answer.status, loc: answer.body.errors?.[0]?.loc }).toEqual({
        status: 400,
        loc: ['body', 'template_id'],
      });
    });

    it('need a template of the project', async () => {
      expect((await upload(logo([1, 1, 1]), { path: `/templates/${randomUUID()}/branding/logo` })).status).toBe(404);
    });
  });

  describe('that are refused', () => {
    it.each([
      ['no PNG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 'unsupported_media_type_error'],
      ['a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex'), 415, 'unsupported_media_type_error'],
      ['nothing', Buffer.alloc(0), 415, 'unsupported_media_type_error'],
      [
        'a PNG of more than 2 MB',
        Buffer.concat([logo([1, 1, 1]), Buffer.alloc(twoMegabytes)]),
        413,
        'payload_too_large_error',
      ],
      ['a PNG cut off', logo([1, 1, 1]).subarray(0, 60), 400, 'invalid_error'],
      ['a decompression bomb', bomb(), 400, 'invalid_error'],
    ])('as %s', async (_what, bytes, status, type) => {
      const before = await bucket.keys('airt/');
      const answer = await upload<Envelope>(bytes);
      expect({ status: answer.status, type: answer.body.type }).toEqual({ status, type });
      if (status === 400) expect(answer.body.errors?.[0]?.loc).toEqual(['body', 'file']);
      expect(await bucket.keys('airt/')).toEqual(before);
    });

    it('take up to 2 MB, to the byte', async () => {
      // What follows the end of a picture is dropped, so it can fill a file up.
      const small = logo([3, 3, 3]);
      expect((await upload(Buffer.concat([small, randomBytes(twoMegabytes - small.length)]))).status).toBe(201);
      expect((await upload(Buffer.concat([small, randomBytes(twoMegabytes - small.length + 1)]))).status).toBe(413);
    });

    it('as another content type than a form, or a form without the file', async () => {
      const json = await service.api.post<Envelope>(project.path('/branding/logo'), { file: 'x' });
      expect({ status: json.status, type: json.body.type }).toEqual({
        status: 415,
        type: 'unsupported_media_type_error',
      });
      const other = await upload<Envelope>(logo([1, 1, 1]), { field: 'image' });
      expect({ status: other.status, loc: other.body.errors?.[0]?.loc }).toEqual({
        status: 400,
        loc: ['body', 'file'],
      });
      const bare = await service.api.post<Envelope>(project.path('/branding/logo'), 'no form', {
        headers: { 'Content-Type': 'multipart/form-data' },
      });
      expect(bare.status).toBe(400);
      const broken = await service.api.post<Envelope>(
        project.path('/branding/logo'),
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncut',
        {
          headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
        },
      );
      expect(broken.status).toBe(400);
    });
  });
});

function logo([red, green, blue]: readonly [number, number, number]): Buffer {
  const png = new PNG({ width: 40, height: 16 });
  for (let at = 0; at < png.data.length; at += 4) png.data.set([red, green, blue, 255], at);
  return PNG.sync.write(png);
}

/** Chunks of these two kinds need no checksum that anybody reads before they are dropped. */
function chunk(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), content, Buffer.alloc(4)]);
}

function withText(png: Buffer, text: string): Buffer {
  return Buffer.concat([png.subarray(0, 33), chunk('tEXt', Buffer.from(`Comment\0${text}`)), png.subarray(33)]);
}

/** 300 MB of zeros in 300 KB, behind the header of a picture of 40 × 16. */
function bomb(): Buffer {
  const zeros = deflateSync(Buffer.alloc(300_000_000));
  return Buffer.concat([logo([0, 0, 0]).subarray(0, 33), chunk('IDAT', zeros), chunk('IEND', Buffer.alloc(0))]);
}
