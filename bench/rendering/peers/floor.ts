import { readFileSync, writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import type { NeutralFinding } from '../neutral.ts';
import { columns, faces } from '../neutral.ts';

/**
 * What no layout engine can beat: the same words, wrapped at spaces, in the same embedded faces, and nothing else. No kerning,
 * no rules, no links, no subsets, no fallback: Latin text alone. floor.js NEUTRAL OUT.
 */
const [neutral = '', out = ''] = process.argv.slice(2);

const page = { width: 595, height: 842, margin: 48 };
const pages: string[] = [];
let operators: string[] = [];
let y = page.height - page.margin;

interface Face {
  readonly name: string;
  readonly file: Buffer;
  /** Advances of WinAnsi codes in thousandths. */
  readonly widths: readonly number[];
}

/** Reads `head`, `hmtx` and the Unicode `cmap` of a TrueType file: widths are all that wrapping needs. */
function openFace(name: string, path: string): Face {
  const file = readFileSync(path);
  const table = (tag: string): number => {
    for (let at = 12; at < 12 + 16 * file.readUInt16BE(4); at += 16) {
      if (file.toString('latin1', at, at + 4) === tag) return file.readUInt32BE(at + 8);
    }
    throw new Error(`${name} lacks ${tag}`);
  };
  const scale = 1000 / file.readUInt16BE(table('head') + 18);
  const [hmtx, metrics, cmap] = [table('hmtx'), file.readUInt16BE(table('hhea') + 34), table('cmap')];
  let format4 = 0;
  for (let i = 0; i < file.readUInt16BE(cmap + 2); i++) {
    const at = cmap + file.readUInt32BE(cmap + 4 + 8 * i + 4);
    if (file.readUInt16BE(at) === 4) format4 = at;
  }
  const segments = file.readUInt16BE(format4 + 6) / 2;
  const glyph = (code: number): number => {
    for (let i = 0; i < segments; i++) {
      const ends = format4 + 14 + 2 * i;
      if (file.readUInt16BE(ends) < code) continue;
      const starts = ends + 2 * segments + 2;
      const [start, delta] = [file.readUInt16BE(starts), file.readUInt16BE(starts + 2 * segments)];
      const ranges = starts + 4 * segments;
      const range = file.readUInt16BE(ranges);
      if (start > code) return 0;
      return range === 0 ? (code + delta) & 0xffff : file.readUInt16BE(ranges + range + 2 * (code - start));
    }
    return 0;
  };
  const width = (code: number): number => file.readUInt16BE(hmtx + 4 * Math.min(glyph(code), metrics - 1)) * scale;
  return { name, file, widths: Array.from({ length: 256 }, (_, code) => width(code)) };
}

const regular = openFace('F1', faces.regular);
const bold = openFace('F2', faces.bold);
const mono = openFace('F3', faces.mono);
const used = [regular, bold, mono];

function wrap(text: string, { widths }: Face, size: number, room: number): string[] {
  const limit = (room * 1000) / size;
  const lines: string[] = [];
  let [start, space, x, xAtSpace] = [0, -1, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const width = widths[code] ?? 500;
    if (code === 32) [space, xAtSpace] = [i, x + width];
    else if (x + width > limit && i > start) {
      const end = space > start ? space : i;
      lines.push(text.slice(start, end));
      [start, x] = space > start ? [space + 1, x - xAtSpace] : [i, 0];
      space = -1;
    }
    x += width;
  }
  lines.push(text.slice(start));
  return lines;
}

/** WinAnsi: the few signs of our own sentences beyond Latin-1 stand as a plain one. */
const literal = (text: string): string =>
  text
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[“”]/g, '"')
    .replaceAll('…', '...')
    .replaceAll(/[\\()]/g, String.raw`\$&`);

function show(text: string, face: Face, size: number, x: number, baseline: number): void {
  operators.push(`/${face.name} ${size} Tf 1 0 0 1 ${x} ${baseline.toFixed(1)} Tm (${literal(text)}) Tj`);
}

function endPage(): void {
  pages.push(operators.join('\n'));
  operators = [];
  y = page.height - page.margin;
}

function tableHead(): void {
  let x = page.margin;
  for (const { title, width } of columns) {
    show(title, bold, 8.5, x, y - 9);
    x += width;
  }
  y -= 17;
}

const findings = readFileSync(neutral, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as NeutralFinding);

tableHead();
for (const { cells } of findings) {
  const lines = cells.map((cell, i) => cell.flatMap((text) => wrap(text, regular, 8.5, (columns[i]?.width ?? 0) - 5)));
  const height = Math.max(...lines.map(({ length }) => length)) * 11 + 6;
  if (y - height < page.margin) {
    endPage();
    tableHead();
  }
  let x = page.margin;
  lines.forEach((cell, i) => {
    cell.forEach((text, line) => {
      show(text, regular, 8.5, x, y - 12 - line * 11);
    });
    x += columns[i]?.width ?? 0;
  });
  y -= height;
}
for (const { id, title, rows } of findings) {
  if (rows.length > 0) paragraph(`${id} ${title}`, bold, 12, 16);
  for (const { label, texts } of rows) {
    texts.forEach(({ text, mono: fixed }, index) => {
      const face = fixed ? mono : regular;
      paragraph(index === 0 ? `${label} ${text}` : text, face, fixed ? 8.5 : 9.5, fixed ? 11 : 12.5);
    });
  }
}
endPage();

function paragraph(text: string, face: Face, size: number, leading: number): void {
  for (const line of wrap(text, face, size, page.width - 2 * page.margin)) {
    if (y - leading < page.margin) endPage();
    y -= leading;
    show(line, face, size, page.margin, y);
  }
  y -= 5;
}

const parts: Buffer[] = [];
const offsets: number[] = [];
let length = 0;
const put = (bytes: Buffer): void => {
  parts.push(bytes);
  length += bytes.length;
};
const object = (dictionary: string, stream?: Buffer): void => {
  offsets.push(length);
  put(Buffer.from(`${offsets.length} 0 obj\n${dictionary}\n`, 'latin1'));
  if (stream) for (const bytes of [Buffer.from('stream\n'), stream, Buffer.from('\nendstream\n')]) put(bytes);
  put(Buffer.from('endobj\n'));
};

// Objects in a fixed order: catalogue, page tree, three for each face, two for each page.
put(Buffer.from('%PDF-1.7\n'));
const firstPage = 3 + 3 * used.length;
object('<< /Type /Catalog /Pages 2 0 R >>');
const kids = pages.map((_, i) => `${firstPage + 2 * i} 0 R`).join(' ');
const fonts = used.map(({ name }, i) => `/${name} ${3 + 3 * i} 0 R`).join(' ');
object(
  `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] /MediaBox [0 0 ${page.width} ${page.height}] /Resources << /Font << ${fonts} >> >> >>`,
);
used.forEach(({ name, file, widths }, i) => {
  const at = 3 + 3 * i;
  object(
    `<< /Type /Font /Subtype /TrueType /BaseFont /${name} /Encoding /WinAnsiEncoding /FirstChar 0 /LastChar 255 /Widths [${widths.map(Math.round).join(' ')}] /FontDescriptor ${at + 1} 0 R >>`,
  );
  object(
    `<< /Type /FontDescriptor /FontName /${name} /Flags 32 /FontBBox [0 -300 1000 1000] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 ${at + 2} 0 R >>`,
  );
  const bytes = deflateSync(file);
  object(`<< /Length ${bytes.length} /Length1 ${file.length} /Filter /FlateDecode >>`, bytes);
});
pages.forEach((content, i) => {
  const footer = `/F1 7.5 Tf 1 0 0 1 480 30 Tm (Page ${i + 1} of ${pages.length}) Tj`;
  const bytes = deflateSync(Buffer.from(`BT\n${content}\n${footer}\nET`, 'latin1'));
  object(`<< /Type /Page /Parent 2 0 R /Contents ${firstPage + 2 * i + 1} 0 R >>`);
  object(`<< /Length ${bytes.length} /Filter /FlateDecode >>`, bytes);
});
const start = length;
const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
put(
  Buffer.from(
    `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
  ),
);
writeFileSync(out, Buffer.concat(parts));
