import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ListDeliveries, type OrganizationRef, RedeliverEvent } from '#contracts';
import { Access, Audited, Organization, OrganizationPath, UuidParam } from '#platform';
import { DeliveryListResponse, DeliveryResponse } from './deliveries.response.dto.ts';

@ApiTags('events')
@ApiBearerAuth()
@OrganizationPath()
@Access('admin', { of: 'organization' })
@Controller('api/v1/org/:org/webhooks/:webhook_id/deliveries')
export class DeliveriesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** The latest 100 deliveries of a webhook, newest first. */
  @Get()
  @ApiOperation({ operationId: 'list_webhook_deliveries' })
  async list(
    @Organization() org: OrganizationRef,
    @Param('webhook_id', UuidParam) webhookId: string,
  ): Promise<DeliveryListResponse> {
    return { deliveries: [...(await this.queries.execute(new ListDeliveries(org.organizationId, webhookId)))] };
  }

  /** Sends a delivery that is over once more. 409 while it is under way, or while the webhook is switched off. */
  @Post(':delivery_id/redeliver')
  @HttpCode(202)
  @Audited('webhook.redelivered', { id: 'webhook_id' })
  @ApiOperation({ operationId: 'redeliver_event' })
  redeliver(
    @Organization() org: OrganizationRef,
    @Param('webhook_id', UuidParam) webhookId: string,
    @Param('delivery_id', UuidParam) deliveryId: string,
  ): Promise<DeliveryResponse> {
    return this.commands.execute(new RedeliverEvent(org.organizationId, webhookId, deliveryId));
  }
}
