import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';

import { deepestJson, JsonFault, parseJson } from './parse-json.ts';
import { warn } from './warn.ts';
import { InvalidImport } from '../invalid-import.ts';
import type { ReadOptions, ReadTally } from '../staged-record.ts';

/** A value that is larger is refused: it would have to be held whole. */
const largestValue = 32 * 1024 * 1024;
const blockSize = 256 * 1024;

export type JsonPointer = readonly (string | number)[];

/** `take`: the value is wanted whole. `enter`: its members are asked about one by one. `check`: read, but not wanted. */
export type DocumentChoice = 'take' | 'enter' | 'check';

export interface DocumentPart {
  readonly pointer: JsonPointer;
  /** Line of the file on which the value begins, from 1. */
  readonly line: number;
  readonly value: unknown;
}

/**
 * Streams one JSON document of any size: yields the values that `choose` takes, in the order of the file. Every byte is
 * checked, also of what is not wanted. Throws InvalidImport with pointer and line.
 */
export async function* readJsonDocument(
  file: string,
  choose: (pointer: JsonPointer) => DocumentChoice,
  options: Pick<ReadOptions, 'allowTruncatedTail'>,
  tally: ReadTally,
): AsyncGenerator<readonly DocumentPart[]> {
  const handle = await open(file, 'r');
  try {
    const walk = new DocumentWalk(choose, tally);
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(blockSize), 0, blockSize);
      const parts = bytesRead === 0 ? walk.end(options.allowTruncatedTail) : walk.push(buffer.subarray(0, bytesRead));
      if (parts.length > 0) yield parts;
      if (bytesRead === 0) return;
    }
  } finally {
    await handle.close();
  }
}

interface Frame {
  readonly list: boolean;
  /** Nothing below is wanted. */
  readonly unwanted: boolean;
  entries: number;
}

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

/** Walks the grammar between the values that are taken whole; those go to JSON.parse. */
class DocumentWalk {
  private bytes: Buffer = Buffer.alloc(0);
  private at = 0;
  private line = 1;
  private started = false;
  private expected: Expected = 'value';
  private readonly frames: Frame[] = [];
  private readonly path: (string | number)[] = [];
  /** Progress inside the value at `at`, so that no byte of a large value is looked at twice. */
  private scan: ValueScan | undefined;
  private parts: DocumentPart[] = [];

  constructor(
    private readonly choose: (pointer: JsonPointer) => DocumentChoice,
    private readonly tally: ReadTally,
  ) {}

  push(block: Buffer): readonly DocumentPart[] {
    const rest = this.bytes.subarray(this.at);
    this.bytes = rest.length === 0 ? block : Buffer.concat([rest, block]);
    this.at = 0;
    if (!this.started) {
      if (this.bytes.length < 3) return [];
      if (this.bytes[0] === 0xef && this.bytes[1] === 0xbb && this.bytes[2] === 0xbf) this.at = 3;
      this.started = true;
    }
    return this.advance(false);
  }

  end(allowTruncatedTail: boolean): readonly DocumentPart[] {
    const parts = this.advance(true);
    if (this.expected === 'nothing') return parts;
    if (!allowTruncatedTail) {
      const msg =
        'The document was cut off in writing; import with allow_truncated_tail=true to keep what is complete.';
      throw this.invalid('truncated_tail', msg);
    }
    warn(this.tally, `the document was cut off in writing at line ${this.line}; what is complete was kept`);
    return parts;
  }

  private advance(ended: boolean): readonly DocumentPart[] {
    this.parts = [];
    while (this.skipBlanks() && this.step(ended));
    return this.parts;
  }

  /** Reads one token or value; false when it needs more bytes. */
  private step(ended: boolean): boolean {
    const byte = this.bytes[this.at] ?? 0;
    const frame = this.frames.at(-1);
    switch (this.expected) {
      case 'value or end':
        if (byte === 0x5d) return this.leave();
        return this.readValue(byte, ended);
      case 'value':
        return this.readValue(byte, ended);
      case 'key or end':
        if (byte === 0x7d) return this.leave();
        return this.readKey(byte, ended);
      case 'key':
        return this.readKey(byte, ended);
      case 'colon':
        if (byte !== 0x3a) throw this.unexpected();
        this.at += 1;
        this.expected = 'value';
        return true;
      case 'comma or end':
        if (byte === 0x2c && frame !== undefined) {
          this.at += 1;
          if (frame.list) this.path[this.path.length - 1] = frame.entries;
          this.expected = frame.list ? 'value' : 'key';
          return true;
        }
        if (frame !== undefined && byte === (frame.list ? 0x5d : 0x7d)) return this.leave();
        throw this.unexpected();
      case 'nothing':
        throw this.unexpected();
    }
  }

  private readValue(byte: number, ended: boolean): boolean {
    const container = byte === 0x7b || byte === 0x5b;
    if (this.scan === undefined && container && this.enters()) {
      if (this.frames.length >= deepestJson)
        throw this.invalid('json_too_deep', `JSON nested deeper than ${deepestJson} levels.`);
      const list = byte === 0x5b;
      this.frames.push({ list, unwanted: this.unwanted(), entries: 0 });
      this.path.push(list ? 0 : '');
      this.expected = list ? 'value or end' : 'key or end';
      this.at += 1;
      return true;
    }
    const line = this.line;
    const source = this.wholeValue(byte, ended);
    if (source === undefined) return false;
    const value = this.parsed(source, line);
    if (!this.unwanted()) this.parts.push({ pointer: [...this.path], line, value });
    this.afterValue();
    return true;
  }

  private enters(): boolean {
    return (this.frames.at(-1)?.unwanted ?? false) || this.choose(this.path) !== 'take';
  }

  private unwanted(): boolean {
    return (this.frames.at(-1)?.unwanted ?? false) || this.choose(this.path) === 'check';
  }

  private readKey(byte: number, ended: boolean): boolean {
    if (byte !== 0x22) throw this.unexpected();
    const line = this.line;
    const source = this.wholeValue(byte, ended);
    if (source === undefined) return false;
    this.path[this.path.length - 1] = this.parsed(source, line) as string;
    this.expected = 'colon';
    return true;
  }

  private leave(): boolean {
    this.at += 1;
    this.frames.pop();
    this.path.pop();
    this.afterValue();
    return true;
  }

  private afterValue(): void {
    const frame = this.frames.at(-1);
    if (frame !== undefined) frame.entries += 1;
    this.expected = frame === undefined ? 'nothing' : 'comma or end';
  }

  /** The bytes of the value at hand, moving past it; undefined when its end has not come yet. */
  private wholeValue(first: number, ended: boolean): Buffer | undefined {
    this.scan ??= { length: 0, depth: 0, inString: false, escaped: false, breaks: 0 };
    const scan = this.scan;
    const complete = scanValue(this.bytes, this.at, scan, first);
    if (scan.length > largestValue)
      throw this.invalid('value_too_large', `A single value is larger than ${largestValue / 1024 / 1024} MiB.`);
    if (scan.depth + this.frames.length > deepestJson)
      throw this.invalid('json_too_deep', `JSON nested deeper than ${deepestJson} levels.`);
    const scalarAtEnd = ended && scan.depth === 0 && !scan.inString && isScalar(first);
    if (!complete && !scalarAtEnd) return undefined;
    // A number or literal that ends the file inside a container may have lost its own end.
    if (!complete && this.frames.length > 0) return undefined;
    const source = this.bytes.subarray(this.at, this.at + scan.length);
    if (source.length === 0) throw this.unexpected();
    this.at += scan.length;
    this.line += scan.breaks;
    this.scan = undefined;
    return source;
  }

  private parsed(source: Buffer, line: number): unknown {
    if (!isUtf8(source)) throw this.invalid('utf8_invalid', 'The text is not valid UTF-8.', line);
    try {
      return parseJson(source.toString('utf8'), this.tally);
    } catch (error) {
      if (error instanceof JsonFault) throw this.invalid(error.type, error.message, line);
      throw error;
    }
  }

  private skipBlanks(): boolean {
    if (this.scan !== undefined) return true;
    while (this.at < this.bytes.length) {
      const byte = this.bytes[this.at];
      if (byte === 0x0a) this.line += 1;
      else if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) return true;
      this.at += 1;
    }
    return false;
  }

  private unexpected(): InvalidImport {
    const expected = this.expected === 'nothing' ? 'the end of the document' : this.expected;
    return this.invalid('json_invalid', `Not valid JSON: expected ${expected}.`);
  }

  private invalid(type: string, msg: string, line = this.line): InvalidImport {
    return new InvalidImport([{ loc: [...this.path, 'line', line], msg, type }]);
  }
}

interface ValueScan {
  /** Bytes seen so far. */
  length: number;
  depth: number;
  inString: boolean;
  escaped: boolean;
  breaks: number;
}

function isScalar(first: number): boolean {
  return first !== 0x22 && first !== 0x7b && first !== 0x5b;
}

/** Goes on looking for the end of the value that starts at `start`; true when found. */
function scanValue(bytes: Buffer, start: number, scan: ValueScan, first: number): boolean {
  const scalar = isScalar(first);
  let { depth, inString, escaped } = scan;
  let at = start + scan.length;
  let complete = false;
  for (; at < bytes.length && !complete; at += 1) {
    const byte = bytes[at];
    if (inString) {
      if (escaped) escaped = false;
      else if (byte === 0x5c) escaped = true;
      else if (byte === 0x22) {
        inString = false;
        complete = depth === 0;
      }
    } else if (byte === 0x22) {
      if (scalar) break;
      inString = true;
    } else if (byte === 0x7b || byte === 0x5b) {
      if (scalar) break;
      depth += 1;
      if (depth > deepestJson) break;
    } else if (byte === 0x7d || byte === 0x5d) {
      if (scalar) {
        complete = true;
        break;
      }
      depth -= 1;
      complete = depth === 0;
    } else if (
      scalar &&
      (byte === 0x2c || byte === 0x3a || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)
    ) {
      complete = true;
      break;
    }
    if (byte === 0x0a) scan.breaks += 1;
  }
  // A quote or bracket right after a scalar is a fault that the grammar of the container reports.
  if (scalar && at < bytes.length) complete = true;
  scan.length = at - start;
  scan.depth = depth;
  scan.inString = inString;
  scan.escaped = escaped;
  return complete;
}
