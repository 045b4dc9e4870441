import { Command, Query } from '@nestjs/cqrs';
import { ReportCancelled, ReportCompleted, ReportDeleted, ReportFailed } from './builds.ts';

/** Events that others may subscribe to; every other event of the outbox is a wake-up of ours. */
export const publicEventTypes = [
  ReportCompleted.type,
  ReportFailed.type,
  ReportCancelled.type,
  ReportDeleted.type,
] as const;
export type PublicEventType = (typeof publicEventTypes)[number];

/** CloudEvents 1.0, structured JSON. Carries ids, sizes and hashes: no link, no finding, no name. */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** Stable over every delivery of the event; with `source` it is unique. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** The build that it is about. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventsPage {
  readonly events: readonly CloudEvent[];
  /** Where to go on; the same as given when nothing is new. */
  readonly next_cursor: string;
  readonly has_next: boolean;
}

/** Events of an organization in the order in which they were published, after a cursor; `feed_cursor_lost` where some would be skipped. */
export class ListEvents extends Query<EventsPage> {
  constructor(
    readonly organizationId: string,
    readonly page: { readonly cursor: string; readonly limit: number; readonly types: readonly string[] },
  ) {
    super();
  }
}

export interface WebhookView {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  /** Empty: every event. */
  readonly event_types: readonly string[];
  readonly enabled: boolean;
  /** Why we switched it off: `gone` after a 410, `timeouts` after a day without an answer; null while it is on or when somebody else did. */
  readonly disabled_reason: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** A webhook with its signing secret, which is shown on creation and rotation alone. */
export type WebhookWithSecret = WebhookView & { readonly secret: string };

export interface WebhookSettings {
  readonly url: string;
  readonly description: string | null;
  readonly eventTypes: readonly string[];
  readonly enabled: boolean;
}

/** Subscribes a URL to events from now on; `conflict` beyond the number of webhooks an organization may have. */
export class CreateWebhook extends Command<WebhookWithSecret> {
  constructor(
    readonly organizationId: string,
    readonly webhook: WebhookSettings,
  ) {
    super();
  }
}

/** Webhooks of an organization, oldest first. */
export class ListWebhooks extends Query<readonly WebhookView[]> {
  constructor(readonly organizationId: string) {
    super();
  }
}

export class GetWebhook extends Query<WebhookView> {
  constructor(
    readonly organizationId: string,
    readonly webhookId: string,
  ) {
    super();
  }
}

/** Changes what is given. Switching it off cancels what is still to be delivered; enabling one that was switched off sends what was published meanwhile to nobody. */
export class UpdateWebhook extends Command<WebhookView> {
  constructor(
    readonly organizationId: string,
    readonly webhookId: string,
    readonly changes: Partial<WebhookSettings>,
  ) {
    super();
  }
}

/** Ends a subscription, with all that was still to be delivered. */
export class DeleteWebhook extends Command<void> {
  constructor(
    readonly organizationId: string,
    readonly webhookId: string,
  ) {
    super();
  }
}

/** A new secret; for a day deliveries are signed with the old one too. */
export class RotateWebhookSecret extends Command<WebhookWithSecret> {
  constructor(
    readonly organizationId: string,
    readonly webhookId: string,
  ) {
    super();
  }
}

export const deliveryStatuses = ['pending', 'delivered', 'failed', 'cancelled'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

export interface DeliveryView {
  readonly id: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  /** Null once it is over. */
  readonly next_attempt_at: Date | null;
  readonly delivered_at: Date | null;
  /** Status that the receiver answered last; null when there was no answer. */
  readonly last_status: number | null;
  /** One of our words: `timeout`, `refused_address`, `connection`, `status`, `invalid_url`, `interrupted`. */
  readonly last_error: string | null;
  readonly created_at: Date;
}

/** Deliveries of a webhook, newest first, at most 100. */
export class ListDeliveries extends Query<readonly DeliveryView[]> {
  constructor(
    readonly organizationId: string,
    readonly webhookId: string,
  ) {
    super();
  }
}

/** Sends a delivery that is over once more, now. */
export class RedeliverEvent extends Command<DeliveryView> {
  constructor(
    readonly organizationId: string,
    readonly webhookId: string,
    readonly deliveryId: string,
  ) {
    super();
  }
}
