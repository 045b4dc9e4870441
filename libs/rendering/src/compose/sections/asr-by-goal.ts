import type { TallyRow } from '#domain';
import { maskSecrets } from '../../evidence/mask-secrets.ts';
import { asString } from '../../evidence/masked-text.ts';
import { composeTally } from './compose-tally.ts';
import type { SectionComposer } from './section-composer.ts';

/** Goals are free text: what looks like a secret is withheld in them as in the evidence. */
export const asrByGoal: SectionComposer = (setting) => {
  const { evidence, rows } = setting.facts;
  const shown =
    evidence === 'full'
      ? rows.asr_by_goal
      : rows.asr_by_goal.map((row): TallyRow => ({ ...row, name: asString(maskSecrets(row.name)) }));
  return composeTally(setting, shown, 'goal', 'goals', '');
};
