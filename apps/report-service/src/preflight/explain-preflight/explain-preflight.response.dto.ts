import { ApiProperty } from '@nestjs/swagger';
import { type ConstraintField, type EmptyReason, emptyReasons, FindingsFilterRequest } from '#contracts';
import { frameworkKeys, sectionKeys } from '#domain';

const constraintFields: readonly ConstraintField[] = [
  'assessment_ids',
  'attack_name',
  'category',
  'finding_type',
  'severity',
  'min_score',
  'started_after',
  'started_before',
];

export class ConstraintEffect {
  /** Field of the filter. */
  @ApiProperty({ enum: constraintFields, example: 'min_score' })
  field!: string;

  /** Findings that the filter would leave without this field. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 12 })
  rows_without!: number;
}

export class FilterSuggestion {
  /** The filter of the request, changed as little as leaves findings. */
  @ApiProperty({ type: () => FindingsFilterRequest })
  filters!: object;

  /** Findings that it leaves. */
  @ApiProperty({ type: 'integer', minimum: 1, example: 12 })
  rows!: number;
}

/** Which fields of the filter removed the findings, and the nearest filter that leaves some. */
export class FilterExplanationItem {
  /** Findings without any filter. */
  @ApiProperty({ type: 'integer', minimum: 1, example: 40 })
  unfiltered_rows!: number;

  @ApiProperty({ type: () => [ConstraintEffect] })
  constraints!: ConstraintEffect[];

  /** A smallest set of fields without which findings are left. */
  @ApiProperty({ enum: constraintFields, isArray: true, example: ['min_score'] })
  to_blame!: string[];

  @ApiProperty({ type: () => FilterSuggestion, nullable: true })
  suggestion!: FilterSuggestion | null;
}

export class SectionExplanationItem {
  /** The preset's key; null for a section that no preset made. */
  @ApiProperty({ enum: sectionKeys, type: String, nullable: true, example: 'findings' })
  key!: string | null;

  @ApiProperty({ example: 'Findings' })
  title!: string;

  /** Rows of the section; null when it holds texts and images alone, and so cannot be empty. */
  @ApiProperty({ type: 'integer', nullable: true, minimum: 0, example: 0 })
  rows!: number | null;

  @ApiProperty({ example: true })
  empty!: boolean;

  /** Why it is empty, for programs; null when it is not. */
  @ApiProperty({ enum: emptyReasons, type: String, nullable: true, example: 'filtered_out' })
  reason!: EmptyReason | null;

  /** The same, for people. */
  @ApiProperty({ type: String, nullable: true, example: 'The filter leaves no finding.' })
  message!: string | null;

  /** For an empty compliance section: frameworks that have rows in this project. */
  @ApiProperty({ enum: frameworkKeys, isArray: true, example: [] })
  frameworks_with_rows!: string[];

  /** With the reason `filtered_out`; otherwise null. */
  @ApiProperty({ type: () => FilterExplanationItem, nullable: true })
  filter!: FilterExplanationItem | null;
}

/** What the report would cost; rough, and better with every build. */
export class ReportEstimateItem {
  @ApiProperty({ type: 'integer', minimum: 0, example: 12 })
  findings!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 14 })
  pages!: number;

  /** From the moment that a worker takes it; time in the queue comes before. */
  @ApiProperty({ minimum: 0, example: 1.5 })
  seconds!: number;

  /** `measured`: corrected by past builds of the organization; `typical`: by none yet. */
  @ApiProperty({ enum: ['measured', 'typical'], example: 'typical' })
  basis!: string;
}

export class PreflightExplanationResponse {
  /** In the order of the document. */
  @ApiProperty({ type: () => [SectionExplanationItem] })
  sections!: SectionExplanationItem[];

  @ApiProperty({ type: () => ReportEstimateItem })
  estimate!: ReportEstimateItem;
}
