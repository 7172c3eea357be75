import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cipher, SecretStore } from './secretStore';

const value = 'marker-of-the-secret';

/** Inverts each byte. The result begins with the number of the key, and another key can't decrypt it. */
class FakeCipher implements Cipher {
  isThere = true;
  key = 1;

  isEncryptionAvailable(): boolean {
    return this.isThere;
  }

  encryptString(text: string): Buffer {
    if (!this.isThere) throw new Error('locked');
    return Buffer.from([this.key, ...Buffer.from(text).map((byte) => byte ^ 0xff)]);
  }

  decryptString(encrypted: Buffer): string {
    if (!this.isThere || encrypted[0] !== this.key) throw new Error('locked');
    return Buffer.from(encrypted.subarray(1).map((byte) => byte ^ 0xff)).toString();
  }
}

describe('SecretStore', () => {
  let folder: string;
  let cipher: FakeCipher;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-secrets-'));
    cipher = new FakeCipher();
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const path = (): string => join(folder, 'window', 'secrets.json');
  const open = (env: NodeJS.ProcessEnv = {}): SecretStore => new SecretStore(path(), cipher, env);

  it('keeps secrets encrypted, for the user alone, for the next start', () => {
    open().set('TOKEN', value);
    expect(open().find('TOKEN')).toBe(value);
    expect(open().list()).toEqual([{ name: 'TOKEN', from: 'kept' }]);
    const file = readFileSync(path(), 'utf8');
    expect(file).toContain('TOKEN');
    expect(file + Buffer.from(file, 'base64').toString()).not.toContain(value);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('replaces and deletes', () => {
    const store = open();
    store.set('A', 'first');
    store.set('B', 'b');
    store.set('A', 'second');
    store.delete('B');
    store.delete('C');
    expect([open().find('A'), open().find('B'), open().list()]).toEqual([
      'second',
      undefined,
      [{ name: 'A', from: 'kept' }],
    ]);
  });

  it('keeps them for the session where the system has no key, and writes nothing', () => {
    cipher.isThere = false;
    const store = open();
    store.set('TOKEN', value);
    expect([store.isEncrypted, store.find('TOKEN'), store.list()]).toEqual([
      false,
      value,
      [{ name: 'TOKEN', from: 'session' }],
    ]);
    expect(() => readFileSync(path())).toThrow('ENOENT');
    expect(open().find('TOKEN')).toBeUndefined();
    store.delete('TOKEN');
    expect(store.find('TOKEN')).toBeUndefined();
  });

  it('does not have what another key has encrypted, and says so', () => {
    open().set('TOKEN', value);
    cipher.key = 2;
    const store = open();
    expect([store.find('TOKEN'), store.list()]).toEqual([undefined, [{ name: 'TOKEN', from: 'unreadable' }]]);
    store.set('TOKEN', 'new');
    expect(open().find('TOKEN')).toBe('new');
  });

  it('takes the environment first', () => {
    const store = open({ PROOFLOAD_SECRET_TOKEN: 'from the environment', OTHER: 'x' });
    store.set('TOKEN', value);
    store.set('A', 'a');
    expect([store.find('TOKEN'), store.find('OTHER'), store.find('A')]).toEqual([
      'from the environment',
      undefined,
      'a',
    ]);
    expect(store.list()).toEqual([
      { name: 'A', from: 'kept' },
      { name: 'TOKEN', from: 'environment' },
    ]);
  });

  it('begins anew with a file that it cannot read', () => {
    open().set('TOKEN', value);
    writeFileSync(path(), '{');
    expect(open().list()).toEqual([]);
  });

  it('says what to do in the words of the window', () => {
    expect(open().remedy(['A'])).toBe('add it in Settings, or start Proofload with PROOFLOAD_SECRET_A');
  });
});
