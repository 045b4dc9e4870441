import { type ClaimAbout, type ReportFacts, type TallyRow, triedClaim } from '#domain';
import { maskSecrets } from '../../evidence/mask-secrets.ts';
import { asString } from '../../evidence/masked-text.ts';
import { untestedByName, untestedElsewhere } from '../../sentences/scope-sentences.ts';
import { type TallyKind, composeTally } from './compose-tally.ts';
import type { SectionComposer } from './section-composer.ts';

const attacks: TallyKind = {
  section: 'asr_by_attack',
  dimension: 'attack',
  noun: 'attack',
  nouns: 'attacks',
  without: '',
};
const categories: TallyKind = {
  section: 'asr_by_category',
  dimension: 'category',
  noun: 'category',
  nouns: 'categories',
  without: 'without a category',
};
const goals: TallyKind = {
  section: 'asr_by_goal',
  dimension: 'goal',
  noun: 'goal',
  nouns: 'goals',
  without: 'without a goal',
};

/** An attack's rate is over all its runs: a transform may have made it. */
export const asrByAttack: SectionComposer = (setting, number) =>
  composeTally(setting, number, setting.facts.rows.asr_by_attack, attacks, (_, { target }) =>
    setting.facts.rows.asr_by_transform.some((row) => row.target_key === target && row.transforms.length > 0)
      ? 'The rate of an attack is over its runs with and without transforms.'
      : '',
  );

/** Says of each target what of the vocabulary it was not tried with; of one alone Scope & Method has the names. */
export const asrByCategory: SectionComposer = (setting, number) =>
  composeTally(setting, number, setting.facts.rows.asr_by_category, categories, (rows, about: ClaimAbout) => {
    const claim = triedClaim(rows, about);
    const elsewhere = setting.facts.rows.targets.length < 2 && setting.links.section('methodology') !== null;
    return setting.ledger.state(claim, elsewhere ? untestedElsewhere(claim) : untestedByName(claim));
  });

export const asrByGoal: SectionComposer = (setting, number) =>
  composeTally(setting, number, goalsShown(setting.facts), goals);

/** Goals are free text: what looks like a secret is withheld in them as in the evidence. */
export const goalsShown = ({ evidence, rows }: ReportFacts): readonly TallyRow[] =>
  evidence === 'full'
    ? rows.asr_by_goal
    : rows.asr_by_goal.map((row): TallyRow => ({ ...row, name: asString(maskSecrets(row.name)) }));
