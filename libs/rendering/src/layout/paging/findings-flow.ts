import type { Block, FindingContent } from '../../model/report-content.ts';
import { findingColumns } from '../../model/finding-columns.ts';
import { againAnchor } from '../../model/place-names.ts';
import { drawBlocks } from '../blocks/draw-blocks.ts';
import { drawFindingHead } from '../blocks/draw-headings.ts';
import { tableRowDrawer } from '../blocks/draw-table.ts';
import type { Frame } from '../strips/frame.ts';
import { gap, type Running, type Strip } from '../strips/strip.ts';

/** A block that grows with the findings, drawn as they come. */
export interface FindingsFlow {
  begin(): readonly Strip[];
  add(finding: FindingContent): readonly Strip[];
  end(): readonly Strip[];
}

type Streamed = Extract<Block, { kind: 'findings_table' | 'finding_details' }>;

export const isStreamed = (block: Block): block is Streamed =>
  block.kind === 'findings_table' || block.kind === 'finding_details';

/** `count`: how many findings will come. */
export const findingsFlow = (block: Streamed, frame: Frame, running: Running, count: number): FindingsFlow =>
  block.kind === 'findings_table' ? tableFlow(block, frame, running, count) : detailsFlow(block, frame, running);

function tableFlow(
  { again }: Extract<Streamed, { kind: 'findings_table' }>,
  frame: Frame,
  running: Running,
  count: number,
): FindingsFlow {
  const table = tableRowDrawer({ columns: findingColumns }, frame);
  let held: FindingContent | null = null;
  let drawn = 0;
  // The line below a row is that of the next one.
  const drawHeld = (next: FindingContent | null): readonly Strip[] => {
    if (held === null) return [];
    const row = { ...held.row, anchor: againAnchor(`row-${held.rank}`, again) };
    const strips = table.row(row, next?.row ?? null, count > 1 && (drawn === 0 || drawn === count - 2));
    drawn++;
    return strips;
  };
  return {
    begin: () => named(table.head(), running),
    add: (finding) => {
      const strips = drawHeld(finding);
      held = finding;
      return strips;
    },
    end: () => [...drawHeld(null), gap(8)],
  };
}

function detailsFlow(
  { again, below }: Extract<Streamed, { kind: 'finding_details' }>,
  frame: Frame,
  running: Running,
): FindingsFlow {
  let first = true;
  return {
    begin: () => [],
    add: (finding) => {
      const anchor = againAnchor(`finding-${finding.rank}`, again);
      const follows = below === true && first;
      first = false;
      return [
        ...drawFindingHead(finding, frame, { ...running, item: finding.id }, anchor, follows),
        ...drawBlocks(finding.blocks, frame),
      ];
    },
    end: () => [],
  };
}

/** The header says so from here on. */
export function named(strips: readonly Strip[], running: Running): readonly Strip[] {
  const first = strips.findIndex((strip) => strip.space !== true);
  return strips.map((strip, index) => (index === first ? { ...strip, running } : strip));
}
