import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AllowedHosts } from './allowedHosts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-hosts-'));
  file = join(folder, 'allowed-hosts.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const now = (): Date => new Date('2026-01-02T03:04:05.000Z');
const open = (): AllowedHosts => new AllowedHosts(file, now);
const found = (...addresses: string[]) => ({ host: 'service.test', addresses, secrets: [] as string[] });
const yes = vi.fn(async () => true);
const no = async (): Promise<boolean> => false;
const never = (): never => {
  throw new Error('it was asked');
};

describe('the hosts that the user has confirmed', () => {
  it('are asked about once, and remembered for the next start', async () => {
    expect(await open().permit(found('192.0.2.1'), no)).toBe(false);
    expect(open().all).toEqual([]);
    const hosts = open();
    expect(await hosts.permit(found('192.0.2.1'), yes)).toBe(true);
    expect(await hosts.permit(found('192.0.2.1'), never)).toBe(true);
    expect(await open().permit(found('192.0.2.1'), never)).toBe(true);
    expect(open().all).toEqual([
      { host: 'service.test', addresses: ['192.0.2.1'], secrets: [], confirmedAt: '2026-01-02T03:04:05.000Z' },
    ]);
  });

  it('are asked about again when they lead elsewhere, and keep where they led', async () => {
    const hosts = open();
    await hosts.permit(found('192.0.2.1'), yes);
    expect(await hosts.permit(found('192.0.2.2'), no)).toBe(false);
    expect(await hosts.permit(found('192.0.2.1', '192.0.2.2'), no)).toBe(false);
    expect(await hosts.permit(found('192.0.2.2'), yes)).toBe(true);
    expect(await hosts.permit(found('192.0.2.2', '192.0.2.1'), never)).toBe(true);
  });

  it('are asked about again before they are sent secrets that were not confirmed, also those of earlier versions', async () => {
    const withSecrets = (...secrets: string[]) => ({ ...found('192.0.2.1'), secrets });
    writeFileSync(
      file,
      JSON.stringify({ hosts: [{ host: 'service.test', addresses: ['192.0.2.1'], confirmedAt: '2026-01-01' }] }),
    );
    const hosts = open();
    expect(await hosts.permit(found('192.0.2.1'), never)).toBe(true);
    expect(await hosts.permit(withSecrets('A'), no)).toBe(false);
    expect(await hosts.permit(withSecrets('A'), yes)).toBe(true);
    expect(await open().permit(withSecrets('A'), never)).toBe(true);
    expect(await hosts.permit(withSecrets('A', 'B'), no)).toBe(false);
    expect(await hosts.permit(withSecrets('B'), yes)).toBe(true);
    expect(await open().permit(withSecrets('A', 'B'), never)).toBe(true);
  });

  it('are asked about again once they are withdrawn', async () => {
    const hosts = open();
    await hosts.permit(found('192.0.2.1'), yes);
    hosts.withdraw('service.test');
    expect(await hosts.permit(found('192.0.2.1'), no)).toBe(false);
    expect(open().all).toEqual([]);
  });

  it('are asked about one at a time: the answer to the first is known to the second', async () => {
    const hosts = open();
    yes.mockClear();
    const answers = [hosts.permit(found('192.0.2.1'), yes), hosts.permit(found('192.0.2.1'), yes)];
    expect(await Promise.all(answers)).toEqual([true, true]);
    expect(yes).toHaveBeenCalledTimes(1);
  });

  it('are not allowed when that can not be remembered, and the next question is asked all the same', async () => {
    writeFileSync(join(folder, 'file'), '');
    const hosts = new AllowedHosts(join(folder, 'file', 'allowed-hosts.json'), now);
    await expect(hosts.permit(found('192.0.2.1'), yes)).rejects.toMatchObject({ code: 'data-folder-unusable' });
    expect(hosts.all).toEqual([]);
    expect(await hosts.permit(found('192.0.2.1'), no)).toBe(false);
  });

  it('of earlier versions, which the window could add by itself, are asked about again', async () => {
    writeFileSync(file, JSON.stringify({ hosts: ['service.test', '192.0.2.1'] }));
    const hosts = open();
    expect(hosts.all).toEqual([]);
    expect(await hosts.permit({ host: '192.0.2.1', addresses: ['192.0.2.1'], secrets: [] }, yes)).toBe(true);
    expect(JSON.parse(readFileSync(file, 'utf8')).hosts).toHaveLength(1);
  });
});
