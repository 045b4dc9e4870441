const rowsKept = 2;
const entriesKept = 2;
const wordsKept = 8;
const longestText = 400;

/** Where in a value something stands. */
type Path = readonly (string | number)[];

/**
 * Cuts long lists and maps to their first entries, and long texts to their beginning. A cut that `isValid` refuses is not made:
 * some lists have a length, and some texts are of one piece.
 */
export function shorten(value: unknown, isValid: (whole: unknown) => boolean): unknown {
  let whole = value;
  const visit = (path: Path): void => {
    const shorter = cut(at(whole, path));
    if (shorter !== undefined) {
      const candidate = withAt(whole, path, shorter);
      if (isValid(candidate)) whole = candidate;
    }
    const here = at(whole, path);
    if (Array.isArray(here))
      here.forEach((_entry, index) => {
        visit([...path, index]);
      });
    else if (isObject(here)) for (const name of Object.keys(here)) visit([...path, name]);
  };
  visit([]);
  return whole;
}

function cut(value: unknown): unknown {
  if (typeof value === 'string') return value.length > longestText ? `${value.slice(0, longestText - 1)}…` : undefined;
  if (isMap(value) && Object.keys(value).length > entriesKept) {
    return Object.fromEntries(Object.entries(value).slice(0, entriesKept));
  }
  if (!Array.isArray(value)) return undefined;
  const kept = value.some((entry) => typeof entry === 'object') ? rowsKept : wordsKept;
  return value.length > kept ? value.slice(0, kept) : undefined;
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, step) => (part as Record<string | number, unknown>)[step], value);
}

function withAt(value: unknown, [step, ...rest]: Path, part: unknown): unknown {
  if (step === undefined) return part;
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  Reflect.set(copy, step, withAt(Reflect.get(copy, step), rest, part));
  return copy;
}

/** Metrics by name: all entries have the same form. */
function isMap(value: unknown): value is object {
  if (!isObject(value) || Array.isArray(value)) return false;
  const forms = Object.values(value).map((entry: unknown) => (isObject(entry) ? Object.keys(entry).join() : ''));
  return !forms.includes('') && new Set(forms).size === 1;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
