import type { Request } from 'express';
import { addressIn, countedAddress } from './caller-address.ts';

describe('the address of a caller', () => {
  it.each<[string | undefined, string | null]>([
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:4711', '203.0.113.9'],
    ['203.0.113.9:', '203.0.113.9'],
    [' 203.0.113.9 ', '203.0.113.9'],
    ['"203.0.113.9:80"', '203.0.113.9'],
    ['2001:DB8::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['"[2001:db8::1]:443"', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%25eth0]:80', 'fe80::1'],
    ['::ffff:203.0.113.9', '::ffff:203.0.113.9'],
    ['unknown', null],
    ['_hidden', null],
    ['', null],
    [undefined, null],
    ['203.0.113.9, 10.0.0.1', null],
    ['203.0.113', null],
    ['203.0.113.9:port', null],
    ['[203.0.113.9', null],
    ["'; drop table audit.entry; --", null],
    ['x'.repeat(15_000), null],
  ])('in %j is %j', (text, address) => {
    expect(addressIn(text)).toBe(address);
  });

  it.each<[string | undefined, string | undefined, string]>([
    ['203.0.113.9:1', '10.0.0.1', '203.0.113.9'],
    ['unknown', '10.0.0.1', '10.0.0.1'],
    ['garbage', undefined, 'unknown'],
  ])('that is %j by way of %j is counted as %s', (ip, remoteAddress, counted) => {
    expect(countedAddress({ ip, socket: { remoteAddress } } as Request)).toBe(counted);
  });
});
