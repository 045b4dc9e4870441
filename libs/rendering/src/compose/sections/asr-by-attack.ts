import { composeTally } from './compose-tally.ts';
import type { SectionComposer } from './section-composer.ts';

export const asrByAttack: SectionComposer = (setting) =>
  composeTally(setting, setting.facts.rows.asr_by_attack, 'attack', 'attacks', '');
