import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { CountRows, type EmptySection, FindEmptySections } from '#contracts';
import { sections } from '#domain';

@QueryHandler(FindEmptySections)
export class FindEmptySectionsHandler implements IQueryHandler<FindEmptySections> {
  constructor(private readonly queries: QueryBus) {}

  async execute({ project, plan, watermark, snapshot }: FindEmptySections): Promise<readonly EmptySection[]> {
    const planned = plan.sections.map((key) => sections[key]);
    const request = {
      filter: plan.filters,
      frameworks: plan.compliance_frameworks,
      includeAdversarial: plan.include_adversarial,
      watermark,
    };
    const sources = planned.map(({ source }) => source);
    const counts = await this.queries.execute(new CountRows(project, sources, request, snapshot));
    return planned.filter(({ source }) => (counts.get(source) ?? 0) === 0).map(({ key, title }) => ({ key, title }));
  }
}
