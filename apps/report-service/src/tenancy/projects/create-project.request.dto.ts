import { IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';

export class CreateProjectRequest {
  /** Name in the path: lower-case letters, digits and hyphens. */
  @IsString()
  @Matches(/^[a-z0-9][a-z0-9-]{0,62}$/, { message: 'slug must be 1 to 63 of a-z, 0-9 and "-", not starting with "-"' })
  slug!: string;

  /** Name in reports. */
  @IsString()
  @Length(1, 120)
  @Matches(/^[^\p{Cc}\p{Cs}]*$/u, { message: 'name must not hold control characters' })
  name!: string;

  /** What the project is about. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  @Matches(/^[^\0\p{Cs}]*$/u, { message: 'description must not hold NUL or lone surrogates' })
  description?: string;
}
