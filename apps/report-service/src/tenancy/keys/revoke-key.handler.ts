import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, type KeyView, RevokeKey } from '#contracts';
import { AuditTrail, changedCount, Clock, Database } from '#platform';
import { keyColumns, type KeyRow, keysFrom, keyView } from '../key-view.ts';

@CommandHandler(RevokeKey)
export class RevokeKeyHandler implements ICommandHandler<RevokeKey> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async execute({ organization: { organizationId }, keyId }: RevokeKey): Promise<KeyView> {
    return this.database.transaction(organizationId, async (tx) => {
      const revoked = await changedCount(
        tx,
        `update projects.api_key set revoked_at = $3 where organization_id = $1 and id = $2 and revoked_at is null`,
        [organizationId, keyId, this.clock.now()],
      );
      const [row] = await tx.query<KeyRow[]>(`select ${keyColumns} from ${keysFrom} and k.id = $2`, [
        organizationId,
        keyId,
      ]);
      if (!row) throw new AppError('not_found');
      if (revoked > 0) await this.audit.record(tx, 'key.revoked', { organizationId }, keyId);
      return keyView(row);
    });
  }
}
