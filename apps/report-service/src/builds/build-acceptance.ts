import { Inject, Injectable } from '@nestjs/common';
import { AppError, type AcceptedBuild, type ProjectRef } from '#contracts';
import { AuditTrail, CONFIG, type Config, Database } from '#platform';
import type { EntityManager } from 'typeorm';
import { BuildLedger } from './build-ledger.ts';
import { IdempotencyKeys, type IdempotentRequest } from './idempotency-keys.ts';
import { queuePlaces } from './queue-places.ts';
import type { ReportBuild } from './report-build.ts';

/** What every way to a new build shares: the key, the row and the event, in one transaction. */
@Injectable()
export class BuildAcceptance {
  constructor(
    private readonly database: Database,
    private readonly ledger: BuildLedger,
    private readonly audit: AuditTrail,
    private readonly idempotency: IdempotencyKeys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The first answer to the same request with the same key, if there was one. */
  async earlier(project: ProjectRef, key: IdempotentRequest | null): Promise<AcceptedBuild | null> {
    const build = key && (await this.idempotency.find(project, key));
    return build && { build, replayed: true };
  }

  /** Makes the build durable and queued, or answers as somebody was answered who came first with the same key. */
  async accept(project: ProjectRef, build: ReportBuild, key: IdempotentRequest | null): Promise<AcceptedBuild> {
    return this.database.transaction(project.organizationId, async (tx) => {
      await this.ledger.add(tx, build);
      const answer = build.view(null, (await queuePlaces(tx, [build])).get(build.id) ?? null);
      const first = key && (await this.idempotency.claim(tx, project, key, answer));
      if (first) {
        await this.ledger.remove(tx, build);
        return { build: first, replayed: true };
      }
      await refuseBeyond(tx, project.organizationId, this.config.builds.inFlightPerOrganization);
      await this.audit.record(tx, build.retryOf === null ? 'build.requested' : 'build.retried', project, build.id);
      await this.ledger.wake(tx, build);
      return { build: answer, replayed: false };
    });
  }
}

/** Counts the new build too. One acceptance of an organization at a time counts: two could each be the last that fits. */
async function refuseBeyond(tx: EntityManager, organizationId: string, limit: number): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('builds in flight ' || $1, 0))`, [organizationId]);
  const [row] = await tx.query<{ under_way: number }[]>(
    `select count(*)::int as under_way from builds.report_build
     where organization_id = $1 and status in ('queued', 'in_progress')`,
    [organizationId],
  );
  if ((row?.under_way ?? 0) <= limit) return;
  throw new AppError('builds_in_flight', {
    detail: `The organization has ${limit} builds under way, which is as many as it may have.`,
  });
}
