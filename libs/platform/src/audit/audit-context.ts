import { AsyncLocalStorage } from 'node:async_hooks';

/** Who does something. */
export interface Actor {
  /** `api_key`, `user`, `system` … */
  readonly kind: string;
  readonly id: string | null;
  readonly name: string | null;
}

/** Who asks, and by which request, while the request is served; none outside of requests. */
export interface AuditContext {
  readonly actor: Actor;
  readonly requestId: string | null;
  readonly address: string | null;
  /** Set once a handler has written its entry itself. */
  recorded: boolean;
}

/** ADR 0030: like the request's id in the log, this travels beside the call and not through every message. */
export const auditContext = new AsyncLocalStorage<AuditContext>();
