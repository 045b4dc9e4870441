import type { MessageClass } from '#contracts';

/** A handler as found in the container. */
export interface FoundHandler {
  readonly message: string;
  readonly handler: string;
  /** Module class, such as `FindingsModule`. */
  readonly module: string;
}

/**
 * What is wrong with the handlers of the container: a message without one, with two (the bus would let the later win
 * silently), with one outside of its owner's module, or a handler for a message that no contract names.
 */
export function messageFaults(
  byOwner: Readonly<Record<string, readonly MessageClass[]>>,
  found: readonly FoundHandler[],
): readonly string[] {
  const faults: string[] = [];
  const known = new Set<string>();
  for (const [owner, messages] of Object.entries(byOwner)) {
    const module = `${owner.charAt(0).toUpperCase()}${owner.slice(1)}Module`;
    for (const { name } of messages) {
      known.add(name);
      const handlers = found.filter(({ message }) => message === name);
      if (handlers.length === 0) faults.push(`${name} has no handler; add one to ${module}.`);
      if (handlers.length > 1) faults.push(`${name} has ${handlers.length} handlers; keep one of ${names(handlers)}.`);
      for (const handler of handlers) {
        if (handler.module !== module) faults.push(`${name} is handled in ${handler.module}; move it to ${module}.`);
      }
    }
  }
  for (const { message, handler } of found) {
    if (!known.has(message))
      faults.push(`${handler} handles ${message}, which libs/contracts/src/messages.ts does not name.`);
  }
  return faults;
}

const names = (handlers: readonly FoundHandler[]): string => handlers.map(({ handler }) => handler).join(', ');
