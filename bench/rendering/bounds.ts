import type { Row } from './rows.ts';

export interface Bound {
  readonly name: string;
  readonly limit: number;
  /** Null: not measured. */
  readonly seen: number | null;
  /** Ours over a peer that never ended: the ratio is this or less. */
  readonly atMost?: true;
}

export interface Extras {
  readonly warm: { readonly ours_ms: number; readonly pdfmake_ms: number } | null;
  /** Whether 100,000 findings ended in 512 MB; null: not tried. */
  readonly inHeap: boolean | null;
  /** Heap in MB after each of many reports in one thread; null: not tried. */
  readonly heaps: readonly number[] | null;
}

const besides: readonly (readonly [peer: string, size: number, limit: number])[] = [
  ['pdfmake', 10_000, 0.15],
  ['reportlab', 10_000, 0.07],
  ['chromium', 10_000, 0.05],
  ['reportlab', 50_000, 0.03],
  ['floor', 10_000, 3.5],
  ['floor', 50_000, 3.5],
];

/** What this renderer promises beside its peers; a bound whose peer did not run is not judged. */
export function boundsOf(
  rows: readonly Row[],
  limitSeconds: number,
  { warm, inHeap, heaps }: Extras,
): readonly Bound[] {
  const row = (peer: string, size: number): Row | undefined =>
    rows.find((each) => each.peer === peer && each.size === size);
  return [
    ...besides.map(([peer, size, limit]): Bound => {
      const [ours, other] = [row('ours', size)?.wall_s ?? null, row(peer, size)];
      const name = `${size.toLocaleString('en')} findings beside ${peer}`;
      const late = other?.status.startsWith('timeout') === true;
      const seen = ours === null ? null : late ? ours / limitSeconds : (other?.ratio ?? null);
      return { name, limit, seen, ...(late ? { atMost: true } : {}) };
    }),
    { name: 'cost of a finding at 50,000 beside 1,000, without start-up', limit: 1.2, seen: growth(rows) },
    { name: 'warm, 100 findings beside pdfmake', limit: 0.5, seen: warm ? warm.ours_ms / warm.pdfmake_ms : null },
    {
      name: '100,000 findings in a heap of 512 MB: failures',
      limit: 0,
      seen: inHeap === null ? null : Number(!inHeap),
    },
    // The first ones fill the caches that the thread keeps.
    { name: 'heap after the last of many reports beside after the third', limit: 1.05, seen: lastBeside(heaps, 2) },
  ];
}

/** Marginal cost: the smallest size stands for the start of a process. */
function growth(rows: readonly Row[]): number | null {
  const wall = (size: number): number | null =>
    rows.find((row) => row.peer === 'ours' && row.size === size)?.wall_s ?? null;
  const [start, small, large] = [wall(100), wall(1_000), wall(50_000)];
  if (start === null || small === null || large === null) return null;
  return (large - start) / 49_900 / ((small - start) / 900);
}

function lastBeside(heaps: readonly number[] | null, index: number): number | null {
  const [early, last] = [heaps?.[index], heaps?.at(-1)];
  return early === undefined || last === undefined ? null : last / early;
}

export const kept = ({ seen, limit }: Bound): boolean => seen === null || seen <= limit;

export function verdict(bound: Bound): string {
  const { name, limit, seen, atMost } = bound;
  if (seen === null) return `not judged  ${name} (≤ ${limit})`;
  // A peer that was ended early proves a bound, never that it is missed.
  if (atMost && seen > limit) return `not judged  ${name}: at most ${seen.toFixed(3)} (≤ ${limit})`;
  return `${kept(bound) ? 'kept      ' : 'MISSED    '}  ${name}: ${atMost ? 'at most ' : ''}${seen.toFixed(3)} (≤ ${limit})`;
}
