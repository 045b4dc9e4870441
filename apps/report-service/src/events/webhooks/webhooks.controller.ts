import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  CreateWebhook,
  DeleteWebhook,
  GetWebhook,
  ListWebhooks,
  type OrganizationRef,
  RotateWebhookSecret,
  UpdateWebhook,
  type WebhookSettings,
  type WebhookView,
} from '#contracts';
import { Access, Audited, Organization, OrganizationPath, UuidParam } from '#platform';
import { CreateWebhookRequest, UpdateWebhookRequest } from './webhooks.request.dto.ts';
import { WebhookListResponse, WebhookResponse, WebhookWithSecretResponse } from './webhooks.response.dto.ts';

@ApiTags('events')
@ApiBearerAuth()
@OrganizationPath()
@Access('admin', { of: 'organization' })
@Controller('api/v1/org/:org/webhooks')
export class WebhooksController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** Subscribes a URL to events from now on. The answer alone holds the secret that deliveries are signed with. */
  @Post()
  @Audited('webhook.created', { id: 'id' })
  @ApiOperation({ operationId: 'create_webhook' })
  async create(
    @Organization() org: OrganizationRef,
    @Body() body: CreateWebhookRequest,
  ): Promise<WebhookWithSecretResponse> {
    const settings = {
      url: body.url,
      description: body.description ?? null,
      eventTypes: body.event_types ?? [],
      enabled: body.enabled ?? true,
    };
    const { secret, ...webhook } = await this.commands.execute(new CreateWebhook(org.organizationId, settings));
    return Object.assign(shown(webhook), { secret });
  }

  /** Webhooks of the organization, oldest first; there are 20 at most. */
  @Get()
  @ApiOperation({ operationId: 'list_webhooks' })
  async list(@Organization() org: OrganizationRef): Promise<WebhookListResponse> {
    return { webhooks: (await this.queries.execute(new ListWebhooks(org.organizationId))).map(shown) };
  }

  /** One webhook, without its secret. */
  @Get(':webhook_id')
  @ApiOperation({ operationId: 'get_webhook' })
  async get(
    @Organization() org: OrganizationRef,
    @Param('webhook_id', UuidParam) webhookId: string,
  ): Promise<WebhookResponse> {
    return shown(await this.queries.execute(new GetWebhook(org.organizationId, webhookId)));
  }

  /** Changes what the body names. Switching a webhook off cancels what is pending; one that is enabled again hears of what is published from then on. */
  @Patch(':webhook_id')
  @Audited('webhook.updated', { id: 'webhook_id' })
  @ApiOperation({ operationId: 'update_webhook' })
  async update(
    @Organization() org: OrganizationRef,
    @Param('webhook_id', UuidParam) webhookId: string,
    @Body() body: UpdateWebhookRequest,
  ): Promise<WebhookResponse> {
    const changes: Partial<WebhookSettings> = {
      ...(body.url !== undefined && { url: body.url }),
      ...(body.description !== undefined && { description: body.description }),
      ...(body.event_types !== undefined && { eventTypes: body.event_types }),
      ...(body.enabled !== undefined && { enabled: body.enabled }),
    };
    return shown(await this.commands.execute(new UpdateWebhook(org.organizationId, webhookId, changes)));
  }

  /** Makes a new secret. For 24 hours deliveries carry a signature by the old one too. */
  @Post(':webhook_id/rotate-secret')
  @HttpCode(200)
  @Audited('webhook.secret_rotated', { id: 'webhook_id' })
  @ApiOperation({ operationId: 'rotate_webhook_secret' })
  async rotate(
    @Organization() org: OrganizationRef,
    @Param('webhook_id', UuidParam) webhookId: string,
  ): Promise<WebhookWithSecretResponse> {
    const { secret, ...webhook } = await this.commands.execute(new RotateWebhookSecret(org.organizationId, webhookId));
    return Object.assign(shown(webhook), { secret });
  }

  /** Ends the subscription; what was still to be delivered is dropped. */
  @Delete(':webhook_id')
  @HttpCode(204)
  @Audited('webhook.deleted', { id: 'webhook_id' })
  @ApiOperation({ operationId: 'delete_webhook' })
  async delete(@Organization() org: OrganizationRef, @Param('webhook_id', UuidParam) webhookId: string): Promise<void> {
    await this.commands.execute(new DeleteWebhook(org.organizationId, webhookId));
  }
}

const shown = (webhook: WebhookView): WebhookResponse => ({ ...webhook, event_types: [...webhook.event_types] });
