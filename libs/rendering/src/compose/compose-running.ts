import type { ReportFacts, RunningSlot, RunningSlots } from '#domain';
import { shortenName } from '../text/shorten-field.ts';
import type { ImageContent, RunningContent, SlotContent, SlotsContent } from '../model/report-content.ts';
import type { ReportSetting } from '../sentences/report-setting.ts';

const longestSlot = 1000;

/** Header and footer of every page: a template's own, else the ones of the house. */
export function composeRunning({ facts, images }: ReportSetting, logo: ImageContent | null): RunningContent {
  const { frontmatter, preview } = facts;
  return {
    logo,
    header: saysLogoAndCompany(frontmatter?.header, facts) ? null : slotsContent(frontmatter?.header ?? null, images),
    footer: saysClassification(frontmatter?.footer, facts) ? null : slotsContent(frontmatter?.footer ?? null, images),
    stamp: preview === null ? null : 'PREVIEW',
  };
}

/**
 * A template made from a preset has the preset's branding as header and footer: it looks like the preset built directly.
 * Slots that say anything else are a template's own.
 */
function saysLogoAndCompany(slots: RunningSlots | null | undefined, facts: ReportFacts): boolean {
  if (!slots || slots.right) return false;
  const { left, center } = slots;
  const logo = left && 'image' in left ? facts.images[left.image] : undefined;
  const sameLogo = left
    ? logo !== undefined && facts.logo !== null && sameBytes(logo, facts.logo)
    : facts.logo === null;
  return sameLogo && sameText(center, facts.company_name);
}

const saysClassification = (slots: RunningSlots | null | undefined, { classification }: ReportFacts): boolean =>
  slots !== null && slots !== undefined && !slots.center && !slots.right && sameText(slots.left, classification);

const sameText = (slot: RunningSlot | undefined, text: string | null): boolean =>
  slot ? 'text' in slot && slot.text === text : text === null;

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

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
