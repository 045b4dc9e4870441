import { Inject, Injectable } from '@nestjs/common';
import { BackgroundLoop, changedRows, CONFIG, type Config, Database } from '#platform';
import { ObjectStore } from '../object-store.ts';

/** While one process removes a picture no other takes it; one that could not be removed comes again after it. */
const claimSeconds = 60;

/** Removes pictures that are wanted no more, however long the store is away. Any number may run at once. */
@Injectable()
export class SweepImages extends BackgroundLoop {
  constructor(
    private readonly database: Database,
    private readonly store: ObjectStore,
    @Inject(CONFIG) config: Config,
  ) {
    super(config.builds.sweepSeconds * 1_000, 'sweep of discarded pictures interrupted; the next one goes on');
  }

  protected async run(): Promise<boolean> {
    if (this.stopping || !(await this.database.finds('select from storage.image where discard_at <= now()')))
      return false;
    const [image] = await this.database.background((tx) =>
      changedRows<{ object_key: string }>(
        tx,
        `update storage.image set discard_at = now() + make_interval(secs => $1)
         where object_key = (select object_key from storage.image where discard_at <= now()
           order by discard_at limit 1 for update skip locked)
         returning object_key`,
        [claimSeconds],
      ),
    );
    if (!image) return false;
    // Object first: a crash in between leaves a row whose object is gone, which the next run forgets.
    await this.store.remove(image.object_key);
    await this.database.across('delete from storage.image where object_key = $1', [image.object_key]);
    return true;
  }
}
