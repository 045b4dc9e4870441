import { slugOf } from './category-slugs.ts';
import { severityBands } from './metrics.ts';
import { severities, type Severity } from './vocabulary.ts';

/** A severity for each band of the score, highest band first. */
type PolicyRow = readonly [Severity, Severity, Severity, Severity, Severity];

/** How the severities of one assessment follow from scores and categories; every part may be left out. */
export interface SeverityPolicy {
  /** Lower bounds of the five bands, 0 to 1, descending. */
  readonly thresholds?: readonly [number, number, number, number, number];
  /** Category or goal category to its row. */
  readonly matrix?: Readonly<Record<string, PolicyRow>>;
  /** For categories that the matrix lacks. */
  readonly default_row?: PolicyRow;
}

/** A policy with every part in place, as the database applies it. */
export interface CompletePolicy {
  readonly thresholds: readonly number[];
  readonly matrix: Readonly<Record<string, PolicyRow>>;
  readonly default_row: PolicyRow;
}

export interface PolicyFault {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
}

const mostCategories = 500;
const known = ['thresholds', 'matrix', 'default_row'];

/** What is wrong with a value that should be a policy; empty when nothing is. */
export function policyFaults(value: unknown): readonly PolicyFault[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ loc: [], msg: 'must be an object' }];
  const policy = value as Readonly<Record<string, unknown>>;
  const faults: PolicyFault[] = Object.keys(policy)
    .filter((key) => !known.includes(key))
    .map((key) => ({ loc: [key.slice(0, 100)], msg: 'is not part of a severity policy' }));
  const { thresholds, matrix, default_row: defaultRow } = policy;
  if (thresholds !== undefined && thresholds !== null && !areThresholds(thresholds)) {
    faults.push({ loc: ['thresholds'], msg: 'must be five numbers from 1 to 0, none greater than the one before it' });
  }
  if (defaultRow !== undefined && defaultRow !== null && !isRow(defaultRow))
    faults.push({ loc: ['default_row'], msg: notARow });
  if (matrix !== undefined && matrix !== null) faults.push(...matrixFaults(matrix));
  return faults;
}

/** The policy that a stored value says, completed; null when it says none. */
export function completePolicy(value: unknown): CompletePolicy | null {
  if (value === null || value === undefined || policyFaults(value).length > 0) return null;
  const policy = value as SeverityPolicy;
  return {
    thresholds: policy.thresholds ?? severityBands.map(([, from]) => from),
    // By the words of the source and by ours.
    matrix: Object.fromEntries(
      Object.entries(policy.matrix ?? {}).flatMap(([category, row]) => [
        [slugOf(category), row],
        [category, row],
      ]),
    ),
    default_row: policy.default_row ?? severities,
  };
}

const notARow = `must be five severities, of ${severities.join(', ')}`;

function areThresholds(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === severityBands.length &&
    value.every(
      (bound: unknown, place) =>
        typeof bound === 'number' && bound >= 0 && bound <= 1 && (place === 0 || bound <= Number(value[place - 1])),
    )
  );
}

const isRow = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length === severityBands.length &&
  value.every((severity) => severities.includes(severity as Severity));

function matrixFaults(matrix: unknown): PolicyFault[] {
  if (typeof matrix !== 'object' || matrix === null || Array.isArray(matrix)) {
    return [{ loc: ['matrix'], msg: 'must be an object of rows by category' }];
  }
  const entries = Object.entries(matrix);
  if (entries.length > mostCategories)
    return [{ loc: ['matrix'], msg: `must name at most ${mostCategories} categories` }];
  return entries
    .filter(([category, row]) => category.length > 300 || category.includes('\0') || !isRow(row))
    .map(([category]) => ({ loc: ['matrix', category.slice(0, 100)], msg: notARow }));
}
