/** What a page is drawn by, as the bytes that stand in the file: written into one room again and again, a character each. */
export class OperatorBytes {
  /** Valid up to `length`; another after {@link reserve}. */
  bytes = Buffer.allocUnsafe(65_536);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** What is written so far; holds until the next write. */
  written(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  /** Makes room for so many more bytes. */
  reserve(more: number): Buffer {
    if (this.length + more > this.bytes.length) {
      const wider = Buffer.allocUnsafe(2 * (this.length + more));
      this.bytes.copy(wider, 0, 0, this.length);
      this.bytes = wider;
    }
    return this.bytes;
  }

  /** Latin-1. */
  text(text: string): this {
    const bytes = this.reserve(text.length);
    let at = this.length;
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i);
    this.length = at;
    return this;
  }

  put(more: Uint8Array): this {
    const bytes = this.reserve(more.length);
    bytes.set(more, this.length);
    this.length += more.length;
    return this;
  }

  /** Hundredths of a point are finer than any printer. */
  number(value: number): this {
    return this.hundredths(Math.round(value * 100));
  }

  /** A whole number of hundredths, without the zeros at its end. */
  hundredths(value: number): this {
    if (!Number.isSafeInteger(value)) throw new RangeError('No page is so large.');
    const bytes = this.reserve(24);
    let at = this.length;
    let rest = value;
    if (rest < 0) {
      bytes[at++] = minus;
      rest = -rest;
    }
    const whole = Math.floor(rest / 100);
    const fraction = rest - 100 * whole;
    if (whole >= 10) {
      let power = 10;
      while (power * 10 <= whole) power *= 10;
      for (; power >= 10; power /= 10) bytes[at++] = zero + (Math.floor(whole / power) % 10);
    }
    bytes[at++] = zero + (whole % 10);
    if (fraction > 0) {
      bytes[at++] = point;
      bytes[at++] = zero + Math.floor(fraction / 10);
      if (fraction % 10 > 0) bytes[at++] = zero + (fraction % 10);
    }
    this.length = at;
    return this;
  }
}

const zero = 0x30;
const minus = 0x2d;
const point = 0x2e;
