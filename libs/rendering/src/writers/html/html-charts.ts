import type { Rate, RunCounts, Severity } from '#domain';
import { type Axis, dotAxis, liftAxis, rateAxis } from '../../model/chart-axes.ts';
import {
  dotFigures,
  dotHeads,
  hasHits,
  hitsHead,
  liftFigures,
  liftHeads,
  liftSides,
  noSeverity,
  omittedRowsText,
  outcomeSegments,
  overallText,
  riskScale,
  runsOf,
  severitySegments,
} from '../../model/chart-texts.ts';
import type {
  AsrContent,
  DotChartBlock,
  DotRow,
  LiftChartBlock,
  LiftRow,
  OutcomeBarRow,
  RiskContent,
} from '../../model/report-content.ts';
import { partedHtml } from './html-inline.ts';
import { markup, type Markup, raw } from './markup.ts';

/** Places in percent of the drawing's width: it follows the page without a script, and its type keeps its size. */
const at = (share: number): string => `${Math.round(share * 100_000) / 1000}%`;

const barHeight = 16;

interface FilledSegment {
  readonly label: string;
  readonly count: number;
  readonly share: string;
  readonly fill: string;
}

function barHtml(segments: readonly FilledSegment[]): Markup {
  const total = segments.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return markup`<p class="nothing">nothing to draw: 0 runs</p>`;
  let start = 0;
  const rects = segments.map(({ count, fill }) => {
    const from = start;
    start += count / total;
    if (count === 0) return null;
    return markup`<rect x="${at(from)}" y="0" width="${at(count / total)}" height="${barHeight}" class="part ${fill}"${fill === 'hatched' ? raw(' fill="url(#hatch)"') : null}/>`;
  });
  const legend = segments.map(
    ({ label, share, fill }) =>
      markup`<li><svg width="10" height="10" aria-hidden="true"><rect width="10" height="10" class="key ${fill}"${fill === 'hatched' ? raw(' fill="url(#hatch)"') : null}/></svg>${label}<span class="quiet">${share}</span></li>`,
  );
  return markup`<svg class="bar" width="100%" height="${barHeight}" role="img" aria-label="${segments.map(({ label }) => label).join(', ')}">${rects}</svg><ul class="legend">${legend}</ul>`;
}

const outcomeFills: Readonly<Record<keyof RunCounts, string>> = {
  succeeded: 'ink',
  resisted: 'resisted',
  not_assessed: 'hatched',
  hits_only: 'ink2',
};

export const outcomeBarHtml = (counts: RunCounts): Markup =>
  barHtml(outcomeSegments(counts).map((segment) => ({ ...segment, fill: outcomeFills[segment.key] })));

export function severityBarHtml(counts: Readonly<Record<Severity, number>>): Markup {
  const segments = severitySegments(counts).map((segment) => ({ ...segment, fill: segment.key }));
  return segments.length === 0 ? markup`<p class="nothing">${noSeverity}</p>` : barHtml(segments);
}

export const outcomeBarsHtml = (rows: readonly OutcomeBarRow[]): Markup =>
  markup`<div class="bars">${rows.map(
    (row) =>
      markup`<div class="bar-label">${row.strong ? markup`<strong>${row.label}</strong>` : row.label}<br><span class="quiet">${runsOf(row)}</span></div><div>${outcomeBarHtml(row.counts)}</div>`,
  )}</div>`;

/** Of a line of a chart; one whose name takes more lines is higher. */
export const rowHeight = 20;

const gridHtml = ({ ticks, place }: Axis, strong: string): Markup =>
  markup`${ticks.map((tick) => markup`<line x1="${at(place(tick))}" x2="${at(place(tick))}" y1="0" y2="100%" class="${tick === 0 ? strong : 'hair'}"/>`)}`;

/** `within`: the ends have no room beside them. */
function axisHtml({ ticks, place, tickText, unit }: Axis, within = false): Markup {
  const last = ticks.length - 1;
  const anchor = (index: number): string => (within && index === 0 ? ' start' : within && index === last ? ' end' : '');
  return markup`<svg class="plot" width="100%" height="14" aria-hidden="true">${ticks.map(
    (tick, index) =>
      markup`<text x="${at(place(tick))}" y="11" class="tick${anchor(index)}">${tickText(tick)}${index === last ? unit : null}</text>`,
  )}</svg>`;
}

function intervalHtml(
  low: string,
  high: string,
  value: string,
  hollow: boolean,
  caps: readonly [boolean, boolean],
): Markup {
  const cap = (x: string): Markup => markup`<line x1="${x}" x2="${x}" y1="-3" y2="3" class="interval"/>`;
  return markup`<svg y="50%" class="plot"><line x1="${low}" x2="${high}" y1="0" y2="0" class="interval"/>${caps[0] ? cap(low) : null}${caps[1] ? cap(high) : null}<circle cx="${value}" cy="0" r="3.8" class="${hollow ? 'hollow' : 'dot'}"/></svg>`;
}

const headsHtml = (heads: readonly string[]): Markup =>
  markup`${heads.map((head) => markup`<th scope="col" class="right">${head}</th>`)}`;

const figuresHtml = (figures: readonly string[]): Markup =>
  markup`${figures.map((figure) => markup`<td class="right">${figure}</td>`)}`;

/** Dots with their intervals; k / n, rate and interval stand beside each. */
export function dotChartHtml(chart: DotChartBlock): Markup {
  const axis = dotAxis(chart);
  const hits = hasHits(chart);
  const place = (share: number): string => at(axis.place(share));
  const { overall } = chart;
  const reference =
    overall === null
      ? null
      : markup`<line x1="${place(overall.value)}" x2="${place(overall.value)}" y1="0" y2="100%" class="reference"/>`;
  const dot = ({ low, high, value, succeeded, assessed }: Rate): Markup =>
    intervalHtml(place(low), place(high), place(value), succeeded === 0, [succeeded > 0, succeeded < assessed]);
  const row = (one: DotRow): Markup =>
    markup`<tr><th scope="row">${partedHtml(one.name)}</th><td class="plot-cell">${
      one.rate
        ? markup`<svg class="plot" width="100%" height="${rowHeight}" aria-hidden="true">${gridHtml(axis, 'zero')}${reference}${dot(one.rate)}</svg>`
        : markup`<span class="quiet">${one.reason ?? 'n/a'}</span>`
    }</td>${figuresHtml(dotFigures(one, hits))}</tr>`;
  const omitted =
    chart.omittedRows === 0
      ? null
      : markup`<tr><td class="empty" colspan="${hits ? 6 : 5}">${omittedRowsText(chart.omittedRows)}</td></tr>`;
  const [kn, rate, interval] = dotHeads;
  const all = overall === null ? '' : `dashed: ${overallText(overall)}`;
  return markup`<figure class="chart"><table><colgroup><col class="name"><col><col class="kn-col">${hits ? markup`<col class="rate-col">` : null}<col class="rate-col"><col class="interval-col"></colgroup><thead><tr><td></td><th class="accent note">${all}</th>${headsHtml([kn, ...(hits ? [hitsHead] : []), `${rate} %`, interval])}</tr></thead><tbody>${chart.rows.map(row)}${omitted}<tr class="axis"><td></td><td class="plot-cell">${axisHtml(axis)}</td><td colspan="${hits ? 4 : 3}"></td></tr></tbody></table><figcaption>${chart.note}</figcaption></figure>`;
}

/** Change of the success rate by a transform, on an axis that is the same to both sides of zero. */
export function liftChartHtml(chart: LiftChartBlock): Markup {
  const axis = liftAxis(chart);
  const place = (share: number): string => at(axis.place(share));
  const row = (one: LiftRow): Markup => {
    const { name, lift } = one;
    return markup`<tr><th scope="row">${partedHtml(name)}</th><td class="plot-cell"><svg class="plot" width="100%" height="${rowHeight}" aria-hidden="true">${
      lift === null
        ? markup`<svg y="50%" class="plot"><rect x="0" y="-3" width="100%" height="6" fill="url(#hatch)"/></svg>`
        : markup`${gridHtml(axis, 'baseline')}${intervalHtml(place(lift.low), place(lift.high), place(lift.value), false, [true, true])}`
    }</svg></td>${figuresHtml(liftFigures(one))}</tr>`;
  };
  const [target, attacker] = liftSides;
  return markup`<figure class="chart"><table><colgroup><col class="name"><col><col class="kn-col"><col class="kn-col"><col class="rate-col"><col class="interval-col"><col class="rate-col"></colgroup><thead><tr><td></td><th class="sides"><span>${target}</span><span>${attacker}</span></th>${headsHtml(liftHeads)}</tr></thead><tbody>${chart.rows.map(row)}<tr class="axis"><td></td><td class="plot-cell">${axisHtml(axis)}</td><td colspan="5"></td></tr></tbody></table></figure>`;
}

/** Bands of the score, the reached one dark, with a pointer at the value. */
export function riskScaleHtml(risk: RiskContent): Markup {
  const bands = riskScale.map(({ band, from, to, text }) => {
    return markup`<rect x="${at(from / 10)}" y="9" width="${at((to - from) / 10)}" height="6" class="part ${band === risk.band ? 'ink' : 'resisted'}"/><text x="${at(from / 10)}" y="29" class="tick start${band === risk.band ? ' current' : null}">${text}</text>`;
  });
  // Without a score nothing is pointed at.
  const pointer =
    risk.value === null
      ? null
      : markup`<svg x="${at(risk.value / 10)}" y="0" class="plot"><path d="M-5 0H5L0 7z" class="ink"/></svg>`;
  return markup`<svg class="plot" width="100%" height="32" aria-hidden="true">${bands}${pointer}</svg>`;
}

/** The rate with its interval on an axis from 0 to 100 %. */
export function asrScaleHtml({ rate }: AsrContent): Markup {
  const ticks = rateAxis.ticks.map(
    (tick) => markup`<line x1="${at(tick)}" x2="${at(tick)}" y1="7" y2="13" class="zero"/>`,
  );
  const dot =
    rate === null
      ? null
      : markup`<g class="heavy">${intervalHtml(at(rate.low), at(rate.high), at(rate.value), rate.succeeded === 0, [rate.succeeded > 0, rate.succeeded < rate.assessed])}</g>`;
  return markup`<svg class="plot" width="100%" height="${rowHeight}" aria-hidden="true"><line x1="0" x2="100%" y1="10" y2="10" class="zero"/>${ticks}${dot}</svg>${axisHtml(rateAxis, true)}`;
}
