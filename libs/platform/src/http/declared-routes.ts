import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import type { Scope } from '#contracts';
import { accessMetadata, type AccessPlace, accessPlaceMetadata } from './access.ts';

/** A route as its controller declares it. */
export interface DeclaredRoute {
  /** `GET`, `POST`, … */
  readonly method: string;
  /** As Nest writes it, from the root: `/api/v1/org/:org`. */
  readonly path: string;
  readonly controller: Type;
  /** Name of the handler in the controller. */
  readonly name: string;
  /** Null when it declares nothing; then it must not be served. */
  readonly needs: 'public' | { readonly scope: Scope; readonly of: AccessPlace } | null;
}

/** Every route of the application, from the controllers themselves: none has to be listed anywhere. */
export function declaredRoutes(modules: ModulesContainer): readonly DeclaredRoute[] {
  return [...modules.values()].flatMap((module) =>
    [...module.controllers.values()].flatMap(({ metatype }) =>
      typeof metatype === 'function' ? routesOf(metatype as Type) : [],
    ),
  );
}

/** `POST /api/v1/org (CreateOrganizationController.create)`, for whoever has to mend it. */
export const describeRoute = ({ method, path, controller, name }: Omit<DeclaredRoute, 'needs'>): string =>
  `${method} ${path} (${controller.name}.${name})`;

function routesOf(controller: Type): DeclaredRoute[] {
  return methodsOf(controller).flatMap((name) => {
    const handler: unknown = (controller.prototype as Record<string, unknown>)[name];
    if (typeof handler !== 'function') return [];
    const method: unknown = Reflect.getMetadata('method', handler);
    if (typeof method !== 'number') return [];
    const needs = needsOf(handler, controller);
    return pathsOf(controller).flatMap((above) =>
      pathsOf(handler).map((below) => ({
        method: RequestMethod[method] ?? '',
        path: `/${[...above.split('/'), ...below.split('/')].filter((part) => part !== '').join('/')}`,
        controller,
        name,
        needs,
      })),
    );
  });
}

/** Own and inherited. */
function methodsOf(controller: Type): string[] {
  const names = new Set<string>();
  for (
    let prototype: unknown = controller.prototype;
    typeof prototype === 'object' && prototype !== null && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as unknown
  ) {
    for (const name of Object.getOwnPropertyNames(prototype)) if (name !== 'constructor') names.add(name);
  }
  return [...names];
}

/** The handler's own word counts before that of its class, as it does for the guard. */
function needsOf(handler: object, controller: object): DeclaredRoute['needs'] {
  const said = (key: string): unknown => Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller);
  const scope = said(accessMetadata) as Scope | 'public' | undefined;
  if (scope === undefined) return null;
  return scope === 'public'
    ? scope
    : { scope, of: (said(accessPlaceMetadata) as AccessPlace | undefined) ?? 'workspace' };
}

const pathsOf = (target: object): string[] =>
  [Reflect.getMetadata('path', target) as string | string[] | undefined].flat().map((path) => path ?? '');
