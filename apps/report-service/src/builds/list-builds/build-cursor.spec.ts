import { fromCursor, toCursor } from './build-cursor.ts';

describe('the cursor of the list of builds', () => {
  const position = { createdAt: '2026-04-15T12:00:00.125Z', id: '2489e9ad-2ee2-4e00-8ec9-32d5f69181c0' };

  it('comes back as the position that it was made of, and is safe in a URL', () => {
    expect(toCursor(position)).toMatch(/^[A-Za-z0-9_-]{1,120}$/);
    expect(fromCursor(toCursor(position))).toEqual(position);
  });

  it.each(['x', toCursor(position).slice(0, -4), Buffer.from('2026-99-99T12:00:00.125Z|x').toString('base64url')])(
    'is refused when no answer contained it: %s',
    (cursor) => {
      expect(() => fromCursor(cursor)).toThrow('The request is invalid.');
    },
  );

  it('is refused with a date that does not exist', () => {
    expect(() => fromCursor(toCursor({ ...position, createdAt: '2026-13-45T12:00:00.125Z' }))).toThrow();
  });
});
