import { Countdown } from './countdown.ts';

describe('a time limit', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('counts while it runs alone', () => {
    const elapsed = jest.fn();
    const limit = new Countdown(1_000, elapsed);
    limit.run();
    jest.advanceTimersByTime(600);
    limit.pause();
    jest.advanceTimersByTime(60_000);
    expect(elapsed).not.toHaveBeenCalled();
    limit.run();
    limit.run();
    jest.advanceTimersByTime(399);
    expect(elapsed).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(elapsed).toHaveBeenCalledTimes(1);
  });
});
