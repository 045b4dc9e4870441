import { ApiProperty } from '@nestjs/swagger';

/** The process runs. */
export class LiveResponse {
  @ApiProperty({ enum: ['live'] })
  status!: 'live';
}

/** Whether every part that requests need answers. */
export class ReadyResponse {
  @ApiProperty({ enum: ['ready', 'not_ready'] })
  status!: string;

  /** Part to whether it answers. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'boolean' }, maxProperties: 20 })
  parts!: Readonly<Record<string, boolean>>;
}
