import type { LookupAddress, LookupOptions } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { admittedAddresses, pinnedLookup } from './pinnedLookup';

describe('the addresses that are connected to', () => {
  const addresses = { 'service.test': ['192.0.2.1'], '192.0.2.2': ['192.0.2.2'], 'nowhere.test': [] };

  it('are those that were admitted, and of this machine its own', () => {
    expect(admittedAddresses('service.test', addresses)).toEqual(['192.0.2.1']);
    expect(admittedAddresses('192.0.2.2', addresses)).toEqual(['192.0.2.2']);
    expect(admittedAddresses('127.0.0.1', {})).toEqual(['127.0.0.1']);
    expect(admittedAddresses('::1', {})).toEqual(['::1']);
  });

  it.each(['localhost', 'other.test', 'nowhere.test', '192.0.2.3', '0.0.0.0', '::', '__proto__', 'toString'])(
    'are none for %s, about which nobody was asked',
    (host) => {
      expect(() => admittedAddresses(host, addresses)).toThrow(expect.objectContaining({ code: 'remote-not-allowed' }));
    },
  );
});

describe('a pinned lookup', () => {
  const look = (addresses: string[], options: LookupOptions): Promise<[unknown, string | LookupAddress[], unknown]> =>
    new Promise((settle) => {
      let returned = false;
      pinnedLookup(addresses)('whatever.test', options, (error, address, family) => {
        expect(returned).toBe(true);
        settle([error?.code ?? null, address, family]);
      });
      returned = true;
    });

  it('knows its addresses, whatever it is asked for, and answers later', async () => {
    const both = ['::1', '127.0.0.1'];
    expect(await look(both, { all: true })).toEqual([
      null,
      [
        { address: '::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ],
      undefined,
    ]);
    expect(await look(both, {})).toEqual([null, '::1', 6]);
    expect(await look(both, { family: 4 })).toEqual([null, '127.0.0.1', 4]);
    expect(await look(['::1'], { family: 4 })).toEqual(['ENOTFOUND', '', 0]);
  });
});
