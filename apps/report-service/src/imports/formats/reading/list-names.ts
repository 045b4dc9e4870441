/** As long as a list of names may be where a name is expected. */
const longestList = 300;

/** Names in a row, as many as there is room for: `a, b and 3 others`. */
export function listNames(names: readonly string[]): string {
  let listed = names[0] ?? '';
  for (const [at, name] of names.entries()) {
    if (at === 0) continue;
    if (listed.length + name.length > longestList) {
      const left = names.length - at;
      return `${listed} and ${left} other${left === 1 ? '' : 's'}`;
    }
    listed += `, ${name}`;
  }
  return listed;
}
