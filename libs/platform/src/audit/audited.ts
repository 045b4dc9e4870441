import { SetMetadata } from '@nestjs/common';
import type { AuditAction } from '#contracts';

export const auditedMetadata = 'audited';

export interface AuditedOptions {
  /** Path parameter, or else field of the answer, that holds the id of the thing; found by itself where it is usual. */
  readonly id?: string;
  /** Written before the handler runs: for answers that are streamed, since nobody can take bytes back. */
  readonly before?: boolean;
  /** The handler alone knows whether something was done, and writes the entry itself: a repeat changes nothing. */
  readonly by?: 'handler';
  /** Whether this answer is worth an entry; a build that is not ready hands out nothing. */
  readonly when?: (answer: unknown) => boolean;
}

export type AuditDeclaration =
  { readonly action: AuditAction; readonly options: AuditedOptions } | { readonly reason: string };

/**
 * The route's action goes to the audit log. A handler that changes something writes the entry in its own transaction
 * (`AuditTrail.record`); where it did not, the entry is written here once the handler has succeeded.
 */
export const Audited = (action: AuditAction, options: AuditedOptions = {}): MethodDecorator =>
  SetMetadata(auditedMetadata, { action, options } satisfies AuditDeclaration);

/** The route changes nothing that an owner would ask after. */
export const NotAudited = (reason: string): MethodDecorator =>
  SetMetadata(auditedMetadata, { reason } satisfies AuditDeclaration);
