import type { Inline } from '../content/report-content.ts';
import type { TextLine } from '../text/styled-text.ts';
import type { TypeRole, TypeScale } from '../theme/type-scale.ts';

/** Longer texts seldom come again. */
const longest = 500;
const mostOfAnAge = 2_000;

/**
 * Lines of texts that were broken lately. Labels, captions and the fixed texts of categories come again with every finding;
 * what did not come again while thousands of others did is let go.
 */
export class RecentLines {
  #young = new Map<string, readonly TextLine[]>();
  #old = new Map<string, readonly TextLine[]>();

  get(key: string): readonly TextLine[] | undefined {
    const young = this.#young.get(key);
    if (young) return young;
    const old = this.#old.get(key);
    return old && this.set(key, old);
  }

  set(key: string, lines: readonly TextLine[]): readonly TextLine[] {
    if (this.#young.size >= mostOfAnAge) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, lines);
    return lines;
  }
}

const scales = new WeakMap<TypeScale, RecentLines>();

export function recentLines(scale: TypeScale): RecentLines {
  let recent = scales.get(scale);
  if (!recent) {
    recent = new RecentLines();
    scales.set(scale, recent);
  }
  return recent;
}

/** Null for what is not kept: long texts, and those that lead to a place of their own. Lengths keep a text from posing as two. */
export function lineKey(inline: Inline, role: TypeRole, width: number, bold: boolean | undefined): string | null {
  let length = 0;
  let key = `${role}|${width}|${bold ?? ''}`;
  for (const span of inline) {
    if (span.link !== undefined || span.pageOf !== undefined || span.masked !== undefined) return null;
    length += span.text.length;
    if (length > longest) return null;
    key += `\u0000${span.strong ?? ''}|${span.tone ?? ''}|${span.mono ?? ''}|${span.marked ?? ''}|${span.struck ?? ''}|${span.text.length}|${span.text}`;
  }
  return key;
}
