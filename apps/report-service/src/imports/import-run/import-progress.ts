import type { ImportJournal, ImportStep } from '../import-journal.ts';
import type { ProjectRef } from '#contracts';

const noteEveryMs = 500;

/**
 * How far an import came, told to whoever watches its row. A timer tells, beside the import: its transaction holds a
 * connection and takes no second one, nothing waits for a note, and a step in SQL that takes long is no silence.
 */
export class ImportProgress {
  private readonly timer: NodeJS.Timeout;
  private step: ImportStep = 'receiving';
  private count = 0;
  private told = 0;
  private toldAt = Date.now();
  private telling = false;

  constructor(
    private readonly journal: ImportJournal,
    private readonly project: ProjectRef,
    private readonly importId: string,
    /** A row whose import works is touched so often, also when there is nothing new to tell. */
    private readonly beatMs: number,
  ) {
    this.timer = setInterval(() => void this.tell(), noteEveryMs);
  }

  received(bytes: number): void {
    this.count = bytes;
  }

  read(rows: number): void {
    this.step = 'reading';
    this.count = rows;
  }

  /** All rows are read; what is left is SQL. */
  finalising(rows: number): void {
    this.step = 'finalising';
    this.count = rows;
    this.told = -1;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async tell(): Promise<void> {
    const { step, count } = this;
    const now = Date.now();
    // An upload that brings nothing is not kept alive: it may have been given up.
    const due = count !== this.told || (step !== 'receiving' && now - this.toldAt >= this.beatMs);
    if (this.telling || !due) return;
    this.telling = true;
    this.told = count;
    this.toldAt = now;
    await this.journal.note(this.project, this.importId, step, count);
    this.telling = false;
  }
}
