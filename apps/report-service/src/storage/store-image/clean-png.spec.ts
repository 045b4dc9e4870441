import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { cleanPng } from './clean-png.ts';
import { chunk, ihdr, interlacedPng, pngFile, signature } from './spec-support/make-png.ts';

const picture = (width: number, height: number, alpha = 255): PNG => {
  const png = new PNG({ width, height });
  for (let at = 0; at < png.data.length; at += 4) png.data.set([at % 251, (at * 7) % 256, (at * 3) % 256, alpha], at);
  return png;
};
const refusal = (bytes: Buffer): string => {
  try {
    cleanPng(bytes);
    return 'taken';
  } catch (error) {
    return error instanceof Error && error.name === 'BadPng' ? error.message : String(error);
  }
};

describe('cleaning a PNG', () => {
  it.each([
    ['opaque', 255, 2],
    ['half transparent', 128, 6],
  ])('keeps every pixel of an %s picture', (_what, alpha, colourType) => {
    const given = picture(37, 23, alpha);
    const clean = cleanPng(PNG.sync.write(given));
    expect(PNG.sync.read(clean).data.equals(given.data)).toBe(true);
    expect(clean[25]).toBe(colourType);
  });

  it('reads 16 bits a sample, and writes 8', () => {
    const clean = cleanPng(
      PNG.sync.write(picture(9, 9), { bitDepth: 16, colorType: 6, inputHasAlpha: true } as object),
    );
    expect(clean[24]).toBe(8);
    expect(PNG.sync.read(clean).width).toBe(9);
  });

  it('reads a palette', () => {
    const palette = Buffer.from([255, 0, 0, 0, 255, 0]);
    const clean = cleanPng(
      pngFile(ihdr(2, 1, 8, 3), chunk('PLTE', palette), chunk('IDAT', deflateSync(Buffer.from([0, 0, 1])))),
    );
    expect([...PNG.sync.read(clean).data]).toEqual([255, 0, 0, 255, 0, 255, 0, 255]);
  });

  it('reads an interlaced picture, and writes it plain', () => {
    const clean = cleanPng(interlacedPng(5, 5, [10, 20, 30]));
    expect(clean[28]).toBe(0);
    const { data } = PNG.sync.read(clean);
    for (let at = 0; at < data.length; at += 4) expect([...data.subarray(at, at + 4)]).toEqual([10, 20, 30, 255]);
  });

  it('drops texts, profiles and what comes after the end, and gives the same bytes without them', () => {
    const plain = PNG.sync.write(picture(8, 8));
    const chatty = Buffer.concat([
      plain.subarray(0, 33),
      chunk('tEXt', Buffer.from('Comment\0planted-marker')),
      chunk('iCCP', Buffer.from('planted-marker')),
      plain.subarray(33),
      Buffer.from('<script>planted-marker</script>'),
    ]);
    const clean = cleanPng(chatty);
    expect(clean.includes('planted-marker')).toBe(false);
    expect(clean.equals(cleanPng(plain))).toBe(true);
  });

  const idat = (bytes: number): Buffer => chunk('IDAT', deflateSync(Buffer.alloc(bytes), { level: 9 }));
  it.each([
    ['a bomb', pngFile(ihdr(4, 4, 8, 6), idat(200_000_000)), 'holds more than its header says'],
    ['an interlaced bomb', pngFile(ihdr(4, 4, 8, 6, 1), idat(200_000_000)), 'holds more than its header says'],
    ['a header that promises more', pngFile(ihdr(2_000, 2_000, 8, 6), idat(100)), 'holds less than its header says'],
    ['5,000 pixels a side', pngFile(ihdr(5_000, 1, 8, 2), idat(15_001)), 'has more than 4096 pixels'],
    [
      'a column more than four million pixels',
      pngFile(ihdr(2_001, 2_000, 1, 0), idat(1)),
      'or more than 4000000 in all',
    ],
    ['no size', pngFile(ihdr(0, 4, 8, 2), idat(4)), 'has no size'],
    ['an impossible colour type', pngFile(ihdr(1, 1, 3, 5), idat(2)), 'has a damaged header'],
    ['no picture', pngFile(ihdr(1, 1, 8, 2)), 'holds no picture'],
    [
      'an unknown critical chunk',
      pngFile(ihdr(1, 1, 8, 2), chunk('CgBI', Buffer.alloc(4)), idat(4)),
      'holds something',
    ],
    ['two headers', pngFile(ihdr(1, 1, 8, 2), ihdr(2, 2, 8, 2), idat(4)), 'has two headers'],
    ['no header', pngFile(idat(4)), 'does not begin with its header'],
    ['a broken checksum', breakByte(PNG.sync.write(picture(4, 4)), 30), 'is damaged'],
    ['a cut', PNG.sync.write(picture(40, 40)).subarray(0, 200), 'is cut off'],
    ['a length beyond the end', pngFile(Buffer.from('ffffffff49484452', 'hex')), 'is cut off'],
    ['nothing behind the signature', signature, 'is cut off'],
    ['bytes that do not inflate', pngFile(ihdr(1, 1, 8, 2), chunk('IDAT', Buffer.from('nonsense'))), 'is damaged'],
    [
      'an unknown filter',
      pngFile(ihdr(1, 1, 8, 2), chunk('IDAT', deflateSync(Buffer.from([9, 1, 2, 3])))),
      'is damaged',
    ],
  ])('refuses %s', (_what, bytes, expected) => {
    const before = process.memoryUsage().arrayBuffers;
    expect(refusal(bytes)).toContain(expected);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
  });

  it('never throws anything but a refusal, whatever bytes are broken', () => {
    const whole = PNG.sync.write(picture(16, 16, 200));
    for (let at = 8; at < whole.length; at += 3) {
      expect(refusal(breakByte(whole, at))).toMatch(/^(is|has|holds|does) |^taken$/);
    }
  });
});

function breakByte(bytes: Buffer, at: number): Buffer {
  const broken = Buffer.from(bytes);
  broken[at] = (broken[at] ?? 0) ^ 0x5a;
  return broken;
}
