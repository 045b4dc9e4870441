import type { Axis } from '../../model/chart-axes.ts';
import type { Inline } from '../../model/report-content.ts';
import type { TextLine } from '../../typesetting/styled-text.ts';
import { colours } from '../../theme/colours.ts';
import type { Frame } from '../strips/frame.ts';
import { baselineIn, lineMarksRight } from '../strips/line-marks.ts';
import { line, type Mark } from '../strips/marks.ts';
import type { Strip } from '../strips/strip.ts';
import { inlineMarks, inlineWidth, textRight } from '../strips/text-strips.ts';
import { chartLabels } from './chart-label.ts';

const plotGap = 14;
const keptTogether = 25;

interface AxisChart {
  readonly axis: Axis;
  /** Of all rows, so that no two print alike. */
  readonly names: readonly string[];
  /** Of the column of names. */
  readonly nameWidth: number;
  readonly heads: readonly string[];
  /** Of the columns of figures at right, at a type size of 8. */
  readonly columns: readonly number[];
  readonly zero: { readonly colour: string; readonly width: number };
  /** A value that all rows are held beside. */
  readonly reference: number | null;
}

/** A chart of rows: a name, a mark on a common axis, figures that stand on the same line. */
export class AxisPlot {
  readonly left: number;
  readonly width: number;
  readonly rowHeight: number;
  readonly #frame: Frame;
  readonly #chart: AxisChart;
  /** Right edge of each column of figures. */
  readonly #rights: readonly number[];
  readonly #labels: ReadonlyMap<string, readonly TextLine[]>;

  constructor(frame: Frame, chart: AxisChart) {
    const factor = Math.max(1, frame.scale.chart.size / 8);
    const rights: number[] = [];
    let right = frame.x + frame.width;
    for (const width of chart.columns.toReversed()) {
      rights.unshift(right);
      right -= width * factor;
    }
    this.left = frame.x + chart.nameWidth + 12;
    this.width = right - plotGap - this.left;
    this.rowHeight = Math.max(14.5, 1.8 * frame.scale.chart.size);
    this.#frame = frame;
    this.#chart = chart;
    this.#rights = rights;
    const labels = chartLabels(chart.names, frame, chart.nameWidth);
    this.#labels = new Map(chart.names.map((name, index) => [name, labels[index] ?? []]));
  }

  at(value: number): number {
    return this.left + this.#chart.axis.place(value) * this.width;
  }

  /** `beside`: what stands over the plot. */
  head(beside: (baseline: number) => readonly Mark[]): Strip {
    const { leading, size } = this.#frame.scale.chart;
    const height = 2.4 * size;
    const y = baselineIn(leading, size);
    const heads = this.#chart.heads.flatMap((text, index) =>
      textRight([{ text, tone: 'quiet' }], 'chart', this.#frame, this.#rights[index] ?? 0, y, true),
    );
    return { height, marks: [...heads, ...this.#grid(leading + 2, height), ...beside(y)], keepWithNext: true };
  }

  /** Numbers below the ticks; the unit hangs over behind the last one. */
  foot(): Strip {
    const { leading, size } = this.#frame.scale.chart;
    const { ticks, tickText, unit } = this.#chart.axis;
    const marks = ticks.flatMap((tick, index) => {
      const number = tickText(tick);
      const shown: Inline = [{ text: index === ticks.length - 1 ? `${number}${unit}` : number, tone: 'quiet' }];
      const x = this.at(tick) - inlineWidth([{ text: number, tone: 'quiet' }], 'chart', this.#frame) / 2;
      return inlineMarks(shown, 'chart', this.#frame, x, 2 + baselineIn(leading, size));
    });
    return { height: 1.9 * size, marks };
  }

  row(name: string, figures: readonly string[], drawn: (middle: number, baseline: number) => readonly Mark[]): Strip {
    const frame = this.#frame;
    const { leading, size } = frame.scale.chart;
    const label = this.#labels.get(name) ?? [];
    const height = label.length > 1 ? Math.max(24, 2 * leading + 4) : this.rowHeight;
    const middle = height / 2;
    const baseline = baselineIn(height, size);
    const top = middle - (label.length * leading) / 2;
    const names = label.flatMap((text, i) =>
      lineMarksRight(text, frame.x + this.#chart.nameWidth, top + i * leading + baselineIn(leading, size)),
    );
    const texts = figures.flatMap((text, index) =>
      textRight([{ text }], 'chart', frame, this.#rights[index] ?? 0, baseline),
    );
    return { height, marks: [...this.#grid(0, height), ...names, ...drawn(middle, baseline), ...texts] };
  }

  /** Few rows stay on one page; of more, no first or last one stands alone, and head and axis come again on each page. */
  static body(rows: readonly Strip[], head: Strip, foot: Strip): { strips: Strip[]; together: boolean } {
    const together = rows.length <= keptTogether;
    const strips = rows.map((row, index): Strip => ({
      ...row,
      keepWithNext: together || index === 0 || index >= rows.length - 2,
      continuation: () => [head, { ...foot, keepWithNext: true }],
    }));
    return { strips, together };
  }

  /** Ticks and reference, from `top` to `bottom` of a strip. */
  #grid(top: number, bottom: number): Mark[] {
    const { axis, zero, reference } = this.#chart;
    const marks: Mark[] = axis.ticks.map((tick) => {
      const x = this.at(tick);
      return tick === 0 ? line(x, top, x, bottom, zero.colour, zero.width) : line(x, top, x, bottom, colours.hair, 0.5);
    });
    if (reference !== null) {
      const x = this.at(reference);
      marks.push({ ...line(x, top, x, bottom, colours.accent, 0.75), dash: [2, 2] });
    }
    return marks;
  }
}

/** The end of an interval. */
export const intervalEnd = (x: number, y: number): Mark => line(x, y - 2.2, x, y + 2.2, colours.ink2, 1.1);
