/** Not mended yet. Each says why it may stand; one that no audited file shows any more must go. */
export const knownFaults: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  {
    pattern: /^\w+ says a number without a claim/,
    reason:
      'a claim is noted with a part of its sentence, and formulae, intervals and notes beside it bear none of their own',
  },
  {
    pattern: /^\w+ says that (nothing|no attack) succeeded without a claim/,
    reason: 'what follows from a claim of none that succeeded is said in further sentences without it',
  },
  {
    pattern: /^\w+ says (how high the risk is|which finding is the worst) without a claim/,
    reason: 'lines of several targets and the summary repeat the verdict in words that no claim notes',
  },
  {
    pattern: /^the list has another finding in place of/,
    reason: 'the list of findings orders by severity and score alone',
  },
  {
    pattern: /^claim number at compliance .*carr(y|ies) no tag of this framework/,
    reason: 'a claim cannot say yet that it is about runs without a tag',
  },
  {
    pattern: /^claim number at methodology /,
    reason:
      'a claim cannot say yet that it is about runs without a goal or category, of an unfinished assessment, or with an error',
  },
  {
    pattern: /^claim compliance at compliance .*: untagged successes is \d+, not 0/,
    reason:
      'an item that no run is tagged with has no row, so successes that our crosswalk would put there are not counted',
  },
];

export const isKnown = (fault: string): boolean => knownFaults.some(({ pattern }) => pattern.test(fault));
