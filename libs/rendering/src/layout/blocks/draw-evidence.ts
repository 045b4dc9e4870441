import type { EvidenceBlock, EvidenceRole, Inline } from '../../model/report-content.ts';
import { colours } from '../../theme/colours.ts';
import type { Frame } from '../strips/frame.ts';
import { baselineIn, lineMarks, lineMarksBetween } from '../strips/line-marks.ts';
import { horizontal, line as stroke, type Mark, rect } from '../strips/marks.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { inlineMarks, linesOf, oneLine, textStrips } from '../strips/text-strips.ts';

const padding = { top: 5, right: 8, bottom: 6, left: 9 };
const ruleWidth = 2;
/** Neighbouring grounds overlap a little: viewers show a white line where two merely touch. */
const overlap = 0.4;

interface Look {
  readonly ground: string;
  readonly rule: string;
  readonly dashed?: true;
  readonly edges?: true;
}

const looks: Readonly<Record<EvidenceRole, Look>> = {
  original: { ground: colours.white, rule: colours.rule, edges: true },
  sent: { ground: colours.pale, rule: colours.accent },
  decoded: { ground: colours.pale, rule: colours.ink3, dashed: true },
  response: { ground: colours.pale, rule: colours.hatch },
};

/** A quoted text: caption, block with a rule in the colour of its speaker, explanation of its signs. */
export function drawEvidence(block: EvidenceBlock, frame: Frame): Strip[] {
  return [
    captionStrip(block, frame, false),
    ...quotedStrips(block.inline, looks[block.role], frame, () => [captionStrip(block, frame, true)]),
    ...(block.legend === undefined
      ? []
      : [gap(3), ...textStrips([{ text: block.legend, tone: 'quiet' }], 'small', frame)]),
    gap(6),
  ];
}

function captionStrip(block: EvidenceBlock, frame: Frame, continued: boolean): Strip {
  const { leading, size } = frame.scale.small;
  const y = baselineIn(leading, size);
  const caption: Inline = [{ text: continued ? `${block.caption} (cont.)` : block.caption, strong: true }];
  const line = oneLine(caption, 'small', frame);
  const marks = lineMarks(line, frame.x, y);
  if (block.note !== undefined) {
    const left = frame.x + line.width + 10;
    marks.push(...inlineMarks([{ text: block.note, tone: 'quiet' }], 'small', frame, left, y));
  }
  return { height: leading + 3, marks, baseline: y, keepWithNext: true };
}

function quotedStrips(inline: Inline, look: Look, frame: Frame, continuation: () => Strip[]): Strip[] {
  const { leading, size } = frame.scale.mono;
  const lines = linesOf(inline, 'mono', frame, frame.width - ruleWidth - padding.left - padding.right);
  const last = lines.length - 1;
  return lines.map((textLine, index): Strip => {
    const top = index === 0 ? padding.top : 0;
    const height = top + leading + (index === last ? padding.bottom : 0);
    const marks: Mark[] = groundMarks(look, frame, height, index === 0, index === last);
    const [left, right] = [frame.x + ruleWidth + padding.left, frame.x + frame.width - padding.right];
    marks.push(...lineMarksBetween(textLine, left, right, top + baselineIn(leading, size)));
    return {
      height,
      marks,
      continuation,
      keepWithNext: last > 0 && (index === 0 || index === last - 1),
    };
  });
}

function groundMarks(look: Look, frame: Frame, height: number, first: boolean, last: boolean): Mark[] {
  const marks: Mark[] = [];
  if (look.edges) {
    if (first) marks.push(horizontal(frame.x, 0.25, frame.width, colours.hair, 0.5));
    if (last) marks.push(horizontal(frame.x, height - 0.25, frame.width, colours.hair, 0.5));
  } else {
    marks.push(rect(frame.x, 0, frame.width, height + (last ? 0 : overlap), { fill: look.ground }));
  }
  const x = frame.x + ruleWidth / 2;
  marks.push(
    look.dashed
      ? { ...stroke(x, 0, x, height, look.rule, ruleWidth), dash: [3, 2] }
      : rect(frame.x, 0, ruleWidth, height + (last ? 0 : overlap), { fill: look.rule }),
  );
  return marks;
}
