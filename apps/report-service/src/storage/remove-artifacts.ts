import { Injectable } from '@nestjs/common';
import { Database } from '#platform';
import { ObjectStore } from './object-store.ts';

interface ArtifactRow {
  readonly object_key: string;
  readonly stored: boolean;
}

/** Takes objects of a build out of the store, and forgets each once it is gone. */
@Injectable()
export class RemoveArtifacts {
  constructor(
    private readonly store: ObjectStore,
    private readonly database: Database,
  ) {}

  /**
   * Removes all objects of the build but `keep`; answers how many rows are left. Unless `unfinishedToo`, the row of an
   * upload that may still be under way stays, so that somebody looks again.
   */
  async of(buildId: string, keep: string | null, unfinishedToo: boolean): Promise<number> {
    const artifacts = await this.database.background((tx) =>
      tx.query<ArtifactRow[]>(
        `select object_key, stored_at is not null as stored from storage.artifact
         where build_id = $1 and object_key is distinct from $2`,
        [buildId, keep],
      ),
    );
    let left = 0;
    for (const { object_key, stored } of artifacts) {
      // Object first: a crash in between leaves a row whose object is gone, which the next call forgets.
      await this.store.remove(object_key);
      if (!stored && !unfinishedToo) left += 1;
      else
        await this.database.background((tx) =>
          tx.query('delete from storage.artifact where object_key = $1', [object_key]),
        );
    }
    return left;
  }
}
