import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#platform';

const algorithm = 'aes-256-gcm';
const [ivBytes, tagBytes] = [12, 16];
const sealedForm = /^sealed:([0-9a-f]{8}):([A-Za-z0-9+/]+={0,2})$/;

interface Key {
  /** Says by which key a secret was sealed, and nothing of the key. */
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * Signing secrets as the table has them: sealed by the first key of the installation, opened by any. Bound to their
 * webhook, so that nobody who can write to the table can move them. Without a key they are stored as they are. ADR 0040.
 */
@Injectable()
export class WebhookSecrets {
  private readonly keys: readonly Key[];

  constructor(@Inject(CONFIG) config: Config) {
    this.keys = config.webhooks.secretKeys.map((text) => {
      const bytes = Buffer.from(text, 'base64');
      return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
    });
  }

  /** How secrets begin that need no sealing any more; null without a key. */
  get currentPrefix(): string | null {
    const [key] = this.keys;
    return key ? `sealed:${key.id}:` : null;
  }

  seal(webhookId: string, secret: string): string {
    const [key] = this.keys;
    if (!key) return secret;
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, key.bytes, iv).setAAD(Buffer.from(webhookId));
    const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return `sealed:${key.id}:${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64')}`;
  }

  /** Throws for what was sealed by a key that is not here, for another webhook, or was changed since. */
  open(webhookId: string, stored: string): string {
    const [, id, text] = sealedForm.exec(stored) ?? [];
    if (id === undefined || text === undefined) return stored;
    const key = this.keys.find((one) => one.id === id);
    if (!key) throw new Error(`WEBHOOK_SECRET_KEYS lacks the key ${id}.`);
    const bytes = Buffer.from(text, 'base64');
    const decipher = createDecipheriv(algorithm, key.bytes, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
      .setAAD(Buffer.from(webhookId))
      .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
  }
}
