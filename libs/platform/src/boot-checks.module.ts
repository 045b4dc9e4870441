import { Module } from '@nestjs/common';
import { AuditCheck } from './audit/audit-check.ts';
import { AccessCheck } from './http/access-check.ts';
import { MessageCheck } from './messages/message-check.ts';

/** What the whole application must fulfil before it serves: every message has its handler, every route its access and audit. */
@Module({ providers: [MessageCheck, AccessCheck, AuditCheck] })
export class BootChecksModule {}
