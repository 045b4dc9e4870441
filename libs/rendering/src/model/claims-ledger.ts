import type { Claim } from '#domain';

/** A claim as a reader meets it. */
export interface StatedClaim {
  /** Key of the section, `cover`, `glance` or `integrity`. */
  readonly place: string;
  readonly text: string;
  readonly claim: Claim;
}

/** Notes each claim of a report beside the words that state it. One a composed report. */
export class ClaimsLedger {
  readonly stated: StatedClaim[] = [];
  #place = 'report';

  /** What is stated while `compose` runs stands there. */
  at<T>(place: string, compose: () => T): T {
    const before = this.#place;
    this.#place = place;
    try {
      return compose();
    } finally {
      this.#place = before;
    }
  }

  /** Gives the words back, so that whoever prints them has stated the claims. */
  state(claims: Claim | readonly Claim[], text: string): string {
    for (const claim of [claims].flat()) this.stated.push({ place: this.#place, text, claim });
    return text;
  }
}
