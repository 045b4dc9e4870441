import type { VectorMark } from '../../layout/strips/marks.ts';
import { rgb } from './operands.ts';
import type { OperatorBytes } from './operator-bytes.ts';

/** Grounds of neighbouring lines overlap by less than this: they are written as one. */
const mergeTolerance = 0.5;

interface Ground {
  readonly x: number;
  readonly width: number;
  readonly fill: string;
  readonly top: number;
  bottom: number;
}

/** Draws vectors in their order; what is already so is not set again, and grounds that go on below each other become one. */
export class VectorOperators {
  readonly #out: OperatorBytes;
  #fill = '';
  #stroke = '';
  #lineWidth = 1;
  #dash = '[] 0 d';
  /** The last two grounds: a block's and the rule at its edge. */
  #grounds: Ground[] = [];

  constructor(out: OperatorBytes) {
    this.#out = out;
  }

  add(mark: VectorMark, y: number): void {
    if (mark.kind === 'rect' && mark.fill !== undefined && mark.stroke === undefined) {
      this.#ground(mark.x, y + mark.y, mark.width, mark.height, mark.fill);
      return;
    }
    this.#endGrounds();
    this.#set(mark);
    const paint = mark.fill === undefined ? 'S' : mark.stroke === undefined ? 'f' : 'B';
    this.#path(mark, y);
    this.#out.text(` ${paint}\n`);
  }

  end(): void {
    this.#endGrounds();
  }

  #ground(x: number, top: number, width: number, height: number, fill: string): void {
    const open = this.#grounds.find(
      (ground) =>
        ground.x === x &&
        ground.width === width &&
        ground.fill === fill &&
        Math.abs(ground.bottom - top) <= mergeTolerance,
    );
    if (open) {
      open.bottom = top + height;
      return;
    }
    if (this.#grounds.length === 2) this.#endGrounds();
    this.#grounds.push({ x, width, fill, top, bottom: top + height });
  }

  #endGrounds(): void {
    for (const { x, width, fill, top, bottom } of this.#grounds) {
      if (fill !== this.#fill) this.#out.text(rgb((this.#fill = fill))).text(' rg\n');
      this.#numbers(x, top, width, bottom - top).text('re f\n');
    }
    this.#grounds.length = 0;
  }

  #set({ fill, stroke, lineWidth = 1, dash }: VectorMark): void {
    const out = this.#out;
    if (fill !== undefined && fill !== this.#fill) out.text(rgb((this.#fill = fill))).text(' rg\n');
    if (stroke === undefined) return;
    if (stroke !== this.#stroke) out.text(rgb((this.#stroke = stroke))).text(' RG\n');
    if (lineWidth !== this.#lineWidth) this.#numbers((this.#lineWidth = lineWidth)).text('w\n');
    const dashes = dash === undefined ? '[] 0 d' : `[${dash.join(' ')}] 0 d`;
    if (dashes !== this.#dash) out.text((this.#dash = dashes)).text('\n');
  }

  /** Each with a space behind it. */
  #numbers(...values: readonly number[]): OperatorBytes {
    for (const value of values) this.#out.number(value).text(' ');
    return this.#out;
  }

  #path(mark: VectorMark, y: number): void {
    switch (mark.kind) {
      case 'rect':
        this.#numbers(mark.x, y + mark.y, mark.width, mark.height).text('re');
        break;
      case 'line':
        this.#numbers(mark.x, y + mark.y).text('m ');
        this.#numbers(mark.toX, y + mark.toY).text('l');
        break;
      case 'polygon':
        mark.points.forEach(([px, py], i) => this.#numbers(px, y + py).text(i === 0 ? 'm ' : 'l '));
        this.#out.text('h');
        break;
      case 'circle': {
        const [x, cy, r, k] = [mark.x, y + mark.y, mark.radius, mark.radius * roundness];
        this.#numbers(x + r, cy).text('m ');
        this.#numbers(x + r, cy + k, x + k, cy + r, x, cy + r).text('c ');
        this.#numbers(x - k, cy + r, x - r, cy + k, x - r, cy).text('c ');
        this.#numbers(x - r, cy - k, x - k, cy - r, x, cy - r).text('c ');
        this.#numbers(x + k, cy - r, x + r, cy - k, x + r, cy).text('c h');
      }
    }
  }
}

/** A circle of four Bézier curves. */
const roundness = 0.5523;
