import { face } from '../fonts/faces.ts';
import type { FontFace } from '../fonts/font-face.ts';
import type { FaceName } from '../fonts/font-files.ts';
import type { TextMark, VectorMark } from '../layout/marks.ts';
import { kerned } from '../text/measure.ts';
import { fontOf } from './page-definition.ts';
import type { At } from './page-drawing.ts';
import type { PdfDocument, PdfFont } from './pdf-document.ts';

interface WrittenFont {
  readonly font: PdfFont;
  readonly glyphs: Map<string, string>;
  readonly words: Map<string, string>;
}

/** Writes a page's operators itself: many times faster than a node for each line, and without ligatures. */
export class PageWriter {
  readonly #document: PdfDocument;
  readonly #fonts = new Map<FaceName, WrittenFont>();

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  /** What draws vectors and texts on the document's page of now. */
  operators(vectors: readonly At<VectorMark>[], texts: readonly At<TextMark>[]): string {
    const operators = vectors.map(({ mark, y }) => vectorOperators(mark, y));
    if (texts.length > 0) {
      this.declare(texts.map(({ mark }) => mark.face));
      operators.push(this.textOperators(texts, this.#document.page.height));
    }
    return operators.join('\n');
  }

  /** Names faces to the page of now: texts may be drawn on it later. */
  declare(faces: Iterable<FaceName>): void {
    const { fonts } = this.#document.page;
    for (const name of faces) {
      const { font } = this.#font(name);
      fonts[font.id] ??= font.ref();
    }
  }

  /** What draws texts on a page of this height whose faces were declared. */
  textOperators(texts: readonly At<TextMark>[], height: number): string {
    // The page's space hangs from its top; letters must not.
    const operators = [`q 1 0 0 -1 0 ${number(height)} cm BT`];
    let colour = '';
    let style = '';
    for (const { mark, y } of texts) {
      const next = `/${this.#font(mark.face).font.id} ${number(mark.size)} Tf`;
      if (next !== style) operators.push((style = next));
      if (mark.colour !== colour) operators.push(`${rgb((colour = mark.colour))} rg`);
      operators.push(`1 0 0 1 ${number(mark.x)} ${number(height - y - mark.y)} Tm [${this.#glyphs(mark)}] TJ`);
    }
    operators.push('ET Q');
    return operators.join('\n');
  }

  #glyphs(mark: TextMark): string {
    const written = this.#font(mark.face);
    const { words } = written;
    const { text } = mark;
    const measured = kerned(mark.face) ? face(mark.face) : null;
    let hex = '';
    // Nothing is kerned behind a space: up to it a word is always written alike.
    for (let from = 0, end = 0; from < text.length; from = end) {
      end = text.indexOf(' ', from) + 1 || text.length;
      const word = text.slice(from, end);
      let hexes = words.get(word);
      if (hexes === undefined) {
        hexes = writeWord(word, written, measured);
        if (words.size >= mostWords) words.clear();
        words.set(word, hexes);
      }
      hex += hexes;
    }
    return `<${hex}>`;
  }

  #font(name: FaceName): WrittenFont {
    let known = this.#fonts.get(name);
    if (!known) {
      known = {
        font: this.#document.provideFont(fontOf(name), name.endsWith('-Bold'), false),
        glyphs: new Map(),
        words: new Map(),
      };
      this.#fonts.set(name, known);
    }
    return known;
  }
}

/** Words of a report come again and again; those of a hostile one need not be kept. */
const mostWords = 20_000;

function writeWord(word: string, { font, glyphs }: WrittenFont, measured: FontFace | null): string {
  let hex = '';
  let before = 0;
  for (const character of word) {
    const code = character.codePointAt(0) ?? 0x20;
    let glyph = glyphs.get(character);
    if (glyph === undefined) {
      glyph = font.encode(character)[0].join('');
      glyphs.set(character, glyph);
    }
    if (measured && before !== 0) {
      const kern = measured.kern(before, code);
      if (kern !== 0) hex += `> ${number(-kern)} <`;
    }
    hex += glyph;
    before = code;
  }
  return hex;
}

const number = (value: number): string => String(Math.round(value * 100) / 100);

function rgb(hex: string): string {
  const channel = (at: number): string => String(Math.round((parseInt(hex.slice(at, at + 2), 16) / 255) * 1000) / 1000);
  return `${channel(1)} ${channel(3)} ${channel(5)}`;
}

/** A circle of four Bézier curves. */
const roundness = 0.5523;

function vectorOperators(mark: VectorMark, y: number): string {
  const paint = mark.fill === undefined ? 'S' : mark.stroke === undefined ? 'f' : 'B';
  const setup = [
    mark.fill === undefined ? '' : `${rgb(mark.fill)} rg`,
    mark.stroke === undefined ? '' : `${rgb(mark.stroke)} RG ${number(mark.lineWidth ?? 1)} w`,
    mark.dash === undefined ? '[] 0 d' : `[${mark.dash.join(' ')}] 0 d`,
  ].join(' ');
  return `${setup} ${path(mark, y)} ${paint}`;
}

function path(mark: VectorMark, y: number): string {
  switch (mark.kind) {
    case 'rect':
      return `${number(mark.x)} ${number(y + mark.y)} ${number(mark.width)} ${number(mark.height)} re`;
    case 'line':
      return `${number(mark.x)} ${number(y + mark.y)} m ${number(mark.toX)} ${number(y + mark.toY)} l`;
    case 'polygon': {
      const points = mark.points.map(([px, py], i) => `${number(px)} ${number(y + py)} ${i === 0 ? 'm' : 'l'}`);
      return `${points.join(' ')} h`;
    }
    case 'circle': {
      const [x, cy, r, k] = [mark.x, y + mark.y, mark.radius, mark.radius * roundness];
      const curve = (...values: number[]): string => `${values.map(number).join(' ')} c`;
      return [
        `${number(x + r)} ${number(cy)} m`,
        curve(x + r, cy + k, x + k, cy + r, x, cy + r),
        curve(x - k, cy + r, x - r, cy + k, x - r, cy),
        curve(x - r, cy - k, x - k, cy - r, x, cy - r),
        curve(x + k, cy - r, x + r, cy - k, x + r, cy),
        'h',
      ].join(' ');
    }
  }
}
