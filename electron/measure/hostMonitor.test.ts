import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { urlTarget } from '../app/targets/urlTarget';
import { HostMonitor } from './hostMonitor';

/** Uses a processor until the system's clock ticks resolve it: for a second, however busy the machine is. */
function aSecond(): void {
  const from = process.cpuUsage();
  for (let usedUs = 0; usedUs < 1_100_000; ) {
    const { user, system } = process.cpuUsage(from);
    usedUs = user + system;
  }
}

function watched(url: string): HostMonitor {
  const surroundings = new HostMonitor(urlTarget({ url }), {});
  surroundings.begin({});
  aSecond();
  surroundings.end();
  return surroundings;
}

describe.runIf(process.platform === 'linux')('HostMonitor', () => {
  it('knows the use of this machine, and says that the target is on another', () => {
    const { machine, machineUnknown } = watched('http://192.0.2.1/');
    expect(machine?.otherShare).toBeGreaterThanOrEqual(0);
    expect(machine?.target).toBeUndefined();
    expect(machineUnknown).toBe('the target is on another machine');
  });

  it('finds the target by any address of this machine', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, listening));
    const bound = server.address();
    const port = typeof bound === 'object' ? bound?.port : undefined;
    const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const { address = '127.0.0.1' } = addresses.find(({ family, internal }) => family === 'IPv4' && !internal) ?? {};
    const { machine, machineUnknown } = watched(`http://${address}:${port}/`);
    server.close();
    expect(machineUnknown).toBeUndefined();
    expect(machine?.target?.cpuMs).toBeGreaterThan(0);
  });

  it('says that nothing is known of a load that did not complete', () => {
    const surroundings = new HostMonitor(urlTarget({ url: 'http://192.0.2.1/' }), {});
    expect(surroundings).toMatchObject({ machine: undefined, machineUnknown: 'the load did not complete' });
  });
});
