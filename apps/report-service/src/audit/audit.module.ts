import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditInterceptor } from '#platform';
import { ListAuditEntriesController } from './list-audit-entries/list-audit-entries.controller.ts';
import { ListAuditEntriesHandler } from './list-audit-entries/list-audit-entries.handler.ts';
import { SweepAudit } from './sweep-audit/sweep-audit.ts';

/** Who did what, for the organization's owners: written beside every action, read here, removed when it is old. */
@Module({
  controllers: [ListAuditEntriesController],
  providers: [{ provide: APP_INTERCEPTOR, useClass: AuditInterceptor }, ListAuditEntriesHandler, SweepAudit],
})
export class AuditModule {}
