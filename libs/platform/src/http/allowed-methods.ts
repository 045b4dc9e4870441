import { METHODS } from 'node:http';
import type { Request } from 'express';

interface RouterLayer {
  match(path: string): boolean;
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
}

/** Methods that the path takes, for `Allow`; empty when no route has the path at all. */
export function allowedMethods(request: Request): string[] {
  const { router } = request.app as unknown as { router?: { stack: readonly RouterLayer[] } };
  const methods = (router?.stack ?? [])
    .filter((layer) => layer.route !== undefined && matches(layer, request.path))
    .map((layer) => Object.keys(layer.route?.methods ?? {}).filter((method) => method !== '_all'))
    // What takes every method there is stands in front of all paths: middleware, no route.
    .filter((methods) => methods.length < METHODS.length / 2)
    .flat()
    .map((method) => method.toUpperCase());
  return [...new Set(methods)].sort();
}

function matches(layer: RouterLayer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    // A path that cannot be decoded is no route.
    return false;
  }
}
