import { Injectable } from '@nestjs/common';
import { BackgroundLoop, Database } from '#platform';
import { WebhookSecrets } from '../webhook-secrets.ts';

const batch = 100;
/** A process of an earlier release or without the key may add some. */
const pauseMs = 600_000;
const start = '00000000-0000-0000-0000-000000000000';

interface SecretRow {
  readonly id: string;
  readonly secret: string;
  readonly previous_secret: string | null;
}

/** Seals secrets that are stored in plain text or by an earlier key, from the start on. */
@Injectable()
export class SealSecrets extends BackgroundLoop {
  constructor(
    private readonly database: Database,
    private readonly secrets: WebhookSecrets,
  ) {
    super(pauseMs, 'webhook secrets could not be sealed; those that are left stay as they are');
  }

  protected async run(): Promise<boolean> {
    const prefix = this.secrets.currentPrefix;
    if (prefix === null) return false;
    for (let after: string | undefined = start; after !== undefined && !this.stopping;) {
      after = await this.sealSome(prefix, after);
    }
    return false;
  }

  /** Seals a batch of webhooks after this one; answers the last of them, nothing when there is none. */
  private sealSome(prefix: string, after: string): Promise<string | undefined> {
    return this.database.background(async (tx) => {
      const rows = await tx.query<SecretRow[]>(
        `select id, secret, previous_secret from events.webhook
         where id > $1 and (not starts_with(secret, $2) or not starts_with(previous_secret, $2))
         order by id limit $3 for update skip locked`,
        [after, prefix, batch],
      );
      for (const row of rows) {
        const sealed = this.anew(row);
        if (sealed) await tx.query('update events.webhook set secret = $2, previous_secret = $3 where id = $1', sealed);
      }
      return rows.at(-1)?.id;
    });
  }

  /** Null for what cannot be opened, which is no matter of the others. */
  private anew({ id, secret, previous_secret: previous }: SecretRow): (string | null)[] | null {
    const seal = (stored: string): string => this.secrets.seal(id, this.secrets.open(id, stored));
    try {
      return [id, seal(secret), previous === null ? null : seal(previous)];
    } catch (error) {
      this.logger.warn({ webhookId: id, err: error }, 'the secret of a webhook cannot be opened');
      return null;
    }
  }
}
