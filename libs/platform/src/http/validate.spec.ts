import { IsArray, IsOptional, IsString } from 'class-validator';
import { AppError, type Problem, requestLimits } from '#contracts';
import { RequestValidation } from './validate.ts';

class Wish {
  @IsOptional()
  @IsString()
  name?: string;

  @IsOptional()
  @IsArray()
  list?: unknown[];

  @IsOptional()
  anything?: unknown;
}

const pipe = new RequestValidation();

async function faultsOf(value: unknown, type: 'body' | 'query' = 'body'): Promise<readonly Problem[]> {
  try {
    await pipe.transform(value, { type, metatype: Wish });
    return [];
  } catch (error) {
    if (error instanceof AppError) return error.context.errors ?? [];
    throw error;
  }
}

const members = (count: number, prefix = 'm'): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${prefix}${n}`, n]));
const items = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
const { objectMembers, listItems } = requestLimits;

describe('the shape of a body', () => {
  it.each<[string, object]>([
    ['as many members as an object may have', { anything: members(objectMembers) }],
    ['as many items as a list may have', { list: items(listItems) }],
    ['nothing', {}],
  ])('may be %s', async (_what, body) => {
    expect(await faultsOf(body)).toEqual([]);
  });

  it.each<[string, object, (string | number)[]]>([
    ['a member more in an object', { anything: members(objectMembers + 1) }, ['body', 'anything']],
    ['an item more in a list', { list: items(listItems + 1) }, ['body', 'list']],
    ['a member more deep inside', { list: [0, { a: members(objectMembers + 1) }] }, ['body', 'list', 1, 'a']],
    ['more members at the top', members(objectMembers + 1), ['body']],
  ])('may not have %s', async (_what, body, loc) => {
    expect(await faultsOf(body)).toMatchObject([{ loc, type: 'too_many' }]);
  });

  it('of 90,000 members is refused before anything compares each with each', async () => {
    const wide = members(90_000);
    const begun = process.cpuUsage();
    expect(await faultsOf(wide)).toHaveLength(1);
    expect(await faultsOf({ anything: wide })).toHaveLength(1);

    // It took some seconds for each.
    expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(500);
  });

  it.each(['body', 'query'] as const)(
    'tells names that the %s does not have before it looks at the others',
    async (type) => {
      expect(await faultsOf({ ...members(60), name: 7 }, type)).toEqual(
        items(50).map((n) => ({
          loc: [type, `m${n}`],
          msg: `property m${n} should not exist`,
          type: 'whitelist_validation',
        })),
      );
    },
  );
});
