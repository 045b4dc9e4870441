import { createHash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { QueryBus } from '@nestjs/cqrs';
import {
  CountRows,
  DescribeData,
  outlineOf,
  type ProjectRef,
  ReadImage,
  type ReportPlan,
  type RowRequest,
  rowRequestOf,
  type Snapshot,
  StreamRows,
} from '#contracts';
import {
  type BoundedSource,
  canonicalJson,
  imageIdsOf,
  type ReportFacts,
  rowKeysOf,
  type RowOf,
  type RowSource,
} from '#domain';
import { release } from '#platform';
import type { RenderJob } from '#rendering';

const logger = new Logger('readReport');

/** Pictures of a report by their ids, and its logo. */
export interface ReportImages {
  readonly images: Readonly<Record<string, Uint8Array>>;
  readonly logo: Uint8Array | null;
}

/** They come from the object store, which may keep one waiting: read before the snapshot, which holds a connection. */
export async function readReportImages(
  queries: QueryBus,
  project: ProjectRef,
  plan: ReportPlan,
  signal: AbortSignal,
): Promise<ReportImages> {
  const ids = imageIdsOf(outlineOf(plan), plan.frontmatter ?? null);
  const images = await readImages(queries, project, ids, signal);
  const logos = await readImages(queries, project, plan.branding.logo_oid ? [plan.branding.logo_oid] : [], signal);
  return { images, logo: Object.values(logos)[0] ?? null };
}

/** What a planned report is rendered from, all of one snapshot, by the resolvers that preflight counted with. Findings are read when asked for. */
export async function readReport(
  queries: QueryBus,
  project: ProjectRef,
  plan: ReportPlan,
  watermark: readonly string[],
  { images, logo }: ReportImages,
  snapshot: Snapshot,
): Promise<Pick<RenderJob, 'facts' | 'findings'>> {
  const request = rowRequestOf(plan, watermark);
  const stream = <S extends RowSource>(source: S, rows: RowRequest): Promise<AsyncIterable<readonly RowOf<S>[]>> =>
    queries.execute(new StreamRows(project, source, rows, snapshot));
  const all = async <S extends BoundedSource>(source: S): Promise<readonly RowOf<S>[]> => {
    const rows: RowOf<S>[] = [];
    for await (const batch of await stream(source, request)) rows.push(...batch);
    return rows;
  };
  const outline = outlineOf(plan);
  const frontmatter = plan.frontmatter ?? null;
  const data = await queries.execute(new DescribeData(project, watermark, snapshot));
  const counts = await queries.execute(new CountRows(project, ['findings'], request, snapshot));
  const facts: ReportFacts = {
    report_id: reportId(plan, data.fingerprint),
    project_name: plan.project_name,
    title: plan.branding.report_title,
    company_name: plan.branding.company_name,
    classification: plan.branding.confidentiality_footer,
    logo,
    style: plan.style,
    evidence: plan.evidence,
    include_adversarial: plan.include_adversarial,
    outline,
    frontmatter,
    images,
    frameworks: plan.compliance_frameworks,
    filter: plan.filters,
    data_as_of: data.asOf,
    finding_count: counts.get('findings') ?? 0,
    preview: null,
    release,
    rows: {
      targets: await all('targets'),
      assessments: await all('assessments'),
      severities: await all('severities'),
      asr_by_attack: await all('asr_by_attack'),
      asr_by_category: await all('asr_by_category'),
      asr_by_goal: rowKeysOf(outline).includes('asr_by_goal') ? await all('asr_by_goal') : [],
      asr_by_transform: await all('asr_by_transform'),
      attack_by_transform: await all('attack_by_transform'),
      lift_strata: await all('lift_strata'),
      compliance_items: await all('compliance_items'),
      framework_gaps: await all('framework_gaps'),
      finding_categories: await all('finding_categories'),
      not_assessed_reasons: await all('not_assessed_reasons'),
      adversarial_ml: await all('adversarial_ml'),
      judges: await all('judges'),
      left_out: await all('left_out'),
    },
  };
  return {
    facts,
    findings: async function* (part) {
      yield* await stream('findings', part === 'heads' ? { ...request, headsOnly: true } : request);
    },
  };
}

/** Bytes of the images that a report shows. One that vanished since is left out and noted: the report is worth more. */
async function readImages(
  queries: QueryBus,
  { organizationId, projectId }: ProjectRef,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, Uint8Array>>> {
  const images: Record<string, Uint8Array> = {};
  for (const id of ids) {
    const bytes = await queries.execute(new ReadImage(organizationId, id, signal));
    if (bytes) images[id] = bytes;
    else logger.warn({ projectId, image: id }, 'an image of the report is gone');
  }
  return images;
}

/** The same plan and data have the same id, wherever, whenever and in whatever format they are built, from a template or without one. */
function reportId(plan: ReportPlan, fingerprint: string): string {
  const said = canonicalJson({ ...plan, format: 'pdf', template_id: null, template_version: undefined });
  const hash = createHash('sha256').update(said).update(fingerprint).digest('hex').toUpperCase();
  return `RT-${hash.slice(0, 4)}-${hash.slice(4, 8)}`;
}
