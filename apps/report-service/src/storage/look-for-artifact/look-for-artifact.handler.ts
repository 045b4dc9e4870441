import { Logger } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LookForArtifact, NoteMissingArtifact } from '#contracts';
import { Clock } from '#platform';
import { ObjectStore } from '../object-store.ts';

/** An object that was there a moment ago is not looked for again. */
const freshMs = 30_000;
const remembered = 10_000;

/** More looks at once than this mean a store that hangs: further ones are left out. */
const atOnce = 4;

@CommandHandler(LookForArtifact)
export class LookForArtifactHandler implements ICommandHandler<LookForArtifact> {
  private readonly logger = new Logger('LookForArtifact');
  private readonly seen = new Map<string, number>();
  private looking = 0;

  constructor(
    private readonly store: ObjectStore,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  /** Answers at once: whoever asks for a build never waits for the store. */
  execute(command: LookForArtifact): Promise<void> {
    const now = this.clock.now().getTime();
    const last = this.seen.get(command.objectKey);
    if (this.looking >= atOnce || (last !== undefined && now - last < freshMs)) return Promise.resolve();
    this.seen.delete(command.objectKey);
    this.seen.set(command.objectKey, now);
    for (const key of this.seen.keys()) {
      if (this.seen.size <= remembered) break;
      this.seen.delete(key);
    }
    this.looking += 1;
    void this.look(command).finally(() => (this.looking -= 1));
    return Promise.resolve();
  }

  private async look({ buildId, objectKey }: LookForArtifact): Promise<void> {
    try {
      if ((await this.store.size(objectKey)) !== null) return;
      this.logger.warn({ buildId }, 'the object of a completed report is gone from the store');
      await this.commands.execute(new NoteMissingArtifact(buildId, objectKey));
    } catch (error) {
      // A store that does not answer says nothing about the object.
      this.seen.delete(objectKey);
      this.logger.warn({ buildId, err: error }, 'could not look for the object of a report');
    }
  }
}
