import { copyLine } from './copy-text.ts';

describe('COPY text', () => {
  it('tells null, the empty string and a literal \\N apart', () => {
    expect(copyLine([null, undefined, '', '\\N'])).toBe('\\N\t\\N\t\t\\\\N\n');
  });

  it('keeps a value with tabs, line ends and backslashes in its field', () => {
    expect(copyLine(['a\tb\r\nc\\d', 1.5, true])).toBe('a\\tb\\r\\nc\\\\d\t1.5\tt\n');
  });

  it('writes text arrays as array literals and objects as JSON', () => {
    expect(copyLine([['a,b', 'c"d', 'e\\f'], { text: 'line\nend' }])).toBe(
      '{"a,b","c\\\\"d","e\\\\\\\\f"}\t{"text":"line\\\\nend"}\n',
    );
  });
});
