/** The earliest and the latest of the times of rows. */
export class TimeSpan {
  private from: string | undefined;
  private to: string | undefined;

  get first(): string | undefined {
    return this.from;
  }

  get last(): string | undefined {
    return this.to;
  }

  /** `at`: ISO 8601 with its zone; undefined where a row has no time. */
  add(at: string | undefined): void {
    if (at === undefined) return;
    if (this.from === undefined || Date.parse(at) < Date.parse(this.from)) this.from = at;
    if (this.to === undefined || Date.parse(at) > Date.parse(this.to)) this.to = at;
  }
}
