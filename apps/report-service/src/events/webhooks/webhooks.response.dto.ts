import { ApiProperty } from '@nestjs/swagger';
import { publicEventTypes } from '#contracts';

/** A subscription of a URL to events of the organization. */
export class WebhookResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, format: 'uri', maxLength: 2000, example: 'https://hooks.example.com/airt' })
  url!: string;

  @ApiProperty({ type: String, nullable: true, maxLength: 300, example: 'Ticket system' })
  description!: string | null;

  /** Empty: every event. */
  @ApiProperty({ enum: publicEventTypes, isArray: true, example: ['report.completed.v1'] })
  event_types!: string[];

  enabled!: boolean;

  /** Why we switched it off: `gone` after its receiver answered 410, `timeouts` after it had not answered for a day. */
  @ApiProperty({ type: String, enum: ['gone', 'timeouts', null], nullable: true, example: null })
  disabled_reason!: string | null;

  created_at!: Date;

  updated_at!: Date;
}

export class WebhookWithSecretResponse extends WebhookResponse {
  /** Signs every delivery, by Standard Webhooks. Shown now and never again. */
  @ApiProperty({
    type: String,
    pattern: '^whsec_',
    maxLength: 100,
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  })
  secret!: string;
}

export class WebhookListResponse {
  @ApiProperty({ type: () => [WebhookResponse] })
  webhooks!: WebhookResponse[];
}
