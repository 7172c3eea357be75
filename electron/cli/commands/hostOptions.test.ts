import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allowHostOption, type HostOptions, hostsOf } from './hostOptions';

let printed: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
});
afterEach(() => void vi.restoreAllMocks());

const allowing = (...hosts: string[]): string[] =>
  new Command()
    .exitOverride()
    .addOption(allowHostOption())
    .parse(
      hosts.flatMap((host) => ['--allow-host', host]),
      { from: 'user' },
    )
    .opts<HostOptions>().allowHost;

const admit = (options: HostOptions, host: string, ...secrets: string[]) =>
  hostsOf(options).admit([{ host, secrets }], '', { 'api.test': ['192.0.2.1'], 'other.test': ['192.0.2.2'] });

describe('the hosts of a command', () => {
  it('are those that are named, however they are spelt, and no other', async () => {
    const allowHost = allowing('API.test', '192.0.2.9', '2001:DB8::1', '[2001:db8::2]', 'bücher.test');
    expect(allowHost).toEqual(['api.test', '192.0.2.9', '2001:db8::1', '2001:db8::2', 'xn--bcher-kva.test']);
    expect(await admit({ allowHost }, 'api.test')).toEqual({ 'api.test': ['192.0.2.1'] });
    await expect(admit({ allowHost }, 'other.test')).rejects.toMatchObject({
      code: 'remote-not-allowed',
      details: { about: 'host', host: 'other.test' },
    });
    expect(allowing()).toEqual([]);
  });

  it.each(['http://api.test/', 'api.test:80', 'api.test/path', 'me@api.test', ''])('are not %j', (text) => {
    expect(() => allowing(text)).toThrow(/must be a host without port and path/);
  });

  it('are all with --allow-remote, and each is said once before it is loaded, with the secrets that it is sent', async () => {
    const options = { allowRemote: true, allowHost: [] } as const;
    await admit({ ...options, allowHost: [] }, 'other.test', 'A', 'B');
    await admit({ ...options, allowHost: [] }, 'other.test', 'A', 'B');
    await admit({ ...options, allowHost: [] }, '192.0.2.7');
    await admit({ ...options, allowHost: [] }, '127.0.0.1');
    await admit({ ...options, allowHost: [], quiet: true }, '192.0.2.8');
    expect(printed).toEqual([
      'other.test (192.0.2.2) is not this machine: Proofload connects to it and sends it the secrets A and B\n',
      '192.0.2.7 is not this machine: Proofload connects to it\n',
    ]);
  });
});
