import { type INestApplication, type PipeTransform, type Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { ModulesContainer } from '@nestjs/core';
import { type DeclaredRoute, declaredRoutes, describeRoute, UuidParam } from '#platform';

/** What the code says of a route beyond what the Swagger module reads. */
export interface Route {
  readonly needs: NonNullable<DeclaredRoute['needs']>;
  /** Path parameters that are read as UUIDs: any other value is not found. */
  readonly uuids: ReadonlySet<string>;
  /** Class of the query parameters. */
  readonly query: Type<unknown> | undefined;
}

interface Argument {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes: readonly (Type<PipeTransform> | PipeTransform)[];
}

/** All routes by `get /api/v1/org/{org}`. */
export const routesOf = (app: INestApplication): ReadonlyMap<string, Route> =>
  new Map(
    declaredRoutes(app.get(ModulesContainer)).map((declared) => [
      routeKey(declared.method, declared.path),
      routeOf(declared),
    ]),
  );

function routeOf(declared: DeclaredRoute): Route {
  const { needs, controller, name } = declared;
  // The boot refuses such a route as well; the document must not call it public.
  if (needs === null) throw new Error(`${describeRoute(declared)} declares neither a scope nor that it is public.`);
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<string, Argument>;
  const prototype = controller.prototype as object;
  const types = (Reflect.getMetadata('design:paramtypes', prototype, name) ?? []) as Type<unknown>[];
  return { needs, uuids: uuidsOf(args), query: queryOf(args, types) };
}

function queryOf(args: Record<string, Argument>, types: readonly Type<unknown>[]): Type<unknown> | undefined {
  const found = Object.entries(args).find(
    ([kind, { data }]) => kind.startsWith(`${RouteParamtypes.QUERY}:`) && data === undefined,
  );
  return found && types[found[1].index];
}

function uuidsOf(args: Record<string, Argument>): ReadonlySet<string> {
  const read = Object.values(args).filter(({ pipes }) =>
    pipes.some((pipe) => pipe === UuidParam || pipe instanceof UuidParam),
  );
  return new Set(read.flatMap(({ data }) => (typeof data === 'string' ? [data] : [])));
}

/** As the document writes it: `:name` is `{name}`, no slash at the end. */
export function routeKey(method: string, path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  const written = parts.map((part) => (part.startsWith(':') ? `{${part.slice(1)}}` : part)).join('/');
  return `${method.toLowerCase()} /${written}`;
}
