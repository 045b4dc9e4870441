import type { Checked, Cost } from './measure.ts';

/** One peer at one size: medians of its rounds. */
export interface Row {
  readonly peer: string;
  readonly size: number;
  /** `ok`, or why there are no figures. */
  readonly status: string;
  readonly rounds: number;
  /** Wall time of ours over that of this peer. */
  readonly ratio: number | null;
  /** The same of CPU time, which other work on the machine moves less. */
  readonly cpu_ratio: number | null;
  readonly wall_s: number | null;
  readonly cpu_s: number | null;
  readonly peak_rss_mb: number | null;
  readonly bytes: number | null;
  readonly pages: number | null;
}

export type Result =
  { readonly costs: readonly Cost[]; readonly checked: Checked } | { readonly failed: string; readonly rounds: number };

export function rowsOf(size: number, results: ReadonlyMap<string, Result>): Row[] {
  const ours = results.get('ours');
  const of = (result: Result | undefined, which: keyof Cost): number | null =>
    result && 'costs' in result ? median(result.costs.map((cost) => cost[which])) : null;
  const ratio = (a: number | null, b: number | null): number | null =>
    a === null || b === null ? null : Number((a / b).toFixed(4));
  return [...results].map(([peer, result]): Row => {
    const [wall, cpu, rss] = [of(result, 'wall_s'), of(result, 'cpu_s'), of(result, 'peak_rss_mb')];
    const ran = 'costs' in result;
    return {
      peer,
      size,
      status: ran ? 'ok' : result.failed,
      rounds: ran ? result.costs.length : result.rounds,
      ratio: ratio(of(ours, 'wall_s'), wall),
      cpu_ratio: ratio(of(ours, 'cpu_s'), cpu),
      wall_s: wall,
      cpu_s: cpu,
      peak_rss_mb: rss === null ? null : Math.round(rss),
      bytes: ran ? result.checked.bytes : null,
      pages: ran ? result.checked.pages : null,
    };
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Number((sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(2));
}

export function markdown(rows: readonly Row[]): string {
  const head = ['peer', 'findings', 'ratio', 'of CPU', 'wall', 'CPU', 'peak RSS', 'file', 'pages'];
  const lines = rows.map((row) => {
    if (row.wall_s === null) return [row.peer, count(row.size), row.status, '', '', '', '', '', ''];
    const { ratio, cpu_ratio: cpu, wall_s: wall, cpu_s: used, peak_rss_mb: rss, bytes, pages } = row;
    return [
      row.peer,
      count(row.size),
      ratio === null ? '' : ratio.toFixed(ratio < 0.1 ? 3 : 2),
      cpu === null ? '' : cpu.toFixed(cpu < 0.1 ? 3 : 2),
      `${wall.toFixed(2)} s`,
      `${(used ?? 0).toFixed(2)} s`,
      `${count(rss ?? 0)} MB`,
      `${((bytes ?? 0) / 1e6).toFixed(1)} MB`,
      count(pages ?? 0),
    ];
  });
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

const count = (value: number): string => value.toLocaleString('en');
