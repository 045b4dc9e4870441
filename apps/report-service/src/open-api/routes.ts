import { type INestApplication, type PipeTransform, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { ModulesContainer } from '@nestjs/core';
import { accessMetadata, accessPlaceMetadata, UuidParam } from '#platform';

/** What the code says of a route beyond what the Swagger module reads. */
export interface Route {
  /** Scope that `@Access` names; null for `@Public()`. */
  readonly scope: string | null;
  /** What the scope is of. */
  readonly place: string;
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

/** All routes by `get /api/v1/org/{org}`, from the controllers themselves: none has to be listed anywhere. */
export function routesOf(app: INestApplication): Map<string, Route> {
  const routes = new Map<string, Route>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype === 'function') addRoutes(metatype as Type<unknown>, routes);
    }
  }
  return routes;
}

function addRoutes(controller: Type<unknown>, routes: Map<string, Route>): void {
  const prototype = controller.prototype as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const handler = prototype[name];
    if (name === 'constructor' || typeof handler !== 'function') continue;
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) continue;
    const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<string, Argument>;
    const types = (Reflect.getMetadata('design:paramtypes', prototype, name) ?? []) as Type<unknown>[];
    const route: Route = {
      scope: scopeOf(Reflect.getMetadata(accessMetadata, handler) ?? Reflect.getMetadata(accessMetadata, controller)),
      place: placeOf(Reflect.getMetadata(accessPlaceMetadata, handler)),
      uuids: uuidsOf(args),
      query: queryOf(args, types),
    };
    for (const above of pathsOf(controller)) {
      for (const below of pathsOf(handler)) routes.set(routeKey(RequestMethod[method], `${above}/${below}`), route);
    }
  }
}

function scopeOf(access: unknown): string | null {
  if (access === 'public') return null;
  if (typeof access === 'string') return access;
  const scope = typeof access === 'object' && access !== null && 'scope' in access ? access.scope : undefined;
  // The boot refuses such a route as well; the document must not call it public.
  if (typeof scope !== 'string') throw new Error('A route declares neither a scope nor that it is public.');
  return scope;
}

const placeOf = (place: unknown): string => (typeof place === 'string' ? place : 'workspace');

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

const pathsOf = (target: object): string[] =>
  [Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined].flat().map((path) => path ?? '');

/** As the document writes it: `:name` is `{name}`, no slash at the end. */
export function routeKey(method: string, path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  const written = parts.map((part) => (part.startsWith(':') ? `{${part.slice(1)}}` : part)).join('/');
  return `${method.toLowerCase()} /${written}`;
}
