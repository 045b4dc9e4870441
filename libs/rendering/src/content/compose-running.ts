import type { RunningSlot, RunningSlots } from '#domain';
import { shortenName } from '../text/shorten-field.ts';
import type { ImageContent, RunningContent, SlotContent, SlotsContent } from './report-content.ts';
import type { ReportSetting } from './report-setting.ts';

const longestSlot = 1000;

/** Header and footer of every page: a template's own, else the ones of the house. */
export function composeRunning({ facts, images }: ReportSetting, logo: ImageContent | null): RunningContent {
  const { frontmatter, preview } = facts;
  return {
    logo,
    header: slotsContent(frontmatter?.header ?? null, images),
    footer: slotsContent(frontmatter?.footer ?? null, images),
    stamp: preview === null ? null : 'PREVIEW',
  };
}

function slotsContent(slots: RunningSlots | null, images: ReadonlyMap<string, ImageContent>): SlotsContent | null {
  if (slots === null) return null;
  const slot = (given: RunningSlot | undefined): SlotContent | null => {
    if (given === undefined) return null;
    if ('text' in given) {
      const text = given.text.replace(/\s+/g, ' ').trim();
      return text === '' ? null : { text: shortenName(text, longestSlot) };
    }
    const image = images.get(given.image);
    return image ? { image } : { text: 'image not readable' };
  };
  return { left: slot(slots.left), center: slot(slots.center), right: slot(slots.right) };
}
