import { Query } from '@nestjs/cqrs';
import type { FindingsFilter, RowOf, RowSource } from '#domain';
import type { ProjectRef } from './project-ref.ts';
import type { Snapshot } from './snapshot.ts';

/** Imports committed by now, oldest first: what a build accepted now may read. */
export class TakeWatermark extends Query<readonly string[]> {
  constructor(
    readonly project: ProjectRef,
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/** Which rows of a project a section reads. The same request counts at preflight and streams at render. */
export interface RowRequest {
  readonly filter: FindingsFilter;
  readonly frameworks: readonly string[];
  readonly includeAdversarial: boolean;
  /** Import ids; rows of any other import are invisible. */
  readonly watermark: readonly string[];
  /** Only these assessments, whatever their status; all completed ones without it. */
  readonly assessmentIds?: readonly string[];
  /** All targets as one, for the documented figures of an assessment. */
  readonly pooled?: true | undefined;
  /** Findings without the texts and scores of their trials, for a reading that prints none of them. */
  readonly headsOnly?: true;
}

/** Rows of a source, in a snapshot, as async batches. One SQL text serves this and `CountRows`. */
export class StreamRows<S extends RowSource = RowSource> extends Query<AsyncIterable<readonly RowOf<S>[]>> {
  constructor(
    readonly project: ProjectRef,
    readonly source: S,
    readonly request: RowRequest,
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/** Number of rows of each source, by the same SQL that `StreamRows` reads. */
export class CountRows extends Query<ReadonlyMap<RowSource, number>> {
  constructor(
    readonly project: ProjectRef,
    readonly sources: readonly RowSource[],
    readonly request: RowRequest,
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/** Which of the sources have a row at all, by the conditions that `CountRows` counts with; none is read to its end. */
export class HasRows extends Query<ReadonlySet<RowSource>> {
  constructor(
    readonly project: ProjectRef,
    readonly sources: readonly RowSource[],
    readonly request: RowRequest,
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/** Rows of `findings` that meet exactly these of several constraints: `passed` has a boolean for each, in their order. */
export interface ConstraintPattern {
  readonly passed: readonly boolean[];
  readonly rows: number;
}

/**
 * How many runs meet which of the constraints, each a filter of one field: one scan tells the count of every combination.
 * The filter of the request plays no part; finding types do only where a constraint names them.
 */
export class CountByConstraint extends Query<readonly ConstraintPattern[]> {
  constructor(
    readonly project: ProjectRef,
    readonly constraints: readonly FindingsFilter[],
    readonly request: RowRequest,
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/** Fields of a filter that constrain; `include_undated_assessments` belongs to the dates. */
export type ConstraintField = Exclude<keyof FindingsFilter, 'include_undated_assessments'>;

/** The value of one field that the rows of a request meet most nearly; null when no value of it keeps a row. */
export class FindNearestValue extends Query<string | number | readonly string[] | null> {
  constructor(
    readonly project: ProjectRef,
    readonly field: ConstraintField,
    readonly request: RowRequest,
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}

/** Identity of the data behind a watermark, free of ids and of the clock. */
export interface DataDescription {
  /** Latest time that the data of the report themselves name, ISO 8601; null when they name none. */
  readonly asOf: string | null;
  /** Hash over every stored value that a report can print. */
  readonly fingerprint: string;
}

/** What a watermark holds, in a form that is the same wherever the same data are. */
export class DescribeData extends Query<DataDescription> {
  constructor(
    readonly project: ProjectRef,
    readonly watermark: readonly string[],
    readonly snapshot: Snapshot,
  ) {
    super();
  }
}
