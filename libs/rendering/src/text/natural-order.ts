// One locale everywhere: the order of a report must not hang on the machine that makes it.
const collator = new Intl.Collator('en', { numeric: true });

/** Names as a reader counts them, "goal 2" before "goal 10"; code units settle between those that a reader takes for the same. */
export const inNaturalOrder = (a: string, b: string): number => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
