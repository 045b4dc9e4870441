import { moreTargetsRow } from '../../model/blocks.ts';
import type { GlanceContent } from '../../model/report-content.ts';
import type { Frame } from '../strips/frame.ts';
import { heightOf, type Strip } from '../strips/strip.ts';
import { drawGlance } from './draw-glance.ts';

/** Body sizes: down to the first one all targets keep their lines; no type is set smaller than the second. */
const readable = 9;
const smallest = 6;
const step = 0.5;
/** Lines of targets that stay as long as there is any smaller type. */
const fewestTargets = 2;

interface Attempt {
  readonly size: number;
  readonly glance: GlanceContent;
}

/**
 * The overview on the one page it has: long names and many targets are set smaller, then fewer targets have a line, then the
 * type gives way again. What fits at no size runs over as it is.
 */
export function drawFittingGlance(
  glance: GlanceContent,
  frameAt: (size: number) => Frame,
  size: number,
  room: number,
): Strip[] {
  for (const attempt of attempts(glance, size)) {
    const drawn = drawGlance(attempt.glance, frameAt(attempt.size));
    if (heightOf(drawn) <= room) return drawn;
  }
  return drawGlance(glance, frameAt(size));
}

function* attempts(glance: GlanceContent, largest: number): Generator<Attempt> {
  let size = largest;
  let shown = glance;
  yield { size, glance };
  while (size > Math.min(largest, readable)) {
    size = Math.max(size - step, readable);
    yield { size, glance };
  }
  for (let kept = linesOfTargets(glance) - 1; kept >= fewestTargets; kept--) {
    if (glance.targetCount - kept < 2) continue;
    shown = withTargets(glance, kept);
    yield { size, glance: shown };
  }
  while (size > Math.min(largest, smallest)) {
    size = Math.max(size - step, smallest);
    yield { size, glance: shown };
  }
  if (linesOfTargets(glance) >= fewestTargets && glance.targetCount > fewestTargets)
    yield { size, glance: withTargets(glance, 1) };
}

/** Without the one that says how many more there are. */
const linesOfTargets = ({ targets, targetCount }: GlanceContent): number =>
  targets === null ? 0 : targets.rows.length === targetCount ? targetCount : targets.rows.length - 1;

function withTargets(glance: GlanceContent, kept: number): GlanceContent {
  const { targets, targetCount } = glance;
  if (targets === null) return glance;
  const more = moreTargetsRow(targetCount - kept, targets.columns.length);
  return { ...glance, targets: { ...targets, rows: [...targets.rows.slice(0, kept), more] } };
}
