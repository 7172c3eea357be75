import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../shared/run/document';

const supplies = '/sys/class/power_supply';

function read(supply: string, name: string): string {
  return readFileSync(join(supplies, supply, name), 'utf8').trim();
}

/**
 * The power source of the machine: mains or battery. It is unknown if the system does not report it (Linux does, in
 * sysfs), and on a desktop, which has no supplies there.
 */
export function readPowerSource(): Environment['power'] {
  try {
    const names = readdirSync(supplies);
    const mains = names.filter((name) => read(name, 'type') === 'Mains');
    if (mains.some((name) => read(name, 'online') === '1')) return 'mains';
    return names.some((name) => read(name, 'type') === 'Battery') ? 'battery' : 'unknown';
  } catch {
    return 'unknown';
  }
}
