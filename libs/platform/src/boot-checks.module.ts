import { Module } from '@nestjs/common';
import { AccessCheck } from './http/access-check.ts';
import { MessageCheck } from './messages/message-check.ts';

/** What the whole application must fulfil before it serves: every message has its handler, every route its access. */
@Module({ providers: [MessageCheck, AccessCheck] })
export class BootChecksModule {}
