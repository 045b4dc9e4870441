import { CopyBuffer } from './copy-buffer.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

describe('the buffer before a COPY', () => {
  it('holds lines in order, in UTF-8, and starts anew after they were taken', () => {
    const buffer = new CopyBuffer(16);
    buffer.append('żółw\n');
    buffer.append('二\n');
    expect(text(buffer.take())).toBe('żółw\n二\n');
    expect(buffer.isEmpty).toBe(true);
    buffer.append('x\n');
    expect(text(buffer.take())).toBe('x\n');
  });

  it('keeps lines that were taken as they are while it is written again', () => {
    const buffer = new CopyBuffer(16);
    buffer.append('first\n');
    const first = buffer.take();
    buffer.append('again\n');
    expect(text(first)).toBe('first\n');
  });

  it('uses memory that was given back', () => {
    const buffer = new CopyBuffer(16);
    buffer.append('first\n');
    const memory = buffer.take().buffer;
    buffer.giveBack(memory);
    buffer.take();
    buffer.append('third\n');
    expect(buffer.take().buffer).toBe(memory);
  });

  it('takes a line longer than itself whole, and lets the room go afterwards', () => {
    const buffer = new CopyBuffer(16);
    const line = `${'é'.repeat(1_000)}\n`;
    buffer.append('first\n');
    buffer.append(line);
    expect(buffer.isFull).toBe(true);
    const taken = buffer.take();
    expect(text(taken)).toBe(`first\n${line}`);
    buffer.giveBack(taken.buffer);
    buffer.take();
    expect(buffer.take().buffer).not.toBe(taken.buffer);
  });
});
