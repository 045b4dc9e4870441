import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type DataDescription, DescribeData } from '#contracts';

@QueryHandler(DescribeData)
export class DescribeDataHandler implements IQueryHandler<DescribeData> {
  async execute({ project, watermark, snapshot }: DescribeData): Promise<DataDescription> {
    const [row] = await snapshot.query<{ as_of: string | null; fingerprint: string }>(
      `select
         (select to_char(max(greatest(a.started_at, a.completed_at)) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
          from findings.assessment a
          where exists (select from findings.assessment_import i where i.assessment_id = a.id and i.import_id = any($2::uuid[]))
         ) as as_of,
         encode(sha256(convert_to(concat_ws(e'\\n',
           (select string_agg(sha256 || options_hash || array_to_string(lacks, ','), e'\\n'
              order by sha256, options_hash, lacks)
            from findings.import_run where id = any($2::uuid[])),
           (select string_agg(concat_ws(' ', r.run_key, r.finding_status, r.severity, r.notes), e'\\n'
              order by r.run_key collate "C", a.key collate "C")
            from findings.attack_run r join findings.assessment a on a.id = r.assessment_id
            where r.project_id = $1 and import_id = any($2::uuid[])
              and (superseded_by is null or not superseded_by = any($2::uuid[]))
              and (finding_status <> 'open' or severity_source = 'human' or notes is not null))
         ), 'UTF8')), 'hex') as fingerprint`,
      [project.projectId, watermark],
    );
    return { asOf: row?.as_of ?? null, fingerprint: row?.fingerprint ?? '' };
  }
}
