import { type CopyColumns, lineWriter } from './copy-text.ts';

const lineOf = (columns: CopyColumns, record: object): string => lineWriter(columns)(record);

describe('COPY text', () => {
  it('tells null, the empty string and a literal \\N apart', () => {
    const columns = { a: 'text', b: 'text', c: 'text', d: 'text' } as const;
    expect(lineOf(columns, { a: null, c: '', d: '\\N' })).toBe('\\N\t\\N\t\t\\\\N\n');
  });

  it('keeps a value with tabs, line ends and backslashes in its field', () => {
    const columns = { text: 'text', score: 'double precision', seen: 'boolean', said: 'boolean' } as const;
    const record = { said: undefined, seen: true, score: 1.5, text: 'a\tb\r\nc\\d' };
    expect(lineOf(columns, record)).toBe('a\\tb\\r\\nc\\\\d\t1.5\tt\tf\n');
  });

  it('writes lists as array literals or JSON, by the type of their column', () => {
    const columns = { names: 'text[]', turns: 'jsonb', none: 'jsonb', word: 'jsonb', count: 'jsonb' } as const;
    const record = { names: ['a,b', 'c"d', 'e\\f'], turns: [{ text: 'line\nend' }], none: [], word: 'n/a', count: 3 };
    expect(lineOf(columns, record)).toBe('{"a,b","c\\\\"d","e\\\\\\\\f"}\t[{"text":"line\\\\nend"}]\t\\N\t"n/a"\t3\n');
  });
});
