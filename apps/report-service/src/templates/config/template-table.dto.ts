import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  ValidateNested,
} from 'class-validator';
import { FindingsFilterRequest, IsPrintable } from '#contracts';
import { type FrameworkKey, frameworkKeys, type RowsKind, rowsKinds, type StaticCell } from '#domain';
import { templateLimits } from './template-limits.ts';

const plainKinds = rowsKinds.filter((kind) => kind !== 'findings' && kind !== 'compliance');

/** The findings that pass the filter, worst first. A report has one such table. */
export class FindingsTableSource {
  @IsIn(['findings'])
  @ApiProperty({ enum: ['findings'], example: 'findings' })
  kind!: 'findings';

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => FindingsFilterRequest)
  @ApiPropertyOptional({ type: () => FindingsFilterRequest, nullable: true })
  filter?: FindingsFilterRequest | null;
}

/** The matrix of each framework. Each framework stands in one table of a report. */
export class ComplianceTableSource {
  @IsIn(['compliance'])
  @ApiProperty({ enum: ['compliance'], example: 'compliance' })
  kind!: 'compliance';

  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(frameworkKeys.length)
  @IsIn(frameworkKeys, { each: true })
  @ApiProperty({ enum: frameworkKeys, isArray: true, uniqueItems: true, example: ['owasp_llm_top_10'] })
  frameworks!: FrameworkKey[];
}

/** A table of the project's rows without parameters. A report has one of each. */
export class RowsTableSource {
  /** `recommendations`, `executive_summary`, `evidence` and `methodology` are extensions. */
  @IsIn(plainKinds)
  @ApiProperty({ enum: plainKinds, example: 'severity_breakdown' })
  kind!: Exclude<RowsKind, 'findings' | 'compliance'>;
}

/** A table as it stands in the template. */
export class StaticTableData {
  /** Headings. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(templateLimits.columns)
  @IsString({ each: true })
  @Length(1, templateLimits.name, { each: true })
  @IsPrintable({ each: true })
  @ApiProperty({ type: [String], minItems: 1, maxItems: templateLimits.columns, example: ['Phase', 'Days'] })
  columns!: string[];

  /** A cell for each column: text of up to 500 characters, a number, a boolean, or null. */
  @IsArray()
  @ArrayMaxSize(templateLimits.rows)
  @ApiProperty({
    type: 'array',
    maxItems: templateLimits.rows,
    items: {
      type: 'array',
      items: {
        oneOf: [{ type: 'string', maxLength: templateLimits.cell }, { type: 'number' }, { type: 'boolean' }],
        nullable: true,
      },
    },
    example: [
      ['Reconnaissance', 2],
      ['Attacks', 5],
    ],
  })
  rows!: StaticCell[][];
}

export class StaticTableSource extends StaticTableData {
  @IsIn(['static'])
  @ApiProperty({ enum: ['static'], example: 'static' })
  kind!: 'static';
}

/** The class that each kind of table source is read into. */
export const tableSources = {
  findings: FindingsTableSource,
  compliance: ComplianceTableSource,
  static: StaticTableSource,
  ...Object.fromEntries(plainKinds.map((kind) => [kind, RowsTableSource])),
};

export type TableDataSource = FindingsTableSource | ComplianceTableSource | RowsTableSource | StaticTableSource;
