import type { Rate, RunCounts, Severity } from '#domain';
import { riskBands, severities, totalRuns } from '#domain';
import type { Axis } from '../../model/chart-axes.ts';
import { dotAxis, liftAxis } from '../../model/chart-axes.ts';
import {
  formatCount,
  intervalValue,
  ofTotal,
  percent,
  percentValue,
  points,
  pointsInterval,
} from '../../format/numbers.ts';
import type {
  AsrContent,
  DotChartBlock,
  DotRow,
  LiftChartBlock,
  LiftRow,
  OutcomeBarRow,
  RiskContent,
} from '../../model/report-content.ts';
import { severityMarks } from '../../theme/colours.ts';
import type { Markup } from './markup.ts';
import { markup, raw } from './markup.ts';

/** Places in percent of the drawing's width: it follows the page without a script, and its type keeps its size. */
const at = (share: number): string => `${Math.round(share * 100_000) / 1000}%`;

interface Segment {
  readonly label: string;
  readonly count: number;
  readonly fill: string;
}

const barHeight = 16;

function barHtml(segments: readonly Segment[]): Markup {
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
    ({ label, count, fill }) =>
      markup`<li><svg width="10" height="10" aria-hidden="true"><rect width="10" height="10" class="key ${fill}"${fill === 'hatched' ? raw(' fill="url(#hatch)"') : null}/></svg>${label}<span class="quiet">${percent(count / total)}</span></li>`,
  );
  return markup`<svg class="bar" width="100%" height="${barHeight}" role="img" aria-label="${segments.map(({ label }) => label).join(', ')}">${rects}</svg><ul class="legend">${legend}</ul>`;
}

export function outcomeBarHtml(counts: RunCounts): Markup {
  const segments: Segment[] = [
    { label: `${formatCount(counts.succeeded)} succeeded`, count: counts.succeeded, fill: 'ink' },
    { label: `${formatCount(counts.resisted)} resisted`, count: counts.resisted, fill: 'resisted' },
    { label: `${formatCount(counts.not_assessed)} not assessed`, count: counts.not_assessed, fill: 'hatched' },
  ];
  const hits = { label: `${formatCount(counts.hits_only)} hits only`, count: counts.hits_only, fill: 'ink2' };
  return barHtml(counts.hits_only > 0 ? [hits, ...segments] : segments);
}

export function severityBarHtml(counts: Readonly<Record<Severity, number>>): Markup {
  const present = severities.filter((severity) => counts[severity] > 0);
  if (present.length === 0)
    return markup`<p class="nothing">no finding with a severity: nothing succeeded or came close</p>`;
  return barHtml(
    present.map((severity) => ({
      label: `${severityMarks[severity].word} ${formatCount(counts[severity])}`,
      count: counts[severity],
      fill: severity,
    })),
  );
}

export const outcomeBarsHtml = (rows: readonly OutcomeBarRow[]): Markup =>
  markup`<div class="bars">${rows.map(
    (row) =>
      markup`<div class="bar-label">${row.strong ? markup`<strong>${row.label}</strong>` : row.label}<br><span class="quiet">${formatCount(totalRuns(row.counts))} runs</span></div><div>${outcomeBarHtml(row.counts)}</div>`,
  )}</div>`;

/** Of a line of a chart; one whose name takes more lines is higher. */
export const rowHeight = 20;

const gridHtml = (axis: Axis, place: (value: number) => string, strong: string): Markup =>
  markup`${axis.ticks.map((tick) => markup`<line x1="${place(tick)}" x2="${place(tick)}" y1="0" y2="100%" class="${tick === 0 ? strong : 'hair'}"/>`)}`;

/** `within`: the ends have no room beside them. */
function axisHtml(
  axis: Axis,
  place: (value: number) => string,
  text: (tick: number, last: boolean) => string,
  within = false,
): Markup {
  const last = axis.ticks.length - 1;
  const anchor = (index: number): string => (within && index === 0 ? ' start' : within && index === last ? ' end' : '');
  return markup`<svg class="plot" width="100%" height="14" aria-hidden="true">${axis.ticks.map(
    (tick, index) =>
      markup`<text x="${place(tick)}" y="11" class="tick${anchor(index)}">${text(tick, index === last)}</text>`,
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

/** Dots with their intervals; k / n, rate and interval stand beside each. */
export function dotChartHtml(chart: DotChartBlock): Markup {
  const axis = dotAxis(chart);
  const place = (share: number): string => at(share / axis.bound);
  const { overall } = chart;
  const reference =
    overall === null
      ? null
      : markup`<line x1="${place(overall.value)}" x2="${place(overall.value)}" y1="0" y2="100%" class="reference"/>`;
  const dot = ({ low, high, value, succeeded, assessed }: Rate): Markup =>
    intervalHtml(place(low), place(high), place(value), succeeded === 0, [succeeded > 0, succeeded < assessed]);
  const row = (one: DotRow): Markup =>
    markup`<tr><th scope="row">${one.name}</th><td class="plot-cell">${
      one.rate
        ? markup`<svg class="plot" width="100%" height="${rowHeight}" aria-hidden="true">${gridHtml(axis, place, 'zero')}${reference}${dot(one.rate)}</svg>`
        : markup`<span class="quiet">${one.reason ?? 'n/a'}</span>`
    }</td>${
      one.rate
        ? markup`<td class="right">${ofTotal(one.rate.succeeded, one.rate.assessed)}</td><td class="right">${percentValue(one.rate.value)}</td><td class="right">${intervalValue(one.rate)}</td>`
        : markup`<td class="right quiet">n/a</td><td class="right quiet">n/a</td><td class="right quiet">n/a</td>`
    }</tr>`;
  const omitted =
    chart.omittedRows === 0
      ? null
      : markup`<tr><td class="empty" colspan="5">… ${formatCount(chart.omittedRows)} further rows in the table below</td></tr>`;
  const all = overall === null ? '' : `dashed: all ${percent(overall.value)}`;
  return markup`<figure class="chart"><table><colgroup><col class="name"><col><col class="kn-col"><col class="rate-col"><col class="interval-col"></colgroup><thead><tr><td></td><th class="accent note">${all}</th><th scope="col" class="right">k / n</th><th scope="col" class="right">ASR %</th><th scope="col" class="right">95 % interval</th></tr></thead><tbody>${chart.rows.map(row)}${omitted}<tr class="axis"><td></td><td class="plot-cell">${axisHtml(axis, place, (tick, last) => `${percentValue(tick).replace('.0', '')}${last ? ' %' : ''}`)}</td><td colspan="3"></td></tr></tbody></table><figcaption>${chart.note}</figcaption></figure>`;
}

/** Change of the success rate by a transform, on an axis that is the same to both sides of zero. */
export function liftChartHtml(chart: LiftChartBlock): Markup {
  const axis = liftAxis(chart);
  const place = (share: number): string => at((share + axis.bound) / (2 * axis.bound));
  const row = ({ name, rate, baseline, lift }: LiftRow): Markup =>
    markup`<tr><th scope="row">${name}</th><td class="plot-cell"><svg class="plot" width="100%" height="${rowHeight}" aria-hidden="true">${
      lift === null
        ? markup`<svg y="50%" class="plot"><rect x="0" y="-3" width="100%" height="6" fill="url(#hatch)"/></svg>`
        : markup`${gridHtml(axis, place, 'baseline')}${intervalHtml(place(lift.low), place(lift.high), place(lift.value), false, [true, true])}`
    }</svg></td><td class="right">${rate ? ofTotal(rate.succeeded, rate.assessed) : '0 / 0'}</td><td class="right">${baseline ? ofTotal(baseline.succeeded, baseline.assessed) : 'none'}</td><td class="right">${lift ? points(lift.value) : 'n/a'}</td><td class="right">${lift ? pointsInterval(lift) : 'n/a'}</td></tr>`;
  return markup`<figure class="chart"><table><colgroup><col class="name"><col><col class="kn-col"><col class="kn-col"><col class="rate-col"><col class="interval-col"></colgroup><thead><tr><td></td><th class="sides"><span>helps the target</span><span>helps the attacker</span></th><th scope="col" class="right">with</th><th scope="col" class="right">baseline</th><th scope="col" class="right">lift</th><th scope="col" class="right">95 % interval</th></tr></thead><tbody>${chart.rows.map(row)}<tr class="axis"><td></td><td class="plot-cell">${axisHtml(axis, place, (tick, last) => `${points(tick).replace('.0', '')}${last ? ' points' : ''}`)}</td><td colspan="4"></td></tr></tbody></table></figure>`;
}

/** Bands of the score, the reached one dark, with a pointer at the value. */
export function riskScaleHtml(risk: RiskContent): Markup {
  const bands = riskBands.map(([band, from], index) => {
    const to = riskBands[index + 1]?.[1] ?? 10;
    return markup`<rect x="${at(from / 10)}" y="9" width="${at((to - from) / 10)}" height="6" class="part ${band === risk.band ? 'ink' : 'resisted'}"/><text x="${at(from / 10)}" y="29" class="tick start${band === risk.band ? ' current' : null}">${`${from} ${band}`}</text>`;
  });
  return markup`<svg class="plot" width="100%" height="32" aria-hidden="true">${bands}<svg x="${at(risk.value / 10)}" y="0" class="plot"><path d="M-5 0H5L0 7z" class="ink"/></svg></svg>`;
}

/** The rate with its interval on an axis from 0 to 100 %. */
export function asrScaleHtml({ rate }: AsrContent): Markup {
  const axis: Axis = { bound: 1, ticks: [0, 0.25, 0.5, 0.75, 1] };
  const ticks = axis.ticks.map((tick) => markup`<line x1="${at(tick)}" x2="${at(tick)}" y1="7" y2="13" class="zero"/>`);
  const dot =
    rate === null
      ? null
      : markup`<g class="heavy">${intervalHtml(at(rate.low), at(rate.high), at(rate.value), rate.succeeded === 0, [rate.succeeded > 0, rate.succeeded < rate.assessed])}</g>`;
  return markup`<svg class="plot" width="100%" height="${rowHeight}" aria-hidden="true"><line x1="0" x2="100%" y1="10" y2="10" class="zero"/>${ticks}${dot}</svg>${axisHtml(axis, at, (tick, last) => (last ? '100 %' : String(tick * 100)), true)}`;
}
