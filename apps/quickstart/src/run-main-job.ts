import { basename, join } from 'node:path';

import { readSecretFile } from '#files';

import { Api, type Credentials } from './api.ts';
import { buildReport, sectionsWithData, type BuildJob } from './build-report.ts';
import { downloadReport } from './download-report.ts';
import { httpVariables } from './http-variables.ts';
import { importFile, type ImportOutcome, type ImportProgress } from './import-file.ts';
import type { Options } from './options.ts';
import { writeHttpVariables, type RunRecord, type Step } from './run-record.ts';
import type { Service } from './service.ts';
import type { Terminal } from './terminal.ts';

/** Where the service serves its interactive documentation. */
const swaggerPath = '/docs';

/** The rest stands in run.json. */
const shownWarnings = 5;

/** Project, imports, preflight, build, download: what a client of the API does, in that order. */
export async function runMainJob(job: {
  readonly service: Service;
  readonly options: Options;
  readonly files: readonly string[];
  readonly record: RunRecord;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { service, options, files, record, terminal, signal } = job;
  const { dataDir, project } = options;
  const api = new Api(service.baseUrl, await readCredentials(dataDir));
  Object.assign(record, {
    base_url: api.baseUrl,
    swagger_ui: `${api.baseUrl}${swaggerPath}`,
    org: api.credentials.org,
    workspace: api.credentials.workspace,
    project_path: api.project(project),
    api_key: api.credentials.api_key,
  } satisfies Partial<RunRecord>);

  await timed(record, 'project', async () => {
    const { id, made } = await makeProject(api, project, signal);
    record.project_id = id;
    terminal.step('Project', made ? `${project} (made)` : project);
  });

  await timed(record, 'import', async () => {
    for (const file of files) {
      const { outcome, unchanged } = await importFile(api, project, file, showImport(terminal, file), signal);
      record.imports.push({ file, unchanged, ...outcome });
      terminal.step('Import', describeImport(file, outcome, unchanged));
    }
  });

  await timed(record, 'preflight', async () => {
    const { sections, dropped } = await sectionsWithData(api, project, signal);
    record.sections = sections;
    record.dropped_sections = dropped;
    const left = dropped.map(({ title }) => title).join(', ');
    terminal.step(
      'Preflight',
      `${sections.length} sections have data${left && `\nleft out, they would be empty: ${left}`}`,
    );
    if (sections.length === 0) throw new Error('No section has data: there is nothing to report.');
  });

  const built = await timed(record, 'build', async () => {
    const ended = await buildReport(api, project, record.sections, showBuild(terminal, record), signal);
    if (ended.status !== 'completed') {
      throw new Error(`The build ended as ${ended.status}: ${ended.error_message ?? 'no reason given'}`);
    }
    terminal.step('Build', `completed (${ended.job_id})`);
    return ended;
  });

  await timed(record, 'download', async () => {
    if (built.presigned_url === null) throw new Error('The build is completed but has no URL.');
    const path = join(dataDir, 'reports', `${project}-${built.job_id.slice(0, 8)}.pdf`);
    const { bytes, sha256 } = await downloadReport(built.presigned_url, path, built.file_size_bytes, signal);
    if (built.sha256 !== null && built.sha256 !== sha256) {
      throw new Error(`The report has the SHA-256 ${sha256}, but the service announced ${built.sha256}.`);
    }
    Object.assign(record, {
      pdf: path,
      sha256,
      file_size_bytes: bytes,
      presigned_url: built.presigned_url,
      url_expires_at: built.url_expires_at,
    } satisfies Partial<RunRecord>);
  });

  await writeHttpVariables(dataDir, await httpVariables(api, record, signal));
}

async function readCredentials(dataDir: string): Promise<Credentials> {
  const credentials = await readSecretFile(join(dataDir, 'credentials.json'));
  if (isCredentials(credentials)) return credentials;
  throw new Error(`The service has written no API key to ${join(dataDir, 'credentials.json')}.`);
}

function isCredentials(value: unknown): value is Credentials {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['org', 'workspace', 'api_key'].every((name) => typeof Reflect.get(value, name) === 'string')
  );
}

interface Project {
  readonly id: string;
  readonly slug: string;
}

async function makeProject(
  api: Api,
  slug: string,
  signal: AbortSignal,
): Promise<{ readonly id: string; readonly made: boolean }> {
  const path = `${api.root}/projects`;
  const { status, body } = await api.post<Project>(path, { slug, name: slug }, signal, [409]);
  if (status === 201) return { id: body.id, made: true };
  const known = await api.get<Project>(`${path}/${slug}`, signal);
  return { id: known.body.id, made: false };
}

function showImport(terminal: Terminal, file: string): (progress: ImportProgress) => void {
  return ({ bytesSent, bytes, rowsRead }) => {
    const rows = rowsRead > 0 ? `, ${rowsRead} rows read` : '';
    terminal.progress('Import', bytes === 0 ? 1 : bytesSent / bytes, `${basename(file)}${rows}`);
  };
}

function describeImport(file: string, outcome: ImportOutcome, unchanged: boolean): string {
  const { format, attack_runs, trials, succeeded, resisted, not_assessed, folded, skipped, warnings } = outcome;
  const counts = [
    `${attack_runs} attack runs (${succeeded} succeeded, ${resisted} resisted, ${not_assessed} not assessed)`,
    `${trials} trials`,
    ...(folded > 0 ? [`${folded} rows folded`] : []),
    ...(skipped > 0 ? [`${skipped} rows skipped`] : []),
  ];
  const head = unchanged ? `${basename(file)} was already imported, nothing changed` : `${basename(file)} (${format})`;
  const more = warnings.length > shownWarnings ? [`and ${warnings.length - shownWarnings} more warnings`] : [];
  const told = [...warnings.slice(0, shownWarnings).map((warning) => `warning: ${warning}`), ...more];
  return [head, counts.join(', '), ...told].join('\n');
}

function showBuild(terminal: Terminal, record: RunRecord): (job: BuildJob) => void {
  let shown: string | undefined;
  return (job) => {
    record.build_id = job.job_id;
    record.status = job.status;
    // The URL stands beside it, once the report is known to be whole.
    record.build = { ...job, presigned_url: null };
    if (job.status === 'in_progress') {
      terminal.progress('Build', job.progress.percent / 100, (job.progress.stage ?? job.status).replaceAll('_', ' '));
    } else if (job.status !== shown && job.status !== 'completed') terminal.step('Build', job.status);
    shown = job.status;
  };
}

async function timed<T>(record: RunRecord, step: Step, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    record.seconds[step] = Math.round(performance.now() - start) / 1000;
  }
}
