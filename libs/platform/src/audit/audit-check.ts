import 'reflect-metadata';
import { Injectable, type OnApplicationBootstrap, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { auditFaults, type FoundRoute } from './audit-faults.ts';
import { auditedMetadata } from './audited.ts';

/** Refuses to boot with a route that may change something and whose entry in the audit log was forgotten. */
@Injectable()
export class AuditCheck implements OnApplicationBootstrap {
  constructor(private readonly modules: ModulesContainer) {}

  onApplicationBootstrap(): void {
    const faults = auditFaults([...this.findRoutes()]);
    if (faults.length > 0) throw new Error(`Routes that the audit log does not know:\n  ${faults.join('\n  ')}`);
  }

  private *findRoutes(): Generator<FoundRoute> {
    const scanner = new MetadataScanner();
    for (const module of this.modules.values()) {
      for (const { metatype } of module.controllers.values()) {
        const prototype = (metatype as Type | null)?.prototype as object | undefined;
        if (!metatype || !prototype) continue;
        for (const name of scanner.getAllMethodNames(prototype)) {
          const handler = (prototype as Record<string, unknown>)[name] as object;
          const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
          if (method === undefined) continue;
          yield {
            name: `${metatype.name}.${name}`,
            method: RequestMethod[method],
            declared: Reflect.hasMetadata(auditedMetadata, handler),
          };
        }
      }
    }
  }
}
