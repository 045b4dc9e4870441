import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, type ApiPropertyOptions, getSchemaPath } from '@nestjs/swagger';
import { type ClassConstructor, plainToInstance, Transform, type TransformFnParams } from 'class-transformer';
import { IsIn, ValidateNested } from 'class-validator';

type Classes = Readonly<Record<string, ClassConstructor<object>>>;

/**
 * A property that holds one of several classes, told apart by the field `discriminator`; `each` for a list of them.
 * An unknown one is reported at that field alone: `["components", 3, "type"]`.
 */
export function OneOf(
  discriminator: string,
  classes: Classes,
  options: { readonly each?: boolean; readonly api?: ApiPropertyOptions } = {},
): PropertyDecorator {
  const unknown = unknownClass(discriminator, Object.keys(classes));
  const instanceOf = (value: unknown, { options: transformOptions }: TransformFnParams): unknown => {
    const name: unknown = isObject(value) ? value[discriminator] : undefined;
    const known = typeof name === 'string' && Object.hasOwn(classes, name) ? classes[name] : undefined;
    return known
      ? plainToInstance(known, value, transformOptions)
      : Object.assign(new unknown(), { [discriminator]: name });
  };
  const each = options.each ?? false;
  const schema = {
    oneOf: [...new Set(Object.values(classes))].map((one) => ({ $ref: getSchemaPath(one) })),
    discriminator: {
      propertyName: discriminator,
      mapping: Object.fromEntries(Object.entries(classes).map(([name, one]) => [name, getSchemaPath(one)])),
    },
  };
  return applyDecorators(
    // The raw value is read: what the transformer made of it without knowing a class is of no use.
    Transform((params) => {
      const value = (params.obj as Record<string, unknown>)[params.key];
      if (each) return Array.isArray(value) ? value.map((item) => instanceOf(item, params)) : value;
      return value === null || value === undefined ? value : instanceOf(value, params);
    }),
    ValidateNested({ each }),
    extraModels(Object.values(classes)),
    ApiProperty({ ...(each ? { type: 'array', items: schema } : schema), ...options.api }),
  );
}

/** The document looks for them at the class, where a decorator of a property does not put them by itself. */
function extraModels(models: readonly ClassConstructor<object>[]): PropertyDecorator {
  return (target) => {
    ApiExtraModels(...new Set(models))(target.constructor);
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Holds the field that tells nothing, so that validation complains about it and about nothing else. */
function unknownClass(discriminator: string, names: readonly string[]): ClassConstructor<object> {
  class Unknown {}
  IsIn(names)(Unknown.prototype, discriminator);
  return Unknown;
}
