import { ApiProperty } from '@nestjs/swagger';
import { deliveryStatuses } from '#contracts';

/** One event on its way to one webhook. */
export class DeliveryResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  event_id!: string;

  @ApiProperty({ type: String, example: 'report.completed.v1' })
  event_type!: string;

  /** `failed`: given up after ten attempts in three days, or the receiver answered 410. `cancelled`: the webhook was switched off. */
  @ApiProperty({ type: String, enum: deliveryStatuses })
  status!: string;

  @ApiProperty({ type: 'integer' })
  attempts!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  next_attempt_at!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  delivered_at!: Date | null;

  /** Status of the last answer; null when there was none. */
  @ApiProperty({ type: 'integer', nullable: true, example: 200 })
  last_status!: number | null;

  /** Why the last attempt failed. `refused_address`: the name leads to a private address; `interrupted`: by a fault of ours. */
  @ApiProperty({
    type: String,
    enum: ['timeout', 'refused_address', 'connection', 'status', 'invalid_url', 'interrupted', null],
    nullable: true,
    example: null,
  })
  last_error!: string | null;

  created_at!: Date;
}

export class DeliveryListResponse {
  @ApiProperty({ type: () => [DeliveryResponse] })
  deliveries!: DeliveryResponse[];
}
