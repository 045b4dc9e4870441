import { createHash } from 'node:crypto';
import type { QueryBus } from '@nestjs/cqrs';
import {
  CountRows,
  DescribeData,
  outlineOf,
  type ProjectRef,
  type ReportPlan,
  type RowRequest,
  type Snapshot,
  StreamRows,
} from '#contracts';
import { type BoundedSource, canonicalJson, imageIdsOf, type ReportFacts, type RowOf, rowKeysOf } from '#domain';
import { readImages } from './read-images.ts';

/** Everything of a report but its findings, read in one snapshot by the resolvers that preflight counted with. */
export async function gatherFacts(
  queries: QueryBus,
  build: { readonly plan: ReportPlan; readonly watermark: readonly string[] },
  project: ProjectRef,
  request: RowRequest,
  snapshot: Snapshot,
  release: string,
): Promise<ReportFacts> {
  const rowsOf = async <S extends BoundedSource>(source: S): Promise<readonly RowOf<S>[]> => {
    const rows: RowOf<S>[] = [];
    const batches = await queries.execute<StreamRows<S>, AsyncIterable<readonly RowOf<S>[]>>(
      new StreamRows(project, source, request, snapshot),
    );
    for await (const batch of batches) rows.push(...batch);
    return rows;
  };
  const { plan } = build;
  const outline = outlineOf(plan);
  const frontmatter = plan.frontmatter ?? null;
  const images = await readImages(queries, project, imageIdsOf(outline, frontmatter));
  const logos = await readImages(queries, project, plan.branding.logo_oid ? [plan.branding.logo_oid] : []);
  const data = await queries.execute(new DescribeData(project, build.watermark, snapshot));
  const counts = await queries.execute(new CountRows(project, ['findings'], request, snapshot));
  return {
    report_id: reportId(plan, data.fingerprint),
    project_name: plan.project_name,
    title: plan.branding.report_title,
    company_name: plan.branding.company_name,
    classification: plan.branding.confidentiality_footer,
    logo: Object.values(logos)[0] ?? null,
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
      assessments: await rowsOf('assessments'),
      severities: await rowsOf('severities'),
      asr_by_attack: await rowsOf('asr_by_attack'),
      asr_by_category: await rowsOf('asr_by_category'),
      asr_by_goal: rowKeysOf(outline).includes('asr_by_goal') ? await rowsOf('asr_by_goal') : [],
      asr_by_transform: await rowsOf('asr_by_transform'),
      attack_by_transform: await rowsOf('attack_by_transform'),
      compliance_items: await rowsOf('compliance_items'),
      finding_categories: await rowsOf('finding_categories'),
      not_assessed_reasons: await rowsOf('not_assessed_reasons'),
    },
  };
}

/** The same plan and data have the same id, wherever, whenever and in whatever format they are built, from a template or without one. */
function reportId(plan: ReportPlan, fingerprint: string): string {
  const said = canonicalJson({ ...plan, format: 'pdf', template_id: null, template_version: undefined });
  const hash = createHash('sha256').update(said).update(fingerprint).digest('hex').toUpperCase();
  return `RT-${hash.slice(0, 4)}-${hash.slice(4, 8)}`;
}
