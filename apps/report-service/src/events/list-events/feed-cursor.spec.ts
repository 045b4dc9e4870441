import { feedCursorForm, readFeedCursor, refuseLostCursor, writeFeedCursor } from './feed-cursor.ts';

const id = '6b1f0c9e-5d0a-4c37-9f2e-0123456789ab';
const another = '6b1f0c9e-5d0a-4c37-9f2e-ba9876543210';

describe('a cursor of the feed', () => {
  it('names a place and the event there, and comes back as it was given', () => {
    const text = writeFeedCursor(42, id);
    expect(text).toMatch(feedCursorForm);
    expect(readFeedCursor(text)).toEqual({ position: 42, mark: '0123456789ab' });
    expect(readFeedCursor('42')).toEqual({ position: 42, mark: null });
    expect(writeFeedCursor(0, null)).toBe('0');
  });

  it.each([
    ['the start, whatever was removed', '0', { last: 90, eventId: null, next: 50 }],
    ['an event that is kept', writeFeedCursor(42, id), { last: 90, eventId: id, next: 43 }],
    ['the newest', writeFeedCursor(42, id), { last: 42, eventId: id, next: null }],
    ['the newest, long removed', writeFeedCursor(42, id), { last: 42, eventId: null, next: null }],
    ['one that was just removed, and none after it', writeFeedCursor(42, id), { last: 90, eventId: null, next: 43 }],
    ['a place, from an earlier release', '42', { last: 90, eventId: id, next: 43 }],
  ])('is good after %s', (_, text, place) => {
    expect(() => {
      refuseLostCursor(readFeedCursor(text), place);
    }).not.toThrow();
  });

  it.each([
    [
      'beyond the end, as after a restored backup',
      writeFeedCursor(42, id),
      { last: 41, eventId: null, next: null },
      /restored/,
    ],
    ['beyond the end of an empty feed', '42', { last: 0, eventId: null, next: null }, /restored/],
    [
      'at another event, once a restored feed has grown past it',
      writeFeedCursor(42, id),
      { last: 90, eventId: another, next: 43 },
      /restored/,
    ],
    ['before events that were removed', writeFeedCursor(42, id), { last: 90, eventId: null, next: 50 }, /30 days/],
    ['before events all of which were removed', '42', { last: 90, eventId: null, next: null }, /30 days/],
  ])('is lost %s', (_, text, place, why) => {
    expect(() => {
      refuseLostCursor(readFeedCursor(text), place);
    }).toThrow(why);
  });
});
