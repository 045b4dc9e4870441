import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { FindingsFilterRequest, IsImageId, IsPrintable, IsStorable, ReportStyle } from '#contracts';
import {
  type EvidenceLevel,
  evidenceLevels,
  type FrameworkKey,
  frameworkKeys,
  type ReportFormat,
  reportFormats,
  type SectionKey,
  sectionKeys,
} from '#domain';
import { OneOf } from './one-of.ts';
import { templateLimits } from './template-limits.ts';
import { StaticTableData, type TableDataSource, tableSources } from './template-table.dto.ts';

class IdentifiedComponent {
  /** Unique in the template; made up when left out. */
  @IsOptional()
  @IsString()
  @Length(1, templateLimits.name)
  @IsPrintable()
  @ApiPropertyOptional({ type: String, nullable: true, minLength: 1, maxLength: templateLimits.name, example: 'intro' })
  id?: string | null;
}

/** Title, authors or a paragraph: exactly one of `content` and `instructions`. */
export class TextBearingComponent extends IdentifiedComponent {
  @IsIn(['title', 'authors', 'text'])
  @ApiProperty({ enum: ['title', 'authors', 'text'], example: 'text' })
  type!: 'title' | 'authors' | 'text';

  /** Printed as it stands. */
  @IsOptional()
  @IsString()
  @Length(1, templateLimits.text)
  @IsStorable()
  @ApiPropertyOptional({ type: String, nullable: true, example: 'This assessment was made in May.' })
  content?: string | null;

  /** What a writer should write. It can be stored, and a build of it is refused. */
  @IsOptional()
  @IsString()
  @Length(1, templateLimits.text)
  @IsStorable()
  @ApiPropertyOptional({ type: String, nullable: true })
  instructions?: string | null;
}

export class ImageComponent extends IdentifiedComponent {
  @IsIn(['image'])
  @ApiProperty({ enum: ['image'], example: 'image' })
  type!: 'image';

  /** Id of an uploaded PNG of the organization. */
  @IsImageId()
  fp!: string;

  /** Share of the text's width; its own size by default. */
  @IsOptional()
  @IsNumber()
  @Min(0.01)
  @Max(1)
  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 0.01, maximum: 1, example: 0.5 })
  width?: number | null;

  @IsOptional()
  @IsString()
  @Length(1, 300)
  @IsPrintable()
  @ApiPropertyOptional({ type: String, nullable: true, minLength: 1, maxLength: 300, example: 'The system under test' })
  caption?: string | null;
}

/** A table: exactly one of `data`, which stands here, and `source`, which is read when the report is built. */
export class TableComponent extends IdentifiedComponent {
  @IsIn(['table'])
  @ApiProperty({ enum: ['table'], example: 'table' })
  type!: 'table';

  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPrintable()
  @ApiPropertyOptional({ type: String, nullable: true, minLength: 1, maxLength: 200, example: 'Phases' })
  title?: string | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => StaticTableData)
  @ApiPropertyOptional({ type: () => StaticTableData, nullable: true })
  data?: StaticTableData | null;

  @IsOptional()
  @OneOf('kind', tableSources, { api: { required: false, nullable: true } })
  source?: TableDataSource | null;
}

export type SectionChild = TextBearingComponent | ImageComponent | TableComponent;

/** A heading and what stands below it. Sections hold no sections. */
export class SectionComponent extends IdentifiedComponent {
  @IsIn(['section'])
  @ApiProperty({ enum: ['section'], example: 'section' })
  type!: 'section';

  /** By default the title of the section that `preset_key` names; without either it is refused. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPrintable()
  @ApiPropertyOptional({ type: String, nullable: true, minLength: 1, maxLength: 200, example: 'Findings' })
  title?: string | null;

  /** Checkbox of the preset that this section stands for; null when none made it. */
  @IsOptional()
  @IsIn(sectionKeys)
  @ApiPropertyOptional({ enum: sectionKeys, nullable: true })
  preset_key?: SectionKey | null;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(templateLimits.components)
  @OneOf(
    'type',
    { text: TextBearingComponent, image: ImageComponent, table: TableComponent },
    { each: true, api: { minItems: 1, maxItems: templateLimits.components } },
  )
  components!: SectionChild[];
}

export class SlotText {
  @IsIn(['text'])
  @ApiProperty({ enum: ['text'], example: 'text' })
  type!: 'text';

  @IsString()
  @Length(1, 200)
  @IsPrintable()
  @ApiProperty({ minLength: 1, maxLength: 200, example: 'Confidential' })
  content!: string;
}

export class SlotImage {
  @IsIn(['image'])
  @ApiProperty({ enum: ['image'], example: 'image' })
  type!: 'image';

  /** Id of an uploaded PNG of the organization. */
  @IsImageId()
  fp!: string;
}

const slots = { text: SlotText, image: SlotImage };
const slot = { api: { required: false, nullable: true } };

/** Running header or footer of every page. The logo of a template is the image at the left of its header. */
export class RunningComponent extends IdentifiedComponent {
  @IsIn(['header', 'footer'])
  @ApiProperty({ enum: ['header', 'footer'], example: 'footer' })
  type!: 'header' | 'footer';

  @IsOptional()
  @OneOf('type', slots, slot)
  left?: SlotText | SlotImage | null;

  @IsOptional()
  @OneOf('type', slots, slot)
  center?: SlotText | SlotImage | null;

  @IsOptional()
  @OneOf('type', slots, slot)
  right?: SlotText | SlotImage | null;
}

/** What has no place in the documented components; ours. */
export class TemplateExtension {
  /** Who the copy is for: `full` the red team, `masked` the client, `none` the board. */
  @IsOptional()
  @IsIn(evidenceLevels)
  @ApiPropertyOptional({ enum: evidenceLevels, default: 'full', nullable: true })
  evidence?: EvidenceLevel | null;

  /** Adversarial-ML results too. */
  @IsOptional()
  @IsBoolean()
  @ApiPropertyOptional({ type: Boolean, default: false, nullable: true })
  include_adversarial?: boolean | null;

  /** Only without a findings table, which carries its own. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => FindingsFilterRequest)
  @ApiPropertyOptional({ type: () => FindingsFilterRequest, nullable: true })
  filters?: FindingsFilterRequest | null;

  /** Only without a compliance table, which carries its own. */
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(frameworkKeys.length)
  @IsIn(frameworkKeys, { each: true })
  @ApiPropertyOptional({ enum: frameworkKeys, isArray: true, nullable: true })
  compliance_frameworks?: FrameworkKey[] | null;
}

export type Component = SectionChild | SectionComponent | RunningComponent;

/** A report as a tree of components, in the order of the document. */
export class ReportTemplateSchema {
  @IsOptional()
  @IsIn([1])
  @ApiPropertyOptional({ type: 'integer', enum: [1], default: 1 })
  schema_version?: 1;

  @IsOptional()
  @IsIn(reportFormats)
  @ApiPropertyOptional({ enum: reportFormats, default: 'pdf' })
  format?: ReportFormat;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ReportStyle)
  @ApiPropertyOptional({ type: () => ReportStyle })
  style?: ReportStyle;

  /** At most one each of title, authors, header and footer. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(templateLimits.components)
  @OneOf(
    'type',
    {
      title: TextBearingComponent,
      authors: TextBearingComponent,
      text: TextBearingComponent,
      image: ImageComponent,
      table: TableComponent,
      section: SectionComponent,
      header: RunningComponent,
      footer: RunningComponent,
    },
    { each: true, api: { minItems: 1, maxItems: templateLimits.components } },
  )
  components!: Component[];

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => TemplateExtension)
  @ApiPropertyOptional({ type: () => TemplateExtension, nullable: true })
  extension?: TemplateExtension | null;
}
