import { AppError } from '#contracts';
import { explain } from './explain.ts';

const coded = (code: string, extra = {}): Error =>
  Object.assign(new Error('at 10.0.0.7:5432 as owner'), { code, ...extra });

it('names the fields that are wrong', () => {
  const error = new AppError('invalid', {
    errors: [{ loc: ['body', 'scopes'], msg: 'must be known', type: 'value_error' }],
  });
  expect(explain(error)).toBe('The request is invalid.\n  scopes: must be known');
});

it.each([
  [coded('ECONNREFUSED'), 'The database does not answer'],
  [new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')], ''), 'The database does not answer'],
  [coded('28P01'), 'The database refused the name or password'],
  [Object.assign(new Error('x'), { driverError: coded('42P01') }), 'APP_ROLE=migrate'],
  [new Error('x', { cause: coded('3D000') }), 'does not exist'],
])('tells a fault of the database without its address: %s', (error, words) => {
  expect(explain(error)).toContain(words);
  expect(explain(error)).not.toMatch(/10\.0\.0\.7|\n/);
});

it('shows no stack of anything else', () => {
  expect(explain(new Error('The data folder is held.'))).toBe('The data folder is held.');
  expect(explain(undefined)).toMatch(/\.$/);
});
