import { describeError } from './describe-error.ts';

describe('an error in the log', () => {
  it('keeps name, code, message and where it came from', () => {
    const described = describeError(Object.assign(new TypeError('no such column'), { code: '42703' }));
    expect(described).toMatchObject({ name: 'TypeError', code: '42703', message: 'no such column' });
    expect(described.stack).toContain('describe-error.spec');
  });

  it('leaves out what else hangs on it: parameters of a statement are findings', () => {
    const error = Object.assign(new Error('failed'), { parameters: ['the secret answer'], query: 'insert …' });
    expect(JSON.stringify(describeError(error))).not.toContain('secret');
  });

  it.each(['22P02', '23505'])('leaves out the message of SQLSTATE %s, which quotes the value', (code) => {
    const error = Object.assign(new Error('invalid input syntax for type uuid: "the secret answer"'), { code });
    expect(JSON.stringify(describeError(error))).not.toContain('secret');
  });

  it('says of a thrown value that is no error only what kind it is', () => {
    expect(describeError('the secret answer')).toEqual({ name: 'string' });
  });
});
