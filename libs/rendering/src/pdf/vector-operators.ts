import type { VectorMark } from '../layout/marks.ts';
import { number, rgb } from './operands.ts';

/** Grounds of neighbouring lines overlap by less than this: they are one. */
const seam = 0.5;

interface Ground {
  readonly x: number;
  readonly width: number;
  readonly fill: string;
  readonly top: number;
  bottom: number;
}

/** Draws vectors in their order; what is already so is not set again, and grounds that go on below each other become one. */
export class VectorOperators {
  #drawn = '';
  #fill = '';
  #stroke = '';
  #lineWidth = 1;
  #dash = '[] 0 d';
  /** The last two grounds: a block's and the rule at its edge. */
  #grounds: Ground[] = [];

  add(mark: VectorMark, y: number): void {
    if (mark.kind === 'rect' && mark.fill !== undefined && mark.stroke === undefined) {
      this.#ground(mark.x, y + mark.y, mark.width, mark.height, mark.fill);
      return;
    }
    this.#endGrounds();
    this.#set(mark);
    const paint = mark.fill === undefined ? 'S' : mark.stroke === undefined ? 'f' : 'B';
    this.#drawn += `${path(mark, y)} ${paint}\n`;
  }

  end(): string {
    this.#endGrounds();
    return this.#drawn;
  }

  #ground(x: number, top: number, width: number, height: number, fill: string): void {
    const open = this.#grounds.find(
      (ground) =>
        ground.x === x && ground.width === width && ground.fill === fill && Math.abs(ground.bottom - top) <= seam,
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
      if (fill !== this.#fill) this.#drawn += `${rgb((this.#fill = fill))} rg\n`;
      this.#drawn += `${number(x)} ${number(top)} ${number(width)} ${number(bottom - top)} re f\n`;
    }
    this.#grounds.length = 0;
  }

  #set({ fill, stroke, lineWidth = 1, dash }: VectorMark): void {
    if (fill !== undefined && fill !== this.#fill) this.#drawn += `${rgb((this.#fill = fill))} rg\n`;
    if (stroke === undefined) return;
    if (stroke !== this.#stroke) this.#drawn += `${rgb((this.#stroke = stroke))} RG\n`;
    if (lineWidth !== this.#lineWidth) this.#drawn += `${number((this.#lineWidth = lineWidth))} w\n`;
    const dashes = dash === undefined ? '[] 0 d' : `[${dash.join(' ')}] 0 d`;
    if (dashes !== this.#dash) this.#drawn += `${(this.#dash = dashes)}\n`;
  }
}

/** A circle of four Bézier curves. */
const roundness = 0.5523;

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
