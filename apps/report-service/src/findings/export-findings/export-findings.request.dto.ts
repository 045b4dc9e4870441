import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';

export class ExportFindingsQuery {
  /** Write `[REDACTED]` in place of goals, notes, prompts, responses, reasoning, triggers and turns. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  redact: boolean = false;
}
