import 'reflect-metadata';
import { Injectable, type OnApplicationBootstrap, type Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { messagesByOwner } from '#contracts';
import { type FoundHandler, messageFaults } from './message-faults.ts';

/** Metadata keys of @nestjs/cqrs, which does not export them. */
const handlerMetadata = ['__commandHandler__', '__queryHandler__'];

/** Refuses to boot with a message that nobody or two would answer; the buses notice at first use, or never. */
@Injectable()
export class MessageCheck implements OnApplicationBootstrap {
  constructor(private readonly modules: ModulesContainer) {}

  onApplicationBootstrap(): void {
    const faults = messageFaults(messagesByOwner, this.findHandlers());
    if (faults.length > 0) throw new Error(`Messages and handlers do not match:\n  ${faults.join('\n  ')}`);
  }

  private findHandlers(): FoundHandler[] {
    return [...this.modules.values()].flatMap((module) =>
      [...module.providers.values()].flatMap(({ metatype }) => {
        const message = metatype ? messageOf(metatype as Type) : undefined;
        return message
          ? [{ message: message.name, handler: (metatype as Type).name, module: module.metatype.name }]
          : [];
      }),
    );
  }
}

function messageOf(handler: Type): Type | undefined {
  for (const key of handlerMetadata) {
    const message: unknown = Reflect.getMetadata(key, handler);
    if (typeof message === 'function') return message as Type;
  }
  return undefined;
}
