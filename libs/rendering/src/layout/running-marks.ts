import type { ReportContent } from '../content/report-content.ts';
import { formatCount } from '../content/numbers.ts';
import { colours } from '../theme/colours.ts';
import type { Geometry } from '../theme/geometry.ts';
import type { Frame } from './frame.ts';
import type { Mark } from './marks.ts';
import { horizontal } from './marks.ts';
import type { Page } from './paginate.ts';
import { inlineMarks, inlineWidth } from './text-strips.ts';
import { charactersOf } from '../text/characters-of.ts';

type Names = Pick<ReportContent, 'shortTitle' | 'classification' | 'reportId'>;

/** Header and footer of one page, at absolute heights. The cover has no header. */
export function runningMarks(
  page: Page,
  index: number,
  total: number,
  names: Names,
  frame: Frame,
  geometry: Geometry,
): Mark[] {
  const right = frame.x + frame.width;
  const marks: Mark[] = [horizontal(frame.x, geometry.footerRule, frame.width, colours.rule, 0.5)];
  const centred = frame.x + (frame.width - inlineWidth([{ text: names.reportId }], 'micro', frame)) / 2;
  const number = `page ${formatCount(index + 1)} of ${formatCount(total)}`;
  const y = geometry.footerBaseline;
  if (names.classification !== null) {
    const short = shortened(names.classification, frame, frame.width / 2 - 50, 'end');
    marks.push(...inlineMarks([{ text: short, strong: true }], 'micro', frame, frame.x, y));
  }
  marks.push(...inlineMarks([{ text: names.reportId }], 'micro', frame, centred, y));
  marks.push(
    ...inlineMarks([{ text: number }], 'micro', frame, right - inlineWidth([{ text: number }], 'micro', frame), y),
  );
  if (index === 0) return marks;

  const section = shortened(sectionName(page), frame, frame.width / 2 - 10, 'end');
  const sectionWidth = inlineWidth([{ text: section }], 'micro', frame);
  const title = shortened(names.shortTitle, frame, frame.width - sectionWidth - 20, 'middle');
  marks.push(...inlineMarks([{ text: title }], 'micro', frame, frame.x, geometry.headerBaseline));
  marks.push(...inlineMarks([{ text: section }], 'micro', frame, right - sectionWidth, geometry.headerBaseline));
  return marks;
}

function sectionName({ running, firstRank, lastRank, item }: Page): string {
  if (!running) return '';
  if (firstRank !== null && lastRank !== null && running.rankTotal !== undefined) {
    const range =
      firstRank === lastRank ? formatCount(firstRank) : `${formatCount(firstRank)} – ${formatCount(lastRank)}`;
    return `${running.section}, ${range} of ${formatCount(running.rankTotal)}`;
  }
  return item === null ? running.section : `${running.section}, ${item}`;
}

/** Fits a text of one line into `width` by leaving out its end or its middle. */
function shortened(text: string, frame: Frame, width: number, where: 'end' | 'middle'): string {
  const characters = charactersOf(text.slice(0, 1000).replace(/\s+/g, ' '));
  const fits = (candidate: string): boolean => inlineWidth([{ text: candidate }], 'micro', frame, true) <= width;
  const whole = characters.join('');
  if (text.length <= 1000 && fits(whole)) return whole;
  let [kept, above] = [1, Math.min(characters.length, 200)];
  const cut = (count: number): string => {
    if (where === 'end') return `${characters.slice(0, count).join('').trimEnd()}…`;
    const half = Math.ceil(count / 2);
    return `${characters.slice(0, half).join('').trimEnd()}…${characters
      .slice(characters.length - half)
      .join('')
      .trimStart()}`;
  };
  while (above - kept > 1) {
    const tried = Math.floor((kept + above) / 2);
    if (fits(cut(tried))) kept = tried;
    else above = tried;
  }
  return cut(kept);
}
