import { parse } from 'csv-parse/sync';

import { readPdf } from '#testing';

import { download, type Preset, TestProject } from '../support/project.ts';
import type { TestApi } from '../support/api.ts';
import type { DatabaseUrls } from '../support/test-stack.ts';
import { faultsOfWords } from './language-checks.ts';
import { faultsOfApi } from './api-checks.ts';
import { faultsOfReport } from './report-checks.ts';
import { asRead, type ReportJson } from './report-json.ts';
import { type StoredProject, storedProject } from './stored-project.ts';

export const everySection = [
  'executive_summary',
  'risk_score_metrics',
  'severity_breakdown',
  'asr_by_attack',
  'asr_by_category',
  'asr_by_goal',
  'transform_effectiveness',
  'compliance',
  'findings',
  'evidence',
  'recommendations',
  'methodology',
] as const;

export const frameworks = [
  'owasp_llm_top_10',
  'owasp_agentic_top_10',
  'mitre_atlas',
  'nist_ai_rmf',
  'google_saif',
] as const;

interface Service {
  readonly api: TestApi;
  readonly databaseUrls: DatabaseUrls;
}

export interface AuditedReport {
  readonly report: ReportJson;
  readonly stored: StoredProject;
  readonly faults: readonly string[];
}

/** Builds a report of all sections that have something to show, and holds it against the rows. Null: nothing to report. */
export async function auditProject(
  service: Service,
  project: TestProject,
  wanted: Preset = {},
  formats: readonly ('pdf' | 'html' | 'csv')[] = [],
): Promise<AuditedReport | null> {
  const preset = await fillable(project, { compliance_frameworks: frameworks, ...wanted });
  if (!preset) return null;
  const report = JSON.parse((await built(project, { ...preset, format: 'json' })).toString()) as ReportJson;
  const { body } = await project.api.get<{ project_id: string }>(project.path('/summary'));
  const stored = await storedProject(service, body.project_id);
  const faults = [...faultsOfReport(report, stored), ...faultsOfWords(report, stored)];
  faults.push(...(await faultsOfApi(project, stored, report)));
  for (const format of formats) {
    const bytes = await built(project, { ...preset, format });
    faults.push(...(await faultsOfFormat(format, bytes, report)));
  }
  return { report, stored, faults };
}

async function fillable(project: TestProject, wanted: Preset): Promise<Preset | null> {
  const { body } = await project.preflight({ sections: everySection, ...wanted });
  const empty = new Set(body.empty_sections.map(({ key }) => String(key)));
  const asked = (wanted['sections'] as readonly string[] | undefined) ?? everySection;
  const sections = asked.filter((section) => !empty.has(section));
  return sections.length === 0 ? null : { ...wanted, sections };
}

export async function built(project: TestProject, preset: Preset): Promise<Buffer> {
  const { status, body } = await project.build(preset);
  if (status !== 202) throw new Error(`The build was refused: ${status} ${JSON.stringify(body)}`);
  const build = await project.ended(body.job_id);
  if (build.status !== 'completed') throw new Error(`The build ended as ${build.status}: ${build.error_message ?? ''}`);
  return download(build);
}

/** Letters and digits alone: lines break elsewhere in each format, and marks of hidden characters differ. */
const bones = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}%]+/gu, '');

export async function textOf(format: 'pdf' | 'html', bytes: Buffer): Promise<string> {
  if (format === 'html') return textOfHtml(bytes.toString('utf8'));
  const { spaced } = await readPdf(new Uint8Array(bytes));
  return spaced.join('\n');
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

export const textOfHtml = (html: string): string =>
  html
    .replace(/<(style|script)[^>]*>[\s\S]*?<\/\1>/g, '')
    .replaceAll('<wbr>', '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? decodedNumber(name) ?? whole);

function decodedNumber(name: string): string | undefined {
  const found = /^#(x?)([\da-f]+)$/i.exec(name);
  return found ? String.fromCodePoint(parseInt(found[2] ?? '', found[1] ? 16 : 10)) : undefined;
}

/** What JSON claims stands in the other formats in the same words. */
async function faultsOfFormat(
  format: 'pdf' | 'html' | 'csv',
  bytes: Buffer,
  report: ReportJson,
): Promise<readonly string[]> {
  if (format === 'csv') return faultsOfCsv(bytes, report);
  const text = bones(await textOf(format, bytes));
  // A row of a table says its claim in cells.
  const isIn = (words: string): boolean =>
    text.includes(bones(words)) ||
    words.split(': ').every((part) => text.includes(bones(part)) || isInWords(part, text));
  const missing = report.claims.filter(({ text: words }) => /\d/.test(words) && !isIn(asRead(words)));
  return [
    ...missing.map(({ place, text: words }) => `${format}: “${asRead(words)}” of ${place} is not in it`),
    ...(text.includes(bones(report.report.id)) ? [] : [`${format}: another report id`]),
  ];
}

/** A name that a narrow cell breaks up. */
const isInWords = (words: string, text: string): boolean =>
  words.split(' ').every((word) => text.includes(bones(word)));

/** A row for each finding, with its values. */
function faultsOfCsv(bytes: Buffer, { findings }: ReportJson): readonly string[] {
  const rows = parse<Record<string, string>>(bytes, { columns: true, bom: true, relax_column_count: true });
  const faults: string[] =
    rows.length === findings.length ? [] : [`csv: ${rows.length} rows, ${findings.length} findings`];
  for (const [index, finding] of findings.entries()) {
    const row = rows[index];
    if (!row) break;
    for (const field of ['id', 'severity', 'outcome', 'status', 'trials', 'succeeded_trials', 'best_score'] as const) {
      const said = row[field];
      if (said !== undefined && said !== '' && said !== String(finding[field] ?? ''))
        faults.push(`csv, ${finding.id}: ${field} is ${String(finding[field])}, not ${said}`);
    }
  }
  return faults;
}
