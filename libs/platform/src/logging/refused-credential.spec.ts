import { refusedCredential } from './refused-credential.ts';

const secret = 'S3cretS3cretS3cretS3cretS3cretS3cret00';
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const told = (authorization?: string): object =>
  refusedCredential({ ip: '203.0.113.9:4711', headers: authorization === undefined ? {} : { authorization } });
const address = '203.0.113.9';

describe('what the log says of a refused credential', () => {
  it.each<[string, string | undefined, object]>([
    ['no header', undefined, { address }],
    ['a key', `Bearer airt_${secret}`, { address, key_prefix: 'airt_S3cr' }],
    ['a password that begins like a key', 'Bearer airt_hunter2', { address }],
    ['another scheme', 'Basic dXNlcjpwYXNz', { address }],
    ['a token', `Bearer ${part({ kid: 'k1' })}.${part({ sub: 'anna' })}.c2ln`, { address, kid: 'k1', sub: 'anna' }],
    ['a token of odd parts', `bearer ${part(null)}.${part({ sub: 7 })}.x`, { address }],
    ['a token of no JSON', 'Bearer a.b.c', { address }],
    ['a long subject', `Bearer ${part({})}.${part({ sub: 'x'.repeat(500) })}.x`, { address, sub: 'x'.repeat(100) }],
  ])('of %s', (_what, authorization, expected) => {
    expect(told(authorization)).toEqual(expected);
    expect(JSON.stringify(told(authorization))).not.toContain('S3cretS3');
  });
});
