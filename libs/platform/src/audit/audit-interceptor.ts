import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { concatMap, defer, from, Observable, of } from 'rxjs';
import type { AuditPlace } from '#contracts';
import type { AuthorizedRequest, GrantedAccess } from '../http/access.ts';
import { callerAddress } from '../http/caller-address.ts';
import { type Actor, type AuditContext, auditContext } from './audit-context.ts';
import { AuditTrail } from './audit-trail.ts';
import { type AuditDeclaration, auditedMetadata, type AuditedOptions } from './audited.ts';

/** Makes who asks known to the handler's entries, and writes the entry of a route whose handler wrote none. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly trail: AuditTrail,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<AuthorizedRequest>();
    const { access } = request;
    if (!access) return next.handle();
    const declared = this.reflector.get<AuditDeclaration | undefined>(auditedMetadata, context.getHandler());
    const store: AuditContext = {
      actor: actorOf(access),
      requestId: typeof request.id === 'string' ? request.id : null,
      address: callerAddress(request),
      recorded: false,
    };
    // Nest binds the handler to the context in which `handle()` was called, so that call stands inside too.
    const serve = (): Observable<unknown> =>
      declared && 'action' in declared && declared.options.by !== 'handler'
        ? this.audited(declared.action, declared.options, request, next, store)
        : next.handle();
    return new Observable((subscriber) => auditContext.run(store, () => serve().subscribe(subscriber)));
  }

  private audited(
    action: Parameters<AuditTrail['append']>[0],
    { id, before = false, when }: AuditedOptions,
    request: AuthorizedRequest,
    next: CallHandler,
    store: AuditContext,
  ): Observable<unknown> {
    const write = async (answer: unknown): Promise<void> => {
      const place = auditPlaceOf(request.access);
      if (!place || request.method === 'HEAD') return;
      await this.trail.append(action, place, resourceId(action, id, request, answer));
    };
    return defer(() => (before ? from(write(undefined)) : of(undefined))).pipe(
      concatMap(() => next.handle()),
      concatMap(async (answer: unknown) => {
        if (!before && !store.recorded && (when?.(answer) ?? true)) await write(answer);
        return answer;
      }),
    );
  }
}

const actorOf = ({ caller }: GrantedAccess): Actor => ({
  kind: caller.kind === 'key' ? 'api_key' : 'user',
  id: caller.id,
  name: caller.name,
});

function auditPlaceOf(access: GrantedAccess | undefined): AuditPlace | null {
  return access?.project ?? access?.workspace ?? access?.organization ?? null;
}

const placeParameters: ReadonlySet<string> = new Set(['org', 'workspace', 'project']);

/** Named parameter or field; else the last parameter of the path that is no place; else the id in the answer. */
function resourceId(
  action: string,
  name: string | undefined,
  request: AuthorizedRequest,
  answer: unknown,
): string | null {
  const parameters = request.params as Readonly<Record<string, string>>;
  const fields = typeof answer === 'object' && answer !== null ? (answer as Readonly<Record<string, unknown>>) : {};
  const own = Object.keys(parameters).filter((key) => !placeParameters.has(key));
  const candidates =
    name === undefined
      ? [parameters[own.at(-1) ?? ''], fields['id'], fields['job_id']]
      : [parameters[name], fields[name]];
  if (name === undefined && action.startsWith('project.')) candidates.push(request.access?.project?.projectId);
  const found = candidates.find((value): value is string => typeof value === 'string');
  return found?.slice(0, 100) ?? null;
}
