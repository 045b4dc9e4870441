interface Bounds {
  /** Pieces of work under way at once. */
  readonly atOnce: number;
  /** Of these, of one: what it leaves is for others, also where none waits. */
  readonly atOnceOfOne?: number;
  /** Pieces that may wait, of one and of all. */
  readonly waitingOfOne?: number;
  readonly waitingOfAll?: number;
  /** For which a piece may wait, ms. */
  readonly waitMs?: number;
}

interface User {
  readonly waiting: (() => void)[];
  underWay: number;
  /** Which turn of all it had last; 0 before the first. */
  served: number;
}

/**
 * Lets some pieces of work run at once, and those who ask take turns: whoever has the fewest under way is next, of these
 * who was served longest ago, of these who asked first. So one who asks for much waits behind itself alone.
 */
export class Turns {
  /** Those with work under way or waiting, in the order in which they came. */
  private readonly users = new Map<string, User>();
  private underWay = 0;
  private waiting = 0;
  private turns = 0;

  constructor(private readonly bounds: Bounds) {}

  /** Throws what `turnedAway` makes when as many wait as may, or for as long. */
  async run<Result>(
    who: string,
    work: () => Promise<Result>,
    turnedAway: () => Error = () => new Error('too much waits for its turn'),
  ): Promise<Result> {
    const user = this.users.get(who) ?? { waiting: [], underWay: 0, served: 0 };
    const free = this.underWay < this.bounds.atOnce && this.mayBegin(user);
    if (!free && this.isFull(user)) throw turnedAway();
    this.users.set(who, user);
    try {
      if (free) this.begin(user);
      else await this.turnOf(user, turnedAway);
      try {
        return await work();
      } finally {
        this.underWay -= 1;
        user.underWay -= 1;
        this.next();
      }
    } finally {
      // Once it waits for nothing, what it had is forgotten: it has kept nobody waiting.
      if (user.underWay === 0 && user.waiting.length === 0) this.users.delete(who);
    }
  }

  private isFull(user: User): boolean {
    const { waitingOfOne = Infinity, waitingOfAll = Infinity } = this.bounds;
    return user.waiting.length >= waitingOfOne || this.waiting >= waitingOfAll;
  }

  private mayBegin({ underWay }: User): boolean {
    return underWay < (this.bounds.atOnceOfOne ?? Infinity);
  }

  private turnOf(user: User, turnedAway: () => Error): Promise<void> {
    const { waitMs } = this.bounds;
    this.waiting += 1;
    return new Promise((resolve, reject) => {
      const late = (): void => {
        user.waiting.splice(user.waiting.indexOf(begin), 1);
        this.waiting -= 1;
        reject(turnedAway());
      };
      const timer = waitMs === undefined ? undefined : setTimeout(late, waitMs);
      const begin = (): void => {
        clearTimeout(timer);
        resolve();
      };
      user.waiting.push(begin);
    });
  }

  /** Who ends hands its place on at once, so that nobody who comes later takes it. */
  private next(): void {
    let chosen: User | undefined;
    for (const user of this.users.values()) {
      if (user.waiting.length === 0 || !this.mayBegin(user)) continue;
      if (chosen === undefined || isBefore(user, chosen)) chosen = user;
    }
    const go = chosen?.waiting.shift();
    if (chosen === undefined || go === undefined) return;
    this.waiting -= 1;
    this.begin(chosen);
    go();
  }

  private begin(user: User): void {
    this.underWay += 1;
    user.underWay += 1;
    this.turns += 1;
    user.served = this.turns;
  }
}

const isBefore = (one: User, other: User): boolean =>
  one.underWay === other.underWay ? one.served < other.served : one.underWay < other.underWay;
