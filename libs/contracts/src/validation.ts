import { applyDecorators } from '@nestjs/common';
import { IsString, Length, Matches, MaxLength } from 'class-validator';
import { printable, slugForm, storable } from '#domain';

export const IsPrintable = ({ each = false } = {}): PropertyDecorator =>
  Matches(printable, { each, message: '$property must not hold control characters' });

export const IsStorable = ({ each = false } = {}): PropertyDecorator =>
  Matches(storable, { each, message: `${each ? 'each value of ' : ''}$property must not hold NUL or lone surrogates` });

/** A name in paths. */
export const IsSlug = (): PropertyDecorator =>
  applyDecorators(
    IsString(),
    Matches(slugForm, { message: 'slug must be 1 to 63 of a-z, 0-9 and "-", not starting with "-"' }),
  );

/** A name for people. */
export const IsName = (longest = 120): PropertyDecorator =>
  applyDecorators(IsString(), Length(1, longest), IsPrintable());

/** A text for people, of several lines if they like. */
export const IsText = (longest: number): PropertyDecorator =>
  applyDecorators(IsString(), MaxLength(longest), IsStorable());
