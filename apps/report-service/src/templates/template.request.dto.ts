import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { AirtPresetRequest, AppError, completePreset, IsPrintable, IsStorable, type TemplateContent } from '#contracts';
import { completeConfig } from './config/complete-config.ts';
import { ReportTemplateSchema } from './config/template-config.dto.ts';

class TemplateBody {
  /** What the template is for. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  @IsStorable()
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 2000, example: 'What the client gets each quarter' })
  description?: string | null;

  /** The report in the words of its user; it is expanded to components, and only these are kept. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => AirtPresetRequest)
  @ApiPropertyOptional({ type: () => AirtPresetRequest, nullable: true })
  preset?: AirtPresetRequest | null;

  /** The component tree itself. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ReportTemplateSchema)
  @ApiPropertyOptional({ type: () => ReportTemplateSchema, nullable: true })
  config?: ReportTemplateSchema | null;
}

/** Exactly one of `preset` and `config`. */
export class CreateTemplateRequest extends TemplateBody {
  /** Unique in the project; upper and lower case differ. */
  @IsString()
  @Length(1, 255)
  @IsPrintable()
  @Matches(/\S/, { message: 'name must not be blank' })
  @ApiProperty({ minLength: 1, maxLength: 255, example: 'Quarterly report' })
  name!: string;
}

/** What is left out stays as it is; at most one of `preset` and `config`. */
export class UpdateTemplateRequest extends TemplateBody {
  /** Unique in the project; upper and lower case differ. */
  @ValidateIf((_object, value) => value !== undefined)
  @IsString()
  @Length(1, 255)
  @IsPrintable()
  @Matches(/\S/, { message: 'name must not be blank' })
  @ApiPropertyOptional({ minLength: 1, maxLength: 255, example: 'Quarterly report' })
  name?: string;
}

/** The content of a validated body, complete; undefined when it has none. Throws `invalid` for both of its forms at once. */
export function contentOf({ preset, config }: TemplateBody): TemplateContent | undefined {
  if (preset && config) throw notOne();
  if (preset) return { preset: completePreset(preset) };
  if (config) return { config: completeConfig(config) };
  return undefined;
}

export const notOne = (): AppError =>
  new AppError('invalid', {
    errors: [{ loc: ['body'], msg: 'exactly one of preset and config must be given', type: 'exactly_one_of' }],
  });
