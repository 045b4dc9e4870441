/**
 * Lines on their way to one COPY. Written into memory that is used again: as strings they would live long enough to
 * fill the old generation, and as fresh buffers they would wait for a collection, so that memory grew with the file.
 */
export class CopyBuffer {
  private readonly spare: ArrayBuffer[] = [];
  private buffer: Buffer<ArrayBuffer>;
  private length = 0;

  constructor(private readonly flushAt: number) {
    this.buffer = this.fresh();
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

  /** Hands the lines over, memory and all, and starts anew. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(this.buffer.buffer, 0, this.length);
    const spare = this.spare.pop();
    this.buffer = spare ? Buffer.from(spare) : this.fresh();
    this.length = 0;
    return taken;
  }

  /** Memory of lines that were taken and are copied. What one huge line made larger is let go. */
  giveBack(memory: ArrayBuffer): void {
    if (memory.byteLength === this.flushAt * 2) this.spare.push(memory);
  }

  private fresh(): Buffer<ArrayBuffer> {
    return Buffer.from(new ArrayBuffer(this.flushAt * 2));
  }

  private makeRoom(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const larger = Buffer.from(new ArrayBuffer(this.length + bytes));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
