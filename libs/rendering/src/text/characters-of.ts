/** The code points of a text, one by one: what the gate judges and a page prints. */
export const charactersOf = (text: string): string[] => Array.from(text);
