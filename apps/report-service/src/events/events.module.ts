import { Module } from '@nestjs/common';
import { DeliverEvents } from './deliver-events/deliver-events.ts';
import { ListEventsController } from './list-events/list-events.controller.ts';
import { ListEventsHandler } from './list-events/list-events.handler.ts';
import { LogReportEvents } from './log-report-events/log-report-events.ts';
import { CreateWebhookHandler } from './webhooks/create-webhook.handler.ts';
import { DeleteWebhookHandler } from './webhooks/delete-webhook.handler.ts';
import { GetWebhookHandler } from './webhooks/get-webhook.handler.ts';
import { ListWebhooksHandler } from './webhooks/list-webhooks.handler.ts';
import { RotateWebhookSecretHandler } from './webhooks/rotate-webhook-secret.handler.ts';
import { UpdateWebhookHandler } from './webhooks/update-webhook.handler.ts';
import { WebhooksController } from './webhooks/webhooks.controller.ts';
import { PublishEvents } from './publish-events/publish-events.ts';
import { DeliveriesController } from './webhooks/deliveries.controller.ts';
import { ListDeliveriesHandler } from './webhooks/list-deliveries.handler.ts';
import { RedeliverEventHandler } from './webhooks/redeliver-event.handler.ts';
import { SealSecrets } from './seal-secrets/seal-secrets.ts';
import { WebhookSecrets } from './webhook-secrets.ts';
import { RelayOutbox } from './relay-outbox/relay-outbox.ts';

/** How others hear of what happened: the outbox relay, the in-process event bus, a feed, and webhooks. */
@Module({
  controllers: [ListEventsController, WebhooksController, DeliveriesController],
  providers: [
    RelayOutbox,
    LogReportEvents,
    PublishEvents,
    DeliverEvents,
    WebhookSecrets,
    SealSecrets,
    ListEventsHandler,
    CreateWebhookHandler,
    ListWebhooksHandler,
    GetWebhookHandler,
    UpdateWebhookHandler,
    RotateWebhookSecretHandler,
    DeleteWebhookHandler,
    ListDeliveriesHandler,
    RedeliverEventHandler,
  ],
})
export class EventsModule {}
