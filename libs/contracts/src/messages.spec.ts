import { Command, Query } from '@nestjs/cqrs';
import * as contracts from './index.ts';
import { eventsByOwner, messagesByOwner } from './messages.ts';

const names = (byOwner: typeof messagesByOwner): string[] =>
  Object.values(byOwner).flatMap((classes) => classes.map(({ name }) => name));

describe('owners of messages', () => {
  it('are known for every command, query and event of the contracts', () => {
    const declared = Object.values<unknown>(contracts).filter((exported) => typeof exported === 'function');
    const messages = declared.filter(({ prototype }) => prototype instanceof Command || prototype instanceof Query);
    const events = declared.filter((exported) => 'type' in exported);

    expect(names(messagesByOwner).sort()).toEqual(messages.map(({ name }) => name).sort());
    expect(names(eventsByOwner).sort()).toEqual(events.map(({ name }) => name).sort());
    expect(messages.length).toBeGreaterThan(80);
  });

  it('are one module for each', () => {
    expect(new Set(names(messagesByOwner)).size).toBe(names(messagesByOwner).length);
    expect(messagesByOwner['tenancy']?.map(({ name }) => name)).toContain('CreateKey');
    expect(eventsByOwner['builds']?.map(({ name }) => name)).toContain('ReportCompleted');
  });
});
