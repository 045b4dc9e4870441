import type { Outcome } from '#domain';

import { asList, asName, asRecord, type JsonRecord } from '../reading/json-value.ts';
import { listNames } from '../reading/list-names.ts';

/** Kinds of assertion of one row that are kept. */
const keptKinds = 50;
/** A grading may hold gradings; nobody nests them deeper. */
const deepest = 8;

/** What judged a row: its kinds of assertion, each a judge of its own. */
export interface Assertions {
  /** `contains, llm-rubric`; undefined where the row names none. */
  readonly named: string | undefined;
  /** Outcome by each kind, where there are several. Of two assertions of a kind the one that failed counts. */
  readonly verdicts: Readonly<Record<string, Outcome>> | undefined;
  /** A plugin that the row names in its assertion alone: `promptfoo:redteam:harmful:hate`. */
  readonly plugin: string | undefined;
  /** Nothing was checked. */
  readonly none: boolean;
  /** All that failed is the grader itself. */
  readonly graderFailed: boolean;
}

/** `asked`: the assertions of the test, which are there where a file was stripped of its gradings. */
export function readAssertions(grading: JsonRecord | undefined, asked: unknown): Assertions {
  const verdicts = new Map<string, Outcome>();
  const leaves = leavesOf(grading, 0);
  for (const leaf of leaves) {
    const kind = kindOf(leaf);
    if (kind === undefined || (!verdicts.has(kind) && verdicts.size >= keptKinds)) continue;
    const outcome = outcomeOf(leaf);
    const known = verdicts.get(kind);
    if (known === undefined || order.indexOf(outcome) < order.indexOf(known)) verdicts.set(kind, outcome);
  }
  const kinds = verdicts.size > 0 ? [...verdicts.keys()] : kindsAsked(asked);
  const failed = leaves.filter(({ pass }) => pass === false);
  return {
    named: kinds.length > 0 ? listNames(kinds) : undefined,
    verdicts: verdicts.size > 1 ? Object.fromEntries(verdicts) : undefined,
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

const kindsAsked = (asked: unknown): readonly string[] => [
  ...new Set(
    asList(asked)
      .slice(0, keptKinds)
      .flatMap((assertion) => kindOf({ assertion }) ?? []),
  ),
];

const order: readonly Outcome[] = ['succeeded', 'resisted', 'not_assessed'];

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

function outcomeOf(leaf: JsonRecord): Outcome {
  if (isGraderError(leaf) || typeof leaf['pass'] !== 'boolean') return 'not_assessed';
  return leaf['pass'] ? 'resisted' : 'succeeded';
}

const isGraderError = (grading: JsonRecord | undefined): boolean =>
  asRecord(grading?.['metadata'])?.['graderError'] === true;
