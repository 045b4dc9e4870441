/** Converters whose own names hold an underscore; everything else between underscores is a converter by itself. */
const compoundNames = [
  'ansi_attack',
  'ascii_art',
  'ascii_smuggler',
  'character_space',
  'char_swap',
  'indirect_attack',
  'indirect_jailbreak',
  'multi_turn',
  'string_join',
  'suffix_append',
  'unicode_confusable',
  'unicode_substitution',
] as const;

/** Transforms of a technique, in the order in which they were applied: `tense_base64` is two, `baseline` is none. */
export function azureTransforms(technique: string): readonly string[] {
  const transforms: string[] = [];
  let rest = technique.toLowerCase();
  while (rest !== '') {
    const compound = compoundNames.find((name) => rest === name || rest.startsWith(`${name}_`));
    const name = compound ?? rest.split('_', 1)[0] ?? rest;
    if (name !== '' && name !== 'baseline') transforms.push(name);
    rest = rest.slice(name.length + 1);
  }
  return transforms;
}
