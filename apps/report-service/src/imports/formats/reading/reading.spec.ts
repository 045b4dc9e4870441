import fc from 'fast-check';

import { parseJson, withoutNonFinite } from './parse-json.ts';
import { readJsonDocument } from './read-json-document.ts';
import { readJsonLines } from './read-json-lines.ts';
import { zonedTime } from './read-time.ts';
import { warn } from './warn.ts';
import { InvalidImport, type ImportProblem } from '../invalid-import.ts';
import { inFile } from '../spec-support/read-text.ts';
import type { ReadTally } from '../staged-record.ts';

const strict = { allowTruncatedTail: false };

function tally(): ReadTally {
  return { rows_read: 0, warnings: new Map() };
}

async function objects(content: string | Uint8Array, options = strict, into = tally()): Promise<unknown[]> {
  return inFile(content, async (file) => {
    const found: unknown[] = [];
    for await (const batch of readJsonLines(file, options, into)) found.push(...batch.map(({ value }) => value));
    return found;
  });
}

async function problemsOf(reading: Promise<unknown>): Promise<readonly ImportProblem[]> {
  const error: unknown = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof InvalidImport) return error.problems;
  throw new Error('The content was not refused.', { cause: error });
}

describe('reading a file of lines', () => {
  it('counts lines that hold something, and reads the last one without a line break', async () => {
    const counted = tally();
    expect(await objects('{"a":1}\r\n\n  \n{"a":2}', strict, counted)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(counted.rows_read).toBe(2);
  });

  it('reads lines that are longer than a block', async () => {
    const long = 'ä'.repeat(400_000);
    expect(await objects(`{"a":"${long}"}\n{"a":"end"}\n`)).toEqual([{ a: long }, { a: 'end' }]);
  });

  it('refuses a broken line with its number, and echoes little of it', async () => {
    const [problem] = await problemsOf(objects(`{"a":1}\n{"a":${'x'.repeat(5_000)}}\n{"a":2}\n`));
    expect(problem).toMatchObject({ loc: ['line', 2], type: 'json_invalid' });
    expect(problem?.msg.length).toBeLessThan(200);
  });

  it('refuses a line that is no object', async () => {
    expect(await problemsOf(objects('{}\n[1]\n'))).toMatchObject([{ loc: ['line', 2], type: 'type_error' }]);
  });

  it('refuses a last line that was cut off, also inside a character, or leaves it out when allowed', async () => {
    const whole = Buffer.from('{"a":1}\n{"a":"größer"}');
    for (const cut of [whole.subarray(0, -3), whole.subarray(0, whole.indexOf('ö') + 1)]) {
      expect(await problemsOf(objects(cut))).toMatchObject([{ loc: ['line', 2], type: 'truncated_tail' }]);
      expect(await objects(cut, { allowTruncatedTail: true })).toEqual([{ a: 1 }]);
    }
  });

  it('calls a broken last line broken when its line break was written', async () => {
    expect(await problemsOf(objects('{"a":1}\n{"a":\n'))).toMatchObject([{ loc: ['line', 2], type: 'json_invalid' }]);
  });

  it('refuses bytes that are not UTF-8, with their line', async () => {
    const content = Buffer.concat([Buffer.from('{"a":1}\n{"a":"'), Buffer.from([0xff]), Buffer.from('"}\n{"a":2}\n')]);
    expect(await problemsOf(objects(content))).toMatchObject([{ loc: ['line', 2], type: 'utf8_invalid' }]);
  });

  it('refuses JSON that is nested too deep', async () => {
    const deep = `{"a":${'['.repeat(70)}${']'.repeat(70)}}\n`;
    expect(await problemsOf(objects(deep))).toMatchObject([{ loc: ['line', 1], type: 'json_too_deep' }]);
  });
});

describe('reading JSON as tools write it', () => {
  it('reads NaN and Infinity as null, but never inside a string', () => {
    const counted = tally();
    expect(parseJson('{"a":NaN,"b":[-Infinity,Infinity],"c":"NaN \\" Infinity"}', counted)).toEqual({
      a: null,
      b: [null, null],
      c: 'NaN " Infinity',
    });
    expect(counted.warnings.get('NaN or Infinity read as null')).toBe(3);
  });

  it('leaves every valid JSON text as it is', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(withoutNonFinite(json)).toEqual({ source: json, count: 0 });
      }),
    );
  });

  it('makes NUL and lone surrogates visible, in values and keys, and counts them', () => {
    const counted = tally();
    expect(parseJson('{"a\\u0000":"x\\ud800y","ok":"\\ud83d\\ude00"}', counted)).toEqual({
      'a\\u{0}': 'x\\u{d800}y',
      ok: '😀',
    });
    expect(counted.warnings.get('NUL or lone surrogate stored as a visible escape')).toBe(2);
  });
});

describe('reading one large document', () => {
  const everything = async (
    content: string,
    take: (pointer: readonly (string | number)[]) => boolean,
  ): Promise<Map<string, unknown>> =>
    inFile(content, async (file) => {
      const parts = new Map<string, unknown>();
      const choose = (pointer: readonly (string | number)[]): 'take' | 'enter' => (take(pointer) ? 'take' : 'enter');
      for await (const batch of readJsonDocument(file, choose, strict, tally()))
        for (const { pointer, value } of batch) parts.set(pointer.join('/'), value);
      return parts;
    });

  it('takes every leaf of any JSON document where JSON.parse sees it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), fc.nat(3), async (value, indent) => {
        const json = JSON.stringify(value, null, indent);
        const leaves = new Map<string, unknown>();
        collect(JSON.parse(json), [], leaves);
        expect(await everything(json, () => false)).toEqual(leaves);
      }),
      { numRuns: 60 },
    );
  });

  it('takes whole values of any size across blocks', async () => {
    const big = { items: Array.from({ length: 3 }, (_, at) => ({ at, text: `${at}`.repeat(300_000) })) };
    const parts = await everything(JSON.stringify(big), (pointer) => pointer.length === 2);
    expect(parts.get('items/2')).toEqual(big.items[2]);
    expect(parts.size).toBe(3);
  });

  it.each([
    ['a comma too many', '{"a":1,}'],
    ['a missing colon', '{"a" 1}'],
    ['something after the end', '{"a":1} x'],
    ['a bare word', '{"a":yes}'],
    ['two values without a comma', '[1 2]'],
    ['a bracket of the wrong kind', '{"a":[1}'],
  ])('refuses %s', async (_, json) => {
    expect(await problemsOf(everything(json, () => false))).toMatchObject([{ type: 'json_invalid' }]);
  });

  it('names pointer and line of a fault', async () => {
    const [problem] = await problemsOf(everything('{\n "a": [\n  1,\n  tru\n ]}', () => false));
    expect(problem?.loc).toEqual(['a', 1, 'line', 4]);
  });

  it('refuses nesting that is too deep, whether it is taken whole or entered', async () => {
    const deep = '['.repeat(100_000);
    expect(await problemsOf(everything(deep, () => true))).toMatchObject([{ type: 'json_too_deep' }]);
    expect(await problemsOf(everything(deep, () => false))).toMatchObject([{ type: 'json_too_deep' }]);
  });

  function collect(value: unknown, path: readonly (string | number)[], into: Map<string, unknown>): void {
    if (Array.isArray(value)) {
      value.forEach((item, at) => {
        collect(item, [...path, at], into);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) collect(member, [...path, key], into);
    } else into.set(path.join('/'), value);
  }
});

describe('times and warnings', () => {
  it.each([
    ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z', true],
    ['2026-03-01T10:00:00.123456', '2026-03-01T10:00:00.123456Z', false],
    ['2026-03-01 10:00:00+0200', '2026-03-01T10:00:00+02:00', true],
    ['2026-03-01', '2026-03-01T00:00:00Z', false],
  ])('reads %s', (text, iso, zoned) => {
    expect(zonedTime(text)).toEqual({ iso, zoned });
  });

  it.each(['yesterday', '2026-13-01T00:00:00Z', '2026-02-30T00:00:00Z', '01/02/2026', '2026-03-01T10:00:00+23:00'])(
    'does not understand %s',
    (text) => {
      expect(zonedTime(text)).toBeUndefined();
    },
  );

  it('keeps at most a hundred different warnings', () => {
    const counted = tally();
    for (let at = 0; at < 500; at += 1) warn(counted, `warning ${at}`);
    expect(counted.warnings.size).toBe(100);
    expect(counted.warnings.get('further warnings, not listed one by one')).toBe(401);
  });
});
