import { allowedMethods } from './allowed-methods.ts';

class Builds {}

const routes = (
  [
    ['POST', '/api/v1/org/:org/builds'],
    ['GET', '/api/v1/org/:org/builds'],
    ['GET', '/api/v1/org/:org/builds/:id'],
  ] as const
).map(([method, path]) => ({ method, path, controller: Builds, name: 'any', needs: null }));

it.each([
  ['/api/v1/org/acme/builds', ['GET', 'POST']],
  ['/api/v1/ORG/a%20b/builds/', ['GET', 'POST']],
  ['/api/v1/org/acme/builds/7', ['GET']],
  ['/api/v1/org/acme/builds/7/pages', []],
  ['/api/v1/org//builds', []],
])('%s takes %j', (path, methods) => {
  expect(allowedMethods(routes, path)).toEqual(methods);
});
