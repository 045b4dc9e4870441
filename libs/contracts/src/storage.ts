import type { Readable } from 'node:stream';
import { Command, Query } from '@nestjs/cqrs';
import type { ReportFormat } from '#domain';
import type { ProjectRef } from './project-ref.ts';

/** Where an artifact of a build lies. The key holds the attempt, so a late attempt cannot overwrite the winner. */
export interface ArtifactRef {
  readonly organizationId: string;
  readonly workspaceId: string;
  readonly buildId: string;
  readonly attempt: number;
  readonly format: ReportFormat;
}

export interface StoredArtifact {
  readonly objectKey: string;
  readonly sizeBytes: number;
  /** Hex, computed by us on the way; an ETag is no hash. */
  readonly sha256: string;
}

/** Notes where an artifact will lie, before there is anything there. Refused when nothing of the build is wanted any more. */
export class ReserveArtifact extends Command<void> {
  constructor(readonly artifact: ArtifactRef) {
    super();
  }
}

/** Streams a reserved artifact to the store and checks that what arrived has its size. Takes no connection to the database. */
export class StoreArtifact extends Command<StoredArtifact> {
  constructor(
    readonly artifact: ArtifactRef,
    readonly bytes: Readable,
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

/** Notes that an artifact was stored; removes it again and fails when nothing of the build is wanted any more. */
export class ConfirmArtifact extends Command<void> {
  constructor(
    readonly artifact: ArtifactRef,
    readonly stored: StoredArtifact,
  ) {
    super();
  }
}

/** Removes what the attempts of a build stored, but the object to keep. Safe to repeat. */
export class DeleteArtifacts extends Command<void> {
  constructor(
    readonly buildId: string,
    readonly keep: string | null,
  ) {
    super();
  }
}

/**
 * Notes for good that of a build nothing is wanted any more but the object to keep, and removes the rest as soon as the
 * store answers. Needs Postgres alone; a later upload of the build is refused. Safe to repeat.
 */
export class DiscardArtifacts extends Command<void> {
  constructor(
    readonly organizationId: string,
    readonly buildId: string,
    readonly keep: string | null,
  ) {
    super();
  }
}

/** Looks, aside and soon, whether an object is still there; `NoteMissingArtifact` follows when it is not. Never waits. */
export class LookForArtifact extends Command<void> {
  constructor(
    readonly buildId: string,
    readonly objectKey: string,
  ) {
    super();
  }
}

/** A signed GET of one object, without a call to the store. */
export class SignArtifactUrl extends Query<{ readonly url: string; readonly expiresAt: Date }> {
  constructor(
    readonly objectKey: string,
    readonly downloadName: string,
  ) {
    super();
  }
}

/** Checks a PNG, writes it anew without what is not picture, and keeps it; answers its id, the same for the same picture. */
export class StoreImage extends Command<string> {
  constructor(
    readonly project: ProjectRef,
    /** Template that it belongs to; null: for builds without one. */
    readonly templateId: string | null,
    readonly png: Uint8Array,
  ) {
    super();
  }
}

/** Which of these ids are images of the organization; a question for the database alone. */
export class FindImages extends Query<ReadonlySet<string>> {
  constructor(
    readonly organizationId: string,
    readonly ids: readonly string[],
  ) {
    super();
  }
}

/** Bytes of an image, if it is the organization's and the store has it. Asks the store: never inside a transaction. */
export class ReadImage extends Query<Uint8Array | null> {
  constructor(
    readonly organizationId: string,
    readonly id: string,
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

/** Notes for good that no image of a project is wanted any more, and removes them as soon as the store answers. Needs Postgres alone. Safe to repeat. */
export class DeleteImages extends Command<void> {
  constructor(readonly project: Pick<ProjectRef, 'organizationId' | 'projectId'>) {
    super();
  }
}
