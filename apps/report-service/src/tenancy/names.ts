import { applyDecorators } from '@nestjs/common';
import { IsString, Length, Matches, MaxLength } from 'class-validator';

/** A name in paths, as the database has it too. */
export const IsSlug = (): PropertyDecorator =>
  applyDecorators(
    IsString(),
    Matches(/^[a-z0-9][a-z0-9-]{0,62}$/, {
      message: 'slug must be 1 to 63 of a-z, 0-9 and "-", not starting with "-"',
    }),
  );

/** A name for people. */
export const IsName = (longest = 120): PropertyDecorator =>
  applyDecorators(
    IsString(),
    Length(1, longest),
    Matches(/^[^\p{Cc}\p{Cs}]*$/u, { message: '$property must not hold control characters' }),
  );

/** A text for people, of several lines if they like. */
export const IsText = (longest: number): PropertyDecorator =>
  applyDecorators(
    IsString(),
    MaxLength(longest),
    Matches(/^[^\0\p{Cs}]*$/u, { message: '$property must not hold NUL or lone surrogates' }),
  );
