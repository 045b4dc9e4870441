import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { IntegrationEvent, Transaction } from '#contracts';

/**
 * Writes events into the transaction that makes them true. ADR 0006: what must happen goes this way. Dated when they are
 * said, not by the begin of their transaction: one that waited for a row speaks after the one that held it.
 */
@Injectable()
export class Outbox {
  async add(tx: Transaction, event: IntegrationEvent): Promise<void> {
    await tx.query(
      `insert into events.outbox (id, organization_id, type, aggregate_id, discriminator, payload, created_at)
       values ($1, $2, $3, $4, $5, $6, clock_timestamp())
       on conflict (aggregate_id, type, discriminator) do nothing`,
      [randomUUID(), event.organizationId, event.type, event.aggregateId, event.discriminator, event.payload],
    );
  }
}
