import { Injectable } from '@nestjs/common';
import { CommandBus, EventBus } from '@nestjs/cqrs';
import {
  ArtifactsDiscarded,
  DataDeleted,
  DeleteImages,
  DiscardArtifacts,
  EnqueueBuild,
  publicEventTypes,
  ReportBuildQueued,
  ReportCancelled,
  ReportCompleted,
  ReportDeleted,
  ReportFailed,
} from '#contracts';
import { BackgroundLoop, Database } from '#platform';
import { anyDue, claimDue, type OutboxRow } from './claim-due.ts';

const pollMs = 200;
const batch = 20;
/** While one relay carries an event no other takes it; after a crash it comes again. */
const claimSeconds = 10;

/** Sent events are kept a week, to be looked at; then they have done their work. */
const keepDays = 7;
const forgetEveryMs = 3_600_000;

/** Carries outbox rows to whoever must hear of them, at least once. Any number of relays may run: a claim parts the work. */
@Injectable()
export class RelayOutbox extends BackgroundLoop {
  private forgotAt = 0;

  constructor(
    private readonly database: Database,
    private readonly commands: CommandBus,
    private readonly events: EventBus,
  ) {
    super(pollMs, 'relay interrupted; unsent events stay in the outbox');
  }

  protected async run(): Promise<boolean> {
    await this.forgetSent();
    if (!(await this.database.finds(anyDue))) return false;
    const begun = performance.now();
    // They are carried outside of any transaction: whoever receives them may keep one waiting.
    const rows = await this.database.background((tx) => claimDue(tx, batch, claimSeconds));
    for (const [index, row] of rows.entries()) {
      if (this.stopping || performance.now() - begun > claimSeconds * 500) {
        // A queue that keeps one waiting: what is left is any relay's again.
        await this.giveBack(rows.slice(index));
        return false;
      }
      const sent = await this.deliver(row);
      await this.database.across(
        sent
          ? 'update events.outbox set sent_at = now(), claimed_until = null where id = $1'
          : `update events.outbox set claimed_until = null,
               next_attempt_at = now() + make_interval(secs => least(30, power(2, attempts - 1)))
             where id = $1 and sent_at is null`,
        [row.id],
      );
    }
    return rows.length === batch;
  }

  private async giveBack(rows: readonly OutboxRow[]): Promise<void> {
    await this.database.across(
      `update events.outbox set attempts = attempts - 1, next_attempt_at = now(), claimed_until = null
       where id = any($1) and sent_at is null`,
      [rows.map(({ id }) => id)],
    );
  }

  private async forgetSent(): Promise<void> {
    if (Date.now() - this.forgotAt < forgetEveryMs) return;
    this.forgotAt = Date.now();
    await this.database.background((tx) =>
      tx.query(
        `delete from events.outbox where sent_at < now() - make_interval(days => $1)
           and (published_at is not null or type <> all($2::text[]))`,
        [keepDays, publicEventTypes],
      ),
    );
  }

  private async deliver(row: OutboxRow): Promise<boolean> {
    try {
      switch (row.type) {
        case ReportBuildQueued.type:
          await this.commands.execute(new EnqueueBuild(row.aggregate_id, Number(row.payload['attempt'])));
          return true;
        case ReportCompleted.type:
          this.events.publish(
            new ReportCompleted(row.organization_id, row.aggregate_id, row.payload as ReportCompleted['payload']),
          );
          return true;
        case ReportFailed.type:
          this.events.publish(
            new ReportFailed(row.organization_id, row.aggregate_id, row.payload as ReportFailed['payload']),
          );
          return true;
        case ReportCancelled.type:
          this.events.publish(
            new ReportCancelled(row.organization_id, row.aggregate_id, row.payload as ReportCancelled['payload']),
          );
          return true;
        case ReportDeleted.type:
          this.events.publish(
            new ReportDeleted(row.organization_id, row.aggregate_id, row.payload as ReportDeleted['payload']),
          );
          return true;
        case DataDeleted.type: {
          const { kind, project_id: projectId } = row.payload as DataDeleted['payload'];
          // Pictures are of the project.
          if (kind === 'project') {
            await this.commands.execute(new DeleteImages({ organizationId: row.organization_id, projectId }));
          }
          this.events.publish(
            new DataDeleted(row.organization_id, row.aggregate_id, row.payload as DataDeleted['payload']),
          );
          return true;
        }
        case ArtifactsDiscarded.type: {
          const { keep } = row.payload as ArtifactsDiscarded['payload'];
          await this.commands.execute(new DiscardArtifacts(row.organization_id, row.aggregate_id, keep));
          return true;
        }
        default:
          // Written by a newer release: it stays for a relay that knows it.
          return false;
      }
    } catch (error) {
      this.logger.warn({ eventId: row.id, type: row.type, err: error }, 'event not delivered; trying again later');
      return false;
    }
  }
}
