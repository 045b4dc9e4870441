/**
 * Lines on their way to one COPY, in one buffer that is made once and used again. Strings written into it die young:
 * collected as strings they would live long enough to fill the old generation, and memory would grow with the file.
 */
export class CopyBuffer {
  private buffer: Buffer;
  private length = 0;

  constructor(private readonly flushAt: number) {
    this.buffer = Buffer.allocUnsafeSlow(flushAt * 2);
  }

  get isFull(): boolean {
    return this.length >= this.flushAt;
  }

  get isEmpty(): boolean {
    return this.length === 0;
  }

  append(line: string): void {
    // A UTF-16 unit takes at most three bytes.
    if (this.length + line.length * 3 > this.buffer.length) this.makeRoom(Buffer.byteLength(line));
    this.length += this.buffer.write(line, this.length, 'utf8');
  }

  /** The bytes so far. They are overwritten by the next `append` after `clear`. */
  get bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
    // One huge line must not hold its memory until the end of the import.
    if (this.buffer.length > this.flushAt * 2) this.buffer = Buffer.allocUnsafeSlow(this.flushAt * 2);
  }

  private makeRoom(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(this.length + bytes);
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
