import fc from 'fast-check';
import { countMembers } from './json-members.ts';

const counted = (json: string, most = Infinity): number => countMembers(Buffer.from(json), most);

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value);
  return inside.length + inside.reduce<number>((sum, member) => sum + membersOf(member), 0);
}

describe('members of a JSON text', () => {
  it.each<[string, number]>([
    ['7', 0],
    ['[]', 0],
    ['{ }', 0],
    ['[[],[ ]]', 2],
    ['{"a":1,"a":2}', 2],
    ['{"a":"{,[\\",,"}', 1],
    ['["\\\\",1]', 2],
    ['[[[[', 3],
    ['["never ends, \\', 1],
  ])('%j has them: %d', (json, count) => {
    expect(counted(json)).toBe(count);
  });

  it('are as many as a parser finds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
        expect(counted(JSON.stringify(value, null, indent))).toBe(membersOf(value));
      }),
    );
  });

  it('are counted no further than they matter', () => {
    expect(counted(`[${'1,'.repeat(1_000)}1]`, 20)).toBe(21);
  });
});
