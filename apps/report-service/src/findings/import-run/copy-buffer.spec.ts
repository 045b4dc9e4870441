import { CopyBuffer } from './copy-buffer.ts';

describe('the buffer before a COPY', () => {
  it('holds lines in order, in UTF-8, and starts anew after a flush', () => {
    const buffer = new CopyBuffer(16);
    buffer.append('żółw\n');
    buffer.append('二\n');
    expect(buffer.bytes.toString('utf8')).toBe('żółw\n二\n');
    buffer.clear();
    buffer.append('x\n');
    expect(buffer.bytes.toString('utf8')).toBe('x\n');
  });

  it('takes a line longer than itself whole, and gives the room back afterwards', () => {
    const buffer = new CopyBuffer(16);
    const line = `${'é'.repeat(1_000)}\n`;
    buffer.append('first\n');
    buffer.append(line);
    expect(buffer.bytes.toString('utf8')).toBe(`first\n${line}`);
    expect(buffer.isFull).toBe(true);
    buffer.clear();
    expect(buffer.isEmpty).toBe(true);
  });
});
