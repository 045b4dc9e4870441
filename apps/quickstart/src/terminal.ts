const labelWidth = 11;
const barWidth = 28;
const lineIntervalMs = 2_000;

/** What the person sees: one calm line a step, a bar on a terminal, plain lines elsewhere. */
export class Terminal {
  private barShown = false;
  private lastLineAt = performance.now();

  constructor(private readonly out: NodeJS.WriteStream) {
    // Whoever reads our output may stop reading; the job goes on.
    out.on('error', () => undefined);
  }

  title(text: string): void {
    this.write(`\n${text}\n\n`);
  }

  /** One finished fact: `Import     campaign.ndjson: 240 attack runs`. */
  step(label: string, text: string): void {
    this.clearBar();
    const [first = '', ...rest] = text.split('\n');
    this.write(`  ${label.padEnd(labelWidth)} ${first}\n`);
    for (const line of rest) this.write(`  ${' '.repeat(labelWidth)} ${line}\n`);
  }

  /** How far a step is, from 0 to 1; replaced by the next line. */
  progress(label: string, share: number, text: string): void {
    const bounded = Math.min(1, Math.max(0, share));
    if (this.out.isTTY) {
      const filled = Math.round(bounded * barWidth);
      const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
      const percent = `${Math.floor(bounded * 100)}`.padStart(3);
      const line = `  ${label.padEnd(labelWidth)} ${bar} ${percent} %  ${text}`;
      // A line that wraps could not be replaced.
      this.out.write(`\r\u001b[2K${line.slice(0, (this.out.columns || 80) - 1)}`);
      this.barShown = true;
      return;
    }
    // Plain lines stay in a log for ever: only what takes its time is worth them.
    if (performance.now() - this.lastLineAt < lineIntervalMs) return;
    this.write(`  ${label.padEnd(labelWidth)} ${Math.floor(bounded * 100)} %  ${text}\n`);
  }

  blank(): void {
    this.clearBar();
    this.write('\n');
  }

  failure(text: string): void {
    this.clearBar();
    this.write(`\n  Failed: ${text.split('\n').join('\n          ')}\n`);
  }

  private clearBar(): void {
    if (this.barShown) this.out.write('\r\u001b[2K');
    this.barShown = false;
  }

  private write(text: string): void {
    this.lastLineAt = performance.now();
    this.out.write(text);
  }
}
