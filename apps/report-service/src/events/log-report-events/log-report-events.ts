import { Logger } from '@nestjs/common';
import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { ReportCompleted, ReportFailed } from '#contracts';

/** The first subscriber: an operator sees in the log what became of each build. */
@EventsHandler(ReportCompleted, ReportFailed)
export class LogReportEvents implements IEventHandler<ReportCompleted | ReportFailed> {
  private readonly logger = new Logger('ReportEvents');

  handle(event: ReportCompleted | ReportFailed): void {
    this.logger.log({ event: event.type, ...event.payload }, event.type);
  }
}
