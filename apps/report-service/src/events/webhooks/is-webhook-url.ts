import { applyDecorators } from '@nestjs/common';
import { IsString, MaxLength, ValidateBy } from 'class-validator';
import { webhookUrl } from '../webhook-url.ts';

/** A URL that the sender can send to. */
export const IsWebhookUrl = (): PropertyDecorator =>
  applyDecorators(
    IsString(),
    MaxLength(2000),
    ValidateBy({
      name: 'isWebhookUrl',
      validator: {
        validate: (value) => typeof value === 'string' && webhookUrl(value) !== null,
        defaultMessage: () =>
          'url must be an http or https URL of a host, without user, password or fragment; an IPv4 address in four decimal parts',
      },
    }),
  );
