import { Logger } from '@nestjs/common';
import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { ReportCancelled, ReportCompleted, ReportDeleted, ReportFailed } from '#contracts';

type ReportEvent = ReportCompleted | ReportFailed | ReportCancelled | ReportDeleted;

/** The first subscriber: an operator sees in the log what became of each build. */
@EventsHandler(ReportCompleted, ReportFailed, ReportCancelled, ReportDeleted)
export class LogReportEvents implements IEventHandler<ReportEvent> {
  private readonly logger = new Logger('ReportEvents');

  handle(event: ReportEvent): void {
    this.logger.log({ event: event.type, ...event.payload }, event.type);
  }
}
