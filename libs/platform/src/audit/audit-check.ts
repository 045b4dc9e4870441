import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { declaredRoutes } from '../http/declared-routes.ts';
import { auditFaults } from './audit-faults.ts';

/** Refuses to boot with a route that may change something and whose entry in the audit log was forgotten. */
@Injectable()
export class AuditCheck implements OnApplicationBootstrap {
  constructor(private readonly modules: ModulesContainer) {}

  onApplicationBootstrap(): void {
    const faults = auditFaults(declaredRoutes(this.modules));
    if (faults.length > 0) throw new Error(`Routes that the audit log does not know:\n  ${faults.join('\n  ')}`);
  }
}
