import { Slots } from './slots.ts';

describe('slots of a process', () => {
  it('gives an organization its share, and the process as many as it has', () => {
    const slots = new Slots({ atOnce: 3, perOrganization: 2 });
    expect([slots.take('a'), slots.take('a')]).toEqual([expect.any(Function), expect.any(Function)]);
    expect(slots.take('a')).toBe('organization');
    expect(slots.take('b')).toEqual(expect.any(Function));
    expect(slots.take('c')).toBe('process');
  });

  it('has a slot again when one was given back, and counts a second giving back for nothing', () => {
    const slots = new Slots({ atOnce: 1, perOrganization: 1 });
    const first = slots.take('a');
    if (typeof first === 'string') throw new Error(first);
    first();
    first();
    expect(slots.take('b')).toEqual(expect.any(Function));
    expect(slots.take('a')).toBe('process');
  });
});
