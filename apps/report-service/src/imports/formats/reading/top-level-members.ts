/** What the first JSON value of a text has at its top: keys in order, with the value where it is a short string. */
interface TopLevelMembers {
  readonly keys: ReadonlyMap<string, string | undefined>;
  /** Keys one level down, below the key of the top level. */
  readonly nested: ReadonlyMap<string, ReadonlySet<string>>;
  /** The value does not end in the text. */
  readonly cut: boolean;
}

const token = /"((?:[^"\\]|\\.){0,200})"|"|[{}[\]:,]/gy;

/**
 * Looks at the head of a file without asking for whole JSON: keys of the first object, for telling formats apart.
 * Undefined when the text does not begin with an object.
 */
export function topLevelMembers(head: string): TopLevelMembers | undefined {
  const start = head.search(/\S/);
  if (head[start] !== '{') return undefined;
  const keys = new Map<string, string | undefined>();
  const nested = new Map<string, Set<string>>();
  const path: string[] = [];
  const kinds: string[] = [];
  let key: string | undefined;
  let expectsKey = false;
  let at = start;
  while (at < head.length) {
    token.lastIndex = at;
    const match = token.exec(head);
    if (match === null) {
      at += 1;
      continue;
    }
    const [text, string] = match;
    at = token.lastIndex;
    if (text === '"') {
      at = endOfLongString(head, at);
    } else if (text === '{' || text === '[') {
      if (key !== undefined) path.push(key);
      else path.push('');
      kinds.push(text);
      key = undefined;
      expectsKey = text === '{';
    } else if (text === '}' || text === ']') {
      kinds.pop();
      path.pop();
      key = undefined;
      expectsKey = false;
      if (kinds.length === 0) return { keys, nested, cut: false };
    } else if (text === ',') {
      key = undefined;
      expectsKey = kinds.at(-1) === '{';
    } else if (string !== undefined) {
      if (expectsKey) {
        key = string;
        expectsKey = false;
        if (kinds.length === 1) keys.set(key, undefined);
        else if (kinds.length === 2) nested.set(path[1] ?? '', (nested.get(path[1] ?? '') ?? new Set()).add(key));
      } else if (kinds.length === 1 && key !== undefined) {
        keys.set(key, string);
      }
    }
  }
  return { keys, nested, cut: true };
}

function endOfLongString(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
