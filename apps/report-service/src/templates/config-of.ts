import type { TemplateContent } from '#contracts';
import { expandPreset, type TemplateConfig } from '#domain';

/** What is stored of either form. */
export const configOf = (content: TemplateContent): TemplateConfig =>
  'config' in content ? content.config : expandPreset(content.preset);
