import { Module } from '@nestjs/common';
import { LogReportEvents } from './log-report-events/log-report-events.ts';
import { RelayOutbox } from './relay-outbox/relay-outbox.ts';

/** How others hear of what happened: the outbox relay and the in-process event bus. */
@Module({ providers: [RelayOutbox, LogReportEvents] })
export class EventsModule {}
