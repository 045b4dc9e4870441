import { entityTag, matches } from './entity-tag.ts';

describe('the tag of an answer', () => {
  const tag = entityTag({ status: 'queued', percent: 1 });

  it('is the same for the same fields and another for others', () => {
    expect(entityTag({ status: 'queued', percent: 1 })).toBe(tag);
    expect(entityTag({ status: 'queued', percent: 2 })).not.toBe(tag);
    expect(tag).toMatch(/^W\/"[\w-]{27}"$/);
  });

  it.each([tag, tag.slice(2), `"a", ${tag}`, `${tag},"a"`, ' * '])('is met by If-None-Match: %s', (condition) => {
    expect(matches(condition, tag)).toBe(true);
  });

  it.each([undefined, '', '"a"', 'W/"a", "b"', tag.slice(0, -2)])('is not met by If-None-Match: %s', (condition) => {
    expect(matches(condition, tag)).toBe(false);
  });
});
