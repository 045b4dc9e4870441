import { absent, type Caller, type Fixture, MARKER, type Place } from './fixture.ts';
import { documented, type Route } from './routes.ts';

export interface Violation {
  readonly what: string;
  readonly saw: number;
  readonly expected: string;
}

interface Cell {
  readonly route: Route;
  readonly caller: Caller;
  readonly relation: string;
  readonly place: Place;
  readonly objects: Readonly<Record<string, string>>;
  readonly expected: 'open' | 'passes' | 'refused' | 401 | 403 | 404;
}

export interface MatrixRun {
  readonly cells: number;
  readonly violations: readonly Violation[];
  /** Route and parameter for which the fixture has no object. */
  readonly unfilled: readonly string[];
}

/**
 * Every route by every caller on every kind of path. Those who must be refused come first, and `betweenTimes` may look
 * what they changed; then those who may, what they destroy last.
 */
export async function runMatrix(
  baseUrl: string,
  routes: readonly Route[],
  fixture: Fixture,
  betweenTimes: () => Promise<void> = () => Promise.resolve(),
): Promise<MatrixRun> {
  const unfilled: string[] = [];
  const cells: Cell[] = [];
  for (const route of routes) cells.push(...(await cellsOf(route, fixture, unfilled)));
  const violations: Violation[] = [];
  const passing = ({ expected }: Cell): boolean => expected === 'passes' || expected === 'open';
  await inParallel(
    cells.filter((cell) => !passing(cell)),
    6,
    async (cell) => {
      violations.push(...judge(cell, await send(baseUrl, cell)));
    },
  );
  await betweenTimes();
  const allowed = cells.filter(passing);
  await inParallel(
    allowed.filter(({ route }) => route.method !== 'DELETE'),
    6,
    async (cell) => {
      violations.push(...judge(cell, await send(baseUrl, cell)));
    },
  );
  // The deepest first: nobody deletes a project before what is in it. Each finds a row made for it.
  const deletes = allowed.filter(({ route }) => route.method === 'DELETE');
  deletes.sort((a, b) => b.route.path.split('/').length - a.route.path.split('/').length);
  for (const cell of deletes) {
    const fresh = await fixture.freshFor(cell.route.path);
    const { project = cell.place.project, workspace = cell.place.workspace, ...objects } = fresh;
    const answer = await send(baseUrl, { ...cell, objects, place: { ...cell.place, project, workspace } });
    violations.push(...judge(cell, answer));
    if (answer.status < 200 || answer.status > 299) {
      const what = `${documented(cell.route)} by ${cell.caller.name}`;
      violations.push({ what, saw: answer.status, expected: 'the fresh row is deleted' });
    }
  }
  return { cells: cells.length, violations, unfilled };
}

async function cellsOf(route: Route, fixture: Fixture, unfilled: string[]): Promise<Cell[]> {
  const objectsOf = async (place: Place): Promise<Record<string, string>> => {
    const found: Record<string, string> = {};
    for (const name of route.objects) {
      const object = await fixture.objectOf(place, name);
      if (object === null) unfilled.push(`${documented(route)}: ${name}`);
      found[name] = object ?? absent();
    }
    return found;
  };
  const { own, sibling, otherWorkspace, otherOrganization, callers } = fixture;
  const names = (part: keyof Place): boolean => route.path.split('/').includes(`:${part}`);
  const variants: { relation: string; place: Place; objects: Record<string, string>; foreign?: boolean }[] = [
    { relation: 'own', place: own, objects: await objectsOf(own) },
  ];
  if (names('org')) {
    variants.push({
      relation: 'other organization',
      place: otherOrganization,
      objects: await objectsOf(otherOrganization),
    });
  }
  if (names('workspace')) {
    variants.push(
      { relation: 'other workspace', place: otherWorkspace, objects: await objectsOf(otherWorkspace) },
      {
        relation: 'other organization’s workspace',
        place: { ...own, workspace: 'vault' },
        objects: await objectsOf(own),
      },
    );
  }
  // A subject is a name that every organization may know: there is nobody else's to borrow.
  if (names('org') && route.objects.some((name) => name !== 'subject')) {
    variants.push({
      relation: 'other organization’s object',
      place: own,
      objects: await objectsOf(otherOrganization),
      foreign: true,
    });
  }
  if (names('project') && route.objects.length > 0) {
    variants.push({ relation: 'other project’s object', place: own, objects: await objectsOf(sibling), foreign: true });
  }
  return variants.flatMap(({ relation, place, objects, foreign = false }) =>
    callers.flatMap((caller): Cell[] => {
      const guarded = expectation(route, caller, place);
      const expected = guarded === 'passes' && foreign ? 'refused' : guarded;
      // What may be done elsewhere is not this matrix's question, and would change what must stay.
      if (expected === 'passes' && relation !== 'own') return [];
      return [{ route, caller, relation, place, objects, expected }];
    }),
  );
}

/** What roles and scopes promise: docs/access.md, said once more and independently of the guard. */
function expectation({ needs, path }: Route, { may }: Caller, place: Place): 'open' | 'passes' | 401 | 403 | 404 {
  if (needs === 'public' || needs === null) return 'open';
  if (!may) return 401;
  if (needs.of === 'caller') return 'passes';
  if (needs.of === 'installation') return may.operator ? 'passes' : 403;
  if (may.org !== place.org) return 404;
  const known = { demo: ['red-team', 'blue-team'], rival: ['vault'] }[place.org] ?? [];
  const inWorkspace = known.includes(place.workspace)
    ? (may.workspaces[place.workspace] ?? may.workspaces['*'])
    : undefined;
  if (path.includes(':workspace') && !inWorkspace) return 404;
  const held = needs.of === 'workspace' ? (inWorkspace ?? []) : may.organization;
  return held.includes(needs.scope) ? 'passes' : 403;
}

function judge({ route, caller, relation, place, expected }: Cell, { status, text }: Answer): Violation[] {
  const what = `${documented(route)} by ${caller.name}, ${relation}`;
  const found: Violation[] = [];
  if (!holds(expected, status)) found.push({ what, saw: status, expected: String(expected) });
  if (caller.may?.org !== 'rival' && text.includes(MARKER)) {
    found.push({ what: `${what} (${place.org})`, saw: status, expected: 'no word of the other organization' });
  }
  return found;
}

function holds(expected: Cell['expected'], status: number): boolean {
  if (expected === 'open') return status !== 401 && status !== 403;
  // A body of no use is refused before anybody looks for the object.
  if (expected === 'refused') return status === 404 || status === 400 || status === 415;
  if (expected === 'passes') return status !== 401 && status !== 403 && status !== 404 && status < 500;
  return status === expected;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function send(baseUrl: string, { route, caller, place, objects }: Cell): Promise<Answer> {
  const values: Readonly<Record<string, string>> = { ...objects, ...place };
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
  const response = await fetch(`${baseUrl}${path}`, {
    method: route.method,
    headers: {
      ...(caller.token === null ? {} : { Authorization: `Bearer ${caller.token}` }),
      ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(hasBody ? { body: '{}' } : {}),
    signal: AbortSignal.timeout(60_000),
  });
  return { status: response.status, text: await response.text() };
}

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of rest) await work(item);
    }),
  );
}
