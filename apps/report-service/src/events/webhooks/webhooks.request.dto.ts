import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import { IsPrintable, type PublicEventType, publicEventTypes } from '#contracts';
import { IsWebhookUrl } from './is-webhook-url.ts';

export class CreateWebhookRequest {
  /** Where events are posted to. Private addresses are refused unless the operator allows them. */
  @IsWebhookUrl()
  @ApiProperty({ type: String, format: 'uri', maxLength: 2000, example: 'https://hooks.example.com/airt' })
  url!: string;

  @IsOptional()
  @IsString()
  @MaxLength(300)
  @IsPrintable()
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 300, example: 'Ticket system' })
  description?: string | null;

  /** Only events of these types; all of them when empty or absent. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsIn(publicEventTypes, { each: true })
  @ApiPropertyOptional({ enum: publicEventTypes, isArray: true, default: [], example: ['report.completed.v1'] })
  event_types?: PublicEventType[] | null;

  @IsOptional()
  @IsBoolean()
  @ApiPropertyOptional({ type: Boolean, default: true })
  enabled?: boolean;
}

/** What is absent stays as it is. */
export class UpdateWebhookRequest {
  @ValidateIf((_, value) => value !== undefined)
  @IsWebhookUrl()
  @ApiPropertyOptional({ type: String, format: 'uri', maxLength: 2000, example: 'https://hooks.example.com/airt' })
  url?: string;

  @IsOptional()
  @IsString()
  @MaxLength(300)
  @IsPrintable()
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 300, example: 'Ticket system' })
  description?: string | null;

  @ValidateIf((_, value) => value !== undefined)
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsIn(publicEventTypes, { each: true })
  @ApiPropertyOptional({ enum: publicEventTypes, isArray: true, example: ['report.completed.v1'] })
  event_types?: PublicEventType[];

  @ValidateIf((_, value) => value !== undefined)
  @IsBoolean()
  @ApiPropertyOptional({ type: Boolean, example: true })
  enabled?: boolean;
}
