import type { Row } from './rows.ts';

const size = { width: 720, height: 420, left: 64, right: 118, top: 24, bottom: 48 };
const colours = ['#1a4b8c', '#5b8fc9', '#777777', '#b35900', '#2f7d4f', '#8c2d5e', '#a08a1b'];
const step = 10;

/** Wall time against size, both on logarithmic axes: a straight line of slope one is a cost that grows with the findings. */
export function costChart(rows: readonly Row[]): string {
  const measured = rows.flatMap(({ peer, size: findings, wall_s: wall }) =>
    wall === null ? [] : [{ peer, findings, wall: Math.max(wall, 0.01) }],
  );
  const sizes = measured.map(({ findings }) => findings);
  const walls = measured.map(({ wall }) => wall);
  const x = axis(sizes, size.left, size.width - size.right);
  const y = axis(walls, size.height - size.bottom, size.top);
  const parts: string[] = [];
  const text = (at: number, baseline: number, words: string, extra = ''): string =>
    `<text x="${at.toFixed(1)}" y="${baseline.toFixed(1)}" ${extra}>${words}</text>`;
  for (const value of y.decades) {
    const at = y.place(value).toFixed(1);
    parts.push(`<path d="M${size.left} ${at}H${size.width - size.right}" stroke="#dddddd"/>`);
    parts.push(text(size.left - 8, y.place(value) + 4, `${value} s`, 'text-anchor="end"'));
  }
  for (const value of [...new Set(sizes)].sort((a, b) => a - b)) {
    parts.push(
      text(x.place(value), size.height - size.bottom + 20, value.toLocaleString('en'), 'text-anchor="middle"'),
    );
  }
  parts.push(text((size.left + size.width - size.right) / 2, size.height - 8, 'findings', 'text-anchor="middle"'));
  const ends: number[] = [];
  [...new Set(measured.map(({ peer }) => peer))].forEach((peer, index) => {
    const points = measured.filter((each) => each.peer === peer).sort((a, b) => a.findings - b.findings);
    const colour = colours[index % colours.length] ?? '';
    const placed = points.map(({ findings, wall }) => [x.place(findings), y.place(wall)] as const);
    const line = placed.map((point) => point.map((value) => value.toFixed(1)).join(' ')).join('L');
    parts.push(`<path d="M${line}" fill="none" stroke="${colour}" stroke-width="${peer === 'ours' ? 3 : 1.5}"/>`);
    for (const [cx, cy] of placed)
      parts.push(`<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="3" fill="${colour}"/>`);
    const [endX, endY] = placed.at(-1) ?? [0, 0];
    // Names that would lie over each other move down.
    let baseline = endY + 4;
    while (ends.some((end) => Math.abs(end - baseline) < 12)) baseline += 4;
    ends.push(baseline);
    parts.push(text(endX + 8, baseline, peer, `fill="${colour}"`));
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#333333">
<title>Wall time of a whole process against the number of findings</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}

function axis(
  values: readonly number[],
  from: number,
  to: number,
): { readonly place: (value: number) => number; readonly decades: readonly number[] } {
  const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  return {
    place: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
    decades: Array.from({ length: high - low + 1 }, (_, i) => Number((step ** (low + i)).toPrecision(3))),
  };
}
