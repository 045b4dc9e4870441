import type { ImageContent, ReportContent, SlotContent, SlotsContent } from '../../model/report-content.ts';
import { formatCount } from '../../format/numbers.ts';
import { colours } from '../../theme/colours.ts';
import type { Geometry } from '../../theme/geometry.ts';
import type { Frame } from '../strips/frame.ts';
import { shortened } from '../strips/fit-text.ts';
import { horizontal, type Mark } from '../strips/marks.ts';
import type { Page } from './paginate.ts';
import { inlineMarks, inlineWidth, textCentred, textRight } from '../strips/text-strips.ts';

type Names = Pick<ReportContent, 'shortTitle' | 'classification' | 'reportId' | 'running'>;

/** Boxes that pictures are fitted into: beside the short title, in a header of its own, in a footer. */
const logoBox = { width: 66, height: 15 };
const headerBox = { width: 120, height: 20 };
const footerBox = { width: 90, height: 13 };
/** From a baseline up to the middle of its letters. */
const middle = 2.6;
const stampAbove = 15;

/** Room for "page 9,999 of 9,999", whatever the numbers will be. */
const numberRoom = 'page 9,999 of 9,999';

/** Which page of how many: drawn last, when all pages are known. */
export const pageNumberMarks = (index: number, total: number, frame: Frame, geometry: Geometry): Mark[] =>
  rightMarks(`page ${formatCount(index + 1)} of ${formatCount(total)}`, frame, geometry.footerBaseline);

/** Header and footer of one page but its number, at absolute heights. The cover has no header. */
export function runningMarks(page: Page, cover: boolean, names: Names, frame: Frame, geometry: Geometry): Mark[] {
  const { running } = names;
  const marks: Mark[] = [
    horizontal(frame.x, geometry.footerRule, frame.width, colours.rule, 0.5),
    ...(running.footer
      ? slotMarks(
          running.footer,
          frame,
          geometry.footerBaseline,
          footerBox,
          inlineWidth([{ text: numberRoom }], 'micro', frame) + 12,
        )
      : houseFooter(names, frame, geometry)),
  ];
  if (running.stamp !== null) marks.push(...stampMarks(running.stamp, frame, geometry));
  if (cover) return marks;
  return [
    ...marks,
    ...(running.header
      ? slotMarks(running.header, frame, geometry.headerBaseline, headerBox, 0)
      : houseHeader(page, names, frame, geometry)),
  ];
}

function houseFooter(names: Names, frame: Frame, geometry: Geometry): Mark[] {
  const y = geometry.footerBaseline;
  const marks: Mark[] = [];
  if (names.classification !== null) {
    const short = shortened(names.classification, frame, frame.width / 2 - 50, 'end');
    marks.push(...inlineMarks([{ text: short, strong: true }], 'micro', frame, frame.x, y));
  }
  return [...marks, ...textCentred([{ text: names.reportId }], 'micro', frame, frame, y)];
}

function houseHeader(page: Page, names: Names, frame: Frame, geometry: Geometry): Mark[] {
  const y = geometry.headerBaseline;
  const logo = names.running.logo === null ? null : fitted(names.running.logo, logoBox);
  const indent = logo === null ? 0 : logo.width + 9;
  const section = shortened(sectionName(page), frame, frame.width / 2 - 10, 'end');
  const sectionWidth = inlineWidth([{ text: section }], 'micro', frame);
  const title = shortened(names.shortTitle, frame, frame.width - sectionWidth - 20 - indent, 'middle');
  return [
    ...(logo === null ? [] : [imageMark(logo, frame.x, y)]),
    ...inlineMarks([{ text: title }], 'micro', frame, frame.x + indent, y),
    ...rightMarks(section, frame, y),
  ];
}

/** A template's own texts and pictures; `kept` is left free at the right. */
function slotMarks(
  slots: SlotsContent,
  frame: Frame,
  y: number,
  box: { readonly width: number; readonly height: number },
  kept: number,
): Mark[] {
  // Three share the line; two have half of it each.
  const share = slots.center === null ? frame.width / 2 - 8 : frame.width / 3 - 10;
  const right = frame.x + frame.width - kept;
  const place = (slot: SlotContent | null, room: number, left: (width: number) => number): Mark[] => {
    if (slot === null) return [];
    if ('image' in slot) {
      const image = fitted(slot.image, { ...box, width: Math.min(box.width, room) });
      return [imageMark(image, left(image.width), y)];
    }
    const text = shortened(slot.text, frame, room, 'end');
    return inlineMarks([{ text }], 'micro', frame, left(inlineWidth([{ text }], 'micro', frame)), y);
  };
  return [
    ...place(slots.left, share, () => frame.x),
    ...place(slots.center, share, (width) => frame.x + (frame.width - width) / 2),
    ...place(slots.right, share - kept, (width) => right - width),
  ];
}

/** In its proportions, as large as the box allows, but no larger than its pixels at 96 an inch. */
function fitted(image: ImageContent, box: { readonly width: number; readonly height: number }): ImageContent {
  const scale = Math.min(box.width / image.width, box.height / image.height, 0.75);
  return { png: image.png, width: image.width * scale, height: image.height * scale };
}

/** Centred on the letters of the line at `y`. */
const imageMark = ({ png, width, height }: ImageContent, x: number, y: number): Mark => ({
  kind: 'image',
  x,
  y: y - middle - height / 2,
  width,
  height,
  png,
});

const rightMarks = (text: string, frame: Frame, y: number): Mark[] =>
  textRight([{ text }], 'micro', frame, frame.x + frame.width, y);

/** Over the header, in the middle: in nobody's way, on every page. */
const stampMarks = (text: string, frame: Frame, geometry: Geometry): Mark[] =>
  textCentred([{ text, strong: true, tone: 'accent' }], 'micro', frame, frame, geometry.headerBaseline - stampAbove);

function sectionName({ running, firstRank, lastRank, item }: Page): string {
  if (!running) return '';
  if (firstRank !== null && lastRank !== null && running.rankTotal !== undefined) {
    const range =
      firstRank === lastRank ? formatCount(firstRank) : `${formatCount(firstRank)} – ${formatCount(lastRank)}`;
    return `${running.section}, ${range} of ${formatCount(running.rankTotal)}`;
  }
  return item === null ? running.section : `${running.section}, ${item}`;
}
