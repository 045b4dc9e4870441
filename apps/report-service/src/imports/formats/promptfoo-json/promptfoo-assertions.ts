import { asList, asName, asRecord, type JsonRecord } from '../reading/json-value.ts';

/** Kinds of assertion of one row that are kept. */
const keptKinds = 50;
/** A grading may hold gradings; nobody nests them deeper. */
const deepest = 8;

/** What judged a row: assertions that are conditions of one test, whose verdict is the row's. */
export interface Assertions {
  /** Kinds that gave a verdict, each once: `contains`, `llm-rubric`. Where no grading names any, those that were asked. */
  readonly judges: readonly string[];
  /** A plugin that the row names in its assertion alone: `promptfoo:redteam:harmful:hate`. */
  readonly plugin: string | undefined;
  /** Nothing was checked. */
  readonly none: boolean;
  /** All that failed is the grader itself. */
  readonly graderFailed: boolean;
}

/** `asked`: the assertions of the test, which are there where a file was stripped of its gradings. */
export function readAssertions(grading: JsonRecord | undefined, asked: unknown): Assertions {
  const leaves = leavesOf(grading, 0);
  const graded = kindsOf(leaves);
  const kinds =
    graded.length > 0
      ? graded
      : kindsOf(
          asList(asked)
            .slice(0, keptKinds)
            .map((assertion) => ({ assertion })),
        );
  const failed = leaves.filter(({ pass }) => pass === false);
  return {
    judges: graded.length > 0 ? kindsOf(leaves.filter(gaveVerdict)) : kinds,
    plugin: kinds.flatMap((kind) => /^promptfoo:redteam:(.+)$/.exec(kind)?.[1] ?? [])[0],
    none: nothingAsked(grading),
    graderFailed: isGraderError(grading) || (failed.length > 0 && failed.every(isGraderError)),
  };
}

/** promptfoo says so in words; a grading of nothing says it too. */
function nothingAsked(grading: JsonRecord | undefined): boolean {
  const reason = asName(grading?.['reason']);
  if (reason !== undefined) return /^no assertions?\b/i.test(reason);
  const components = grading?.['componentResults'];
  return Array.isArray(components) && components.length === 0 && asRecord(grading?.['assertion']) === undefined;
}

const kindsOf = (gradings: readonly JsonRecord[]): readonly string[] =>
  [...new Set(gradings.flatMap((grading) => kindOf(grading) ?? []))].slice(0, keptKinds);

/** Gradings without gradings below them. */
function leavesOf(grading: JsonRecord | undefined, depth: number): readonly JsonRecord[] {
  if (grading === undefined) return [];
  const below = depth < deepest ? asList(grading['componentResults']).map(asRecord) : [];
  const leaves = below.flatMap((component) => leavesOf(component, depth + 1));
  return leaves.length > 0 ? leaves : [grading];
}

function kindOf(leaf: JsonRecord): string | undefined {
  const { type, metric } = asRecord(leaf['assertion']) ?? {};
  return asName(type) ?? asName(metric);
}

const gaveVerdict = (leaf: JsonRecord): boolean => !isGraderError(leaf) && typeof leaf['pass'] === 'boolean';

const isGraderError = (grading: JsonRecord | undefined): boolean =>
  asRecord(grading?.['metadata'])?.['graderError'] === true;
