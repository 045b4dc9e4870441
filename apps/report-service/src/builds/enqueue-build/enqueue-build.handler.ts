import { InjectQueue } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Queue } from 'bullmq';
import { AppError, EnqueueBuild } from '#contracts';
import { within } from '#platform';
import { buildQueue } from '../build-queue.ts';

/** How long a queue that does not answer may hold up the relay. */
const queueWaitMs = 5_000;

@CommandHandler(EnqueueBuild)
export class EnqueueBuildHandler implements ICommandHandler<EnqueueBuild> {
  private readonly logger = new Logger('BuildQueue');

  constructor(@InjectQueue(buildQueue) private readonly queue: Queue) {
    // Without a listener an error of an idle connection would end the process.
    queue.on('error', (error) => {
      this.logger.warn({ err: error }, 'queue trouble; accepted builds wait in the database');
    });
  }

  async execute({ buildId, attempt }: EnqueueBuild): Promise<void> {
    await within(queueWaitMs, this.wake(buildId, `${buildId}-${attempt}`), () => new AppError('queue_timeout'));
  }

  /**
   * Same build, same attempt, same job: a repeat is a no-op while the job waits, and harmless after it. A job that was
   * taken does not count: its worker may have died before the claim, and the queue would hold the id for its lock's time.
   */
  private async wake(buildId: string, job: string): Promise<void> {
    for (let taken = 0; ; taken += 1) {
      const jobId = taken === 0 ? job : `${job}-${taken}`;
      const state = await this.queue.getJobState(jobId);
      if (state === 'unknown') {
        await this.queue.add('build', { buildId }, { jobId, removeOnComplete: true, removeOnFail: true });
        return;
      }
      if (state !== 'active') return;
    }
  }
}
