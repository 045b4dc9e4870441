import type { Row } from './rows.ts';

const size = { width: 720, height: 420, left: 64, right: 118, top: 24, bottom: 48 };
const colours = ['#1a4b8c', '#5b8fc9', '#777777', '#b35900', '#2f7d4f', '#8c2d5e', '#a08a1b', '#3b8f8f'];
const step = 10;
const widestName = 80;

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
  const lines = [...new Set(measured.map(({ peer }) => peer))].map((peer) => ({
    peer,
    placed: measured
      .filter((each) => each.peer === peer)
      .sort((a, b) => a.findings - b.findings)
      .map(({ findings, wall }): Point => [x.place(findings), y.place(wall)]),
  }));
  const ends: { readonly x: number; readonly baseline: number }[] = [];
  lines.forEach(({ peer, placed }, index) => {
    const colour = colours[index % colours.length] ?? '';
    const line = placed.map((point) => point.map((value) => value.toFixed(1)).join(' ')).join('L');
    parts.push(`<path d="M${line}" fill="none" stroke="${colour}" stroke-width="${peer === 'ours' ? 3 : 1.5}"/>`);
    for (const [cx, cy] of placed)
      parts.push(`<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="3" fill="${colour}"/>`);
    const [endX, endY] = placed.at(-1) ?? [0, 0];
    if (lines.some((other) => other.peer !== peer && crosses(other.placed, endX, endY))) {
      parts.push(text(endX, endY - 9, peer, `fill="${colour}" text-anchor="end"`));
      return;
    }
    // Names that would lie over each other move down.
    let baseline = endY + 4;
    const covered = (): boolean =>
      ends.some((end) => Math.abs(end.x - endX) < widestName && Math.abs(end.baseline - baseline) < 12);
    while (covered()) baseline += 4;
    ends.push({ x: endX, baseline });
    parts.push(text(endX + 8, baseline, peer, `fill="${colour}"`));
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#333333">
<title>Wall time of a whole process against the number of findings</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}

type Point = readonly [x: number, y: number];

/** Whether a line runs through a name to the right of a point. */
function crosses(line: readonly Point[], x: number, y: number): boolean {
  return line.some(([toX, toY], index) => {
    const [fromX, fromY] = line[index - 1] ?? [toX, toY];
    for (let at = Math.max(fromX, x + 8); at <= Math.min(toX, x + widestName); at += 2) {
      const height = fromY + ((at - fromX) / (toX - fromX || 1)) * (toY - fromY);
      if (Math.abs(height - y) < 9) return true;
    }
    return false;
  });
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
