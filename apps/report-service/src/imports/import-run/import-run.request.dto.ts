import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsIn, IsNumber, IsOptional, IsString, IsUUID, Length, Max, Min } from 'class-validator';
import { IsPrintable } from '#contracts';
import { importFormats } from '../formats/import-formats.ts';

const formatNames = ['auto', ...importFormats.map(({ name }) => name)];

/** Options of an import, as query parameters. */
export class ImportRunQuery {
  /** Id for the import, so that its progress can be read while the file is on its way. Made by us when absent. */
  @IsOptional()
  @IsUUID()
  @ApiPropertyOptional({ format: 'uuid' })
  import_id?: string;

  /** Format of the file; `auto` tells it by content. */
  @IsOptional()
  @IsIn(formatNames)
  @ApiPropertyOptional({ enum: formatNames })
  format?: string;

  /** Name of the assessment, where the file has none. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPrintable()
  name?: string;

  /** Target of the attacks, where the file does not say (Azure). */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPrintable()
  target_model?: string;

  /** Detector whose score counts (garak); the first one otherwise. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPrintable()
  detector?: string;

  /** Score from which a trial without a verdict succeeded, 0 to 1. */
  @IsOptional()
  @Type(() => Number)
  @IsNumber()
  @Min(0)
  @Max(1)
  threshold?: number;

  /** `keep`: an answer that looks like an error of the target is judged like any other. */
  @IsOptional()
  @IsIn(['keep'])
  suspected_errors?: 'keep';

  /** Accept a last line that was cut off in writing, and leave it out. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  allow_truncated_tail?: boolean;
}
