import { untestedGoals } from '../../sentences/compose-glance.ts';
import { composeTally, listSome } from './compose-tally.ts';
import type { SectionComposer } from './section-composer.ts';

export const asrByCategory: SectionComposer = (setting) => {
  const rows = setting.facts.rows.asr_by_category;
  const missing = untestedGoals(rows.map((row) => row.name));
  const note = missing.length === 0 ? '' : `Not tested: ${listSome(missing, 15)}.`;
  return composeTally(setting, rows, 'category', 'categories', note);
};
