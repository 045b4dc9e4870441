import type { Block } from '../../model/report-content.ts';
import type { Frame } from '../strips/frame.ts';
import { gap, type Strip } from '../strips/strip.ts';
import { textStrips } from '../strips/text-strips.ts';

/** Points of a pixel where no width is asked for: 96 pixels an inch, as screens count them. */
const pointsPerPixel = 0.75;
/** Share of the page's height that a caption may take from the picture. */
const captionShare = 1 / 3;

/** A picture in its proportions, no wider than the frame and no higher than a page, with its caption below. */
export function drawImage({ image, caption, width }: Extract<Block, { kind: 'image' }>, frame: Frame): Strip[] {
  const lines = caption === '' ? [] : textStrips([{ text: caption }], 'small', frame);
  const below = lines.reduce((sum, line) => sum + line.height, lines.length === 0 ? 0 : 4);
  const room = frame.pageHeight - Math.min(below, frame.pageHeight * captionShare);
  const wanted = width === null ? image.width * pointsPerPixel : frame.width * Math.min(1, Math.max(0, width));
  const scale = Math.min(Math.min(wanted, frame.width) / image.width, room / image.height);
  const drawn = { width: image.width * scale, height: image.height * scale };
  return [
    {
      height: drawn.height,
      marks: [{ kind: 'image', x: frame.x, y: 0, ...drawn, png: image.png }],
      keepWithNext: lines.length > 0,
    },
    ...(lines.length === 0 ? [] : [gap(4, true)]),
    ...lines,
  ];
}
