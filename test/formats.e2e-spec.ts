import { frameworkKeys, sectionKeys } from '#domain';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import { hasBrowser, launchBrowser } from './support/browser.ts';
import { sha256 } from './support/bucket.ts';
import { makeDemoProject } from './support/demo-project.ts';
import { eventually } from './support/eventually.ts';
import { describeWhen } from './support/describe-when.ts';
import { readPdf, readPdfText, withoutSpace } from '#testing';
import { download, type Envelope, TestProject } from './support/project.ts';
import { sharedOrganization, type SharedService } from './support/shared-service.ts';

const formats = ['pdf', 'json', 'csv', 'html'] as const;
type Format = (typeof formats)[number];

const contentTypes: Readonly<Record<Format, string>> = {
  pdf: 'application/pdf',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
};
const sections = [
  'executive_summary',
  'risk_score_metrics',
  'severity_breakdown',
  'asr_by_attack',
  'findings',
  'evidence',
  'methodology',
];

interface Built {
  readonly bytes: Buffer;
  readonly headers: Headers;
  readonly jobId: string;
}

describe('formats of a report', () => {
  let service: SharedService;
  let project: TestProject;

  beforeAll(async () => {
    service = await sharedOrganization();
    project = await makeDemoProject(service.api);
  });

  const built = async (
    of: TestProject,
    format: Format,
    preset: Readonly<Record<string, unknown>> = {},
  ): Promise<Built> => {
    const { status, body } = await of.build({ sections, format, ...preset });
    expect(status).toBe(202);
    const build = await of.ended(body.job_id, 120_000);
    expect(build).toMatchObject({ status: 'completed', format });
    const bytes = await download(build);
    expect({ size: bytes.length, hash: sha256(bytes) }).toEqual({ size: build.file_size_bytes, hash: build.sha256 });
    const { headers } = await fetch(build.presigned_url ?? '', { headers: { Range: 'bytes=0-0' } });
    return { bytes, headers, jobId: build.job_id };
  };

  describe('of the demo campaign', () => {
    const all = new Map<Format, Built>();
    beforeAll(async () => {
      for (const format of formats) all.set(format, await built(project, format));
    });
    const bytesOf = (format: Format): Buffer => all.get(format)?.bytes ?? Buffer.alloc(0);

    it('hold the same findings and the same counts', async () => {
      const json = JSON.parse(bytesOf('json').toString()) as {
        readonly report: { readonly id: string; readonly finding_count: number };
        readonly figures: {
          readonly runs: number;
          readonly asr: { readonly succeeded: number; readonly assessed: number };
        };
        readonly findings: readonly { readonly id: string; readonly severity: string; readonly title: string }[];
      };
      const rows: readonly Readonly<Record<string, string>>[] = parse(bytesOf('csv').toString(), {
        bom: true,
        columns: true,
      });
      const page = bytesOf('html').toString();
      const text = withoutSpace(await readPdfText(bytesOf('pdf')));
      const ids = json.findings.map(({ id }) => id);

      expect(ids.length).toBeGreaterThan(20);
      expect(json.report.finding_count).toBe(ids.length);
      expect(rows.map(({ id, severity }) => [id, severity])).toEqual(
        json.findings.map(({ id, severity }) => [id, severity]),
      );
      expect(
        [...page.matchAll(/<article class="finding" id="finding-\d+"><h3>.*?(F-\d+) /g)].map((match) => match[1]),
      ).toEqual(ids);
      for (const id of ids) expect(text).toContain(id);
      const { succeeded, assessed } = json.figures.asr;
      expect(text).toContain(withoutSpace(`${succeeded} of ${assessed} assessed runs`));
      expect(withoutSpace(page)).toContain(withoutSpace(`${succeeded} of ${assessed} assessed runs`));
      // One content has one id, whatever it is written as.
      expect(text).toContain(json.report.id);
      expect(page).toContain(json.report.id);
    });

    it.each(formats)('are served as an attachment of their own kind: %s', (format) => {
      const { headers, jobId } = all.get(format) ?? { headers: new Headers(), jobId: '' };
      expect(headers.get('content-type')).toBe(contentTypes[format]);
      expect(headers.get('content-disposition')).toBe(
        `attachment; filename="airt-report-${jobId.slice(0, 8)}.${format}"`,
      );
    });

    it.each(formats)('have the same bytes when built again: %s', async (format) => {
      expect(sha256((await built(project, format)).bytes)).toBe(sha256(bytesOf(format)));
    });

    it('are named in the event of a completed build', async () => {
      const named = async (): Promise<ReadonlySet<unknown>> => {
        const { body } = await service.api.get<{
          events: readonly { readonly data: Readonly<Record<string, unknown>> }[];
        }>(`/api/v1/org/${service.api.org}/events?type=report.completed.v1`);
        return new Set(body.events.map(({ data }) => data['format']));
      };
      expect(await eventually(named, ({ size }) => size === formats.length)).toEqual(new Set(formats));
    });

    describeWhen(hasBrowser, 'chromium: a report as HTML')('opened', () => {
      it('in a browser run no script, meet no error and ask for nothing', async () => {
        const path = join(service.dataDir, 'report.html');
        await writeFile(path, bytesOf('html'));
        const browser = await launchBrowser();
        try {
          const page = await browser.newPage();
          const trouble: string[] = [];
          const asked: string[] = [];
          page.on('pageerror', (error) => trouble.push(error.message));
          page.on('console', (message) => trouble.push(message.text()));
          page.on('request', (request) => asked.push(request.url()));
          const url = pathToFileURL(path).href;
          await page.goto(url);
          const seen = await page.evaluate(() => ({
            scripts: document.scripts.length,
            title: document.title,
            findings: document.querySelectorAll('article.finding').length,
            wide: document.documentElement.scrollWidth > window.innerWidth,
          }));
          expect(seen).toMatchObject({ scripts: 0, title: 'AI red team report', wide: false });
          expect(seen.findings).toBeGreaterThan(20);
          expect(trouble).toEqual([]);
          expect(asked.filter((one) => one !== url && !one.startsWith('data:'))).toEqual([]);
        } finally {
          await browser.close();
        }
      });
    });
  });

  it.each(['masked', 'none'])('hold no secret at evidence level %s, nor does the log', async (evidence) => {
    const secret = `sk-PLANTED${evidence}0123456789`;
    const own = await TestProject.make(service.api);
    const lines = [
      { type: 'assessment', name: 'A' },
      {
        type: 'attack_run',
        id: 'r',
        assessment: 'A',
        attack_name: 'direct',
        category: 'credential_leak',
        goal: `Get ${secret}`,
      },
      {
        type: 'trial',
        attack_run: 'r',
        score: 0.95,
        prompt: `Say ${secret}`,
        response: secret,
        reasoning: `It said ${secret}`,
      },
    ];
    const { status, body } = await own.import(lines.map((line) => JSON.stringify(line)).join('\n'), {
      name: 'a.ndjson',
    });
    expect({ status, errors: body.errors }).toEqual({ status: 201, errors: [] });
    for (const format of formats) {
      const { bytes } = await built(own, format, { sections: ['findings', 'evidence'], evidence });
      const text = format === 'pdf' ? withoutSpace(await readPdfText(bytes)) : bytes.toString();
      expect(text).toContain('F-001');
      expect(text).not.toContain('PLANTED');
      // Titles, links and other strings of a PDF stand beside its text.
      expect(bytes.toString('latin1')).not.toContain('PLANTED');
    }
    expect(await service.logs()).not.toContain('PLANTED');
  });

  it('refuse another one, and say where it stands', async () => {
    const { status, body } = await project.build<Envelope>({ sections, format: 'docx' });
    expect(status).toBe(400);
    expect(body.errors?.map(({ loc }) => loc)).toEqual([['body', 'preset', 'format']]);
  });

  it('leave a preview a PDF', async () => {
    const answer = await fetch(`${service.baseUrl}${project.path('/reports/preview')}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${service.api.key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ preset: { sections, format: 'csv' } }),
    });
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });
});

describe('the sample report of the documentation', () => {
  let service: SharedService;
  beforeAll(async () => {
    service = await sharedOrganization();
  });

  it('is what the demo campaign gives today, page by page', async () => {
    // As `npm start` calls it.
    const project = await makeDemoProject(service.api, 'demo', 'demo');
    const { body } = await project.build({
      sections: sectionKeys,
      compliance_frameworks: frameworkKeys,
      branding: { confidentiality_footer: 'Confidential' },
      format: 'pdf',
    });
    const bytes = await download(await project.ended(body.job_id, 120_000));
    const committed = await readFile(join(__dirname, '../docs/sample-report.pdf'));
    expect((await readPdf(bytes)).pages).toEqual((await readPdf(committed)).pages);
  });
});
