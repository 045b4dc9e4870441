import type { TallyRow } from '#domain';
import { maskSecrets } from '../../evidence/mask-secrets.ts';
import { asString } from '../../evidence/masked-text.ts';
import { untestedGoals } from '../../sentences/compose-glance.ts';
import { composeTally, listSome } from './compose-tally.ts';
import type { SectionComposer } from './section-composer.ts';

export const asrByAttack: SectionComposer = (setting) =>
  composeTally(setting, setting.facts.rows.asr_by_attack, 'attack', 'attacks', '');

export const asrByCategory: SectionComposer = (setting) => {
  const rows = setting.facts.rows.asr_by_category;
  const missing = untestedGoals(rows.map((row) => row.name));
  const note = missing.length === 0 ? '' : `Not tested: ${listSome(missing, 15)}.`;
  return composeTally(setting, rows, 'category', 'categories', note);
};

/** Goals are free text: what looks like a secret is withheld in them as in the evidence. */
export const asrByGoal: SectionComposer = (setting) => {
  const { evidence, rows } = setting.facts;
  const shown =
    evidence === 'full'
      ? rows.asr_by_goal
      : rows.asr_by_goal.map((row): TallyRow => ({ ...row, name: asString(maskSecrets(row.name)) }));
  return composeTally(setting, shown, 'goal', 'goals', '');
};
