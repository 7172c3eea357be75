import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import type { SecretState } from '../../shared/ipc/secrets';
import { concealerOf } from '../../shared/secrets/conceal';
import { secretVariable } from '../../shared/secrets/reference';
import { secretFromEnvironment, secretsInEnvironment } from '../secrets/environment';
import type { SecretSource } from '../secrets/secretSource';
import { tellUnreadable } from '../system/unreadableFile';
import { writeWhole } from '../system/writeWhole';

/** Encrypts with a key that the system stores for this user: Electron's `safeStorage`. */
export interface Cipher {
  /** Whether there is such a key. On Linux it needs a keyring (libsecret, KWallet). */
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

const fileSchema = z.object({ secrets: z.record(z.string(), z.string()) });

/**
 * The secrets that the user entered in the window. They are saved encrypted for the next start; without a system key
 * they last until the app ends. Values are only sent to targets, and no window ever gets one back.
 */
export class SecretStore implements SecretSource {
  readonly #path: string;
  readonly #cipher: Cipher;
  readonly #env: NodeJS.ProcessEnv;
  /** Encrypted values in base64. */
  readonly #kept: Map<string, string>;
  readonly #session = new Map<string, string>();

  /** With a missing or unreadable file, no secrets are stored. */
  constructor(path: string, cipher: Cipher, env: NodeJS.ProcessEnv = process.env) {
    this.#path = path;
    this.#cipher = cipher;
    this.#env = env;
    this.#kept = new Map(Object.entries(readKept(path)));
  }

  /** The sorted names of all secrets, and where each value comes from. */
  list(): SecretState[] {
    const states = new Map<string, SecretState['from']>();
    for (const name of this.#kept.keys()) states.set(name, this.#decrypt(name) === undefined ? 'unreadable' : 'kept');
    for (const name of this.#session.keys()) states.set(name, 'session');
    for (const name of secretsInEnvironment(this.#env)) states.set(name, 'environment');
    return [...states].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, from]) => ({ name, from }));
  }

  /** Whether secrets are saved for the next start. */
  get isEncrypted(): boolean {
    return this.#cipher.isEncryptionAvailable();
  }

  /** The environment overrides the window, as everywhere. */
  find(name: string): string | undefined {
    return secretFromEnvironment(name, this.#env) ?? this.#session.get(name) ?? this.#decrypt(name);
  }

  remedy(names: readonly string[]): string {
    return `add ${names.length === 1 ? 'it' : 'them'} in Settings, or start Proofload with ${names.map(secretVariable).join(', ')}`;
  }

  /** Sets or replaces the value of a secret. Throws `data-folder-unusable` when it can't be saved. */
  set(name: string, value: string): void {
    if (!this.isEncrypted) {
      this.#session.set(name, value);
      return;
    }
    this.#write(new Map(this.#kept).set(name, this.#encrypt(name, value)));
    this.#session.delete(name);
  }

  /** Deletes a secret. Throws `data-folder-unusable`; then the secret stays. */
  delete(name: string): void {
    const others = new Map(this.#kept);
    if (others.delete(name)) this.#write(others);
    this.#session.delete(name);
  }

  #write(secrets: ReadonlyMap<string, string>): void {
    writeWhole(this.#path, JSON.stringify({ secrets: Object.fromEntries(secrets) }), 'the secret');
    this.#kept.clear();
    for (const [name, encrypted] of secrets) this.#kept.set(name, encrypted);
  }

  #encrypt(name: string, value: string): string {
    try {
      return this.#cipher.encryptString(value).toString('base64');
    } catch (error) {
      throw new ProofloadError(
        'data-folder-unusable',
        `the secret ${name} cannot be encrypted: ${errorMessage(error)}`,
        `unlock the keyring of the system, or start Proofload with ${secretVariable(name)}`,
      );
    }
  }

  /** Undefined without a value, and when this user's key can't decrypt it. */
  #decrypt(name: string): string | undefined {
    const encrypted = this.#kept.get(name);
    if (encrypted === undefined || !this.isEncrypted) return undefined;
    try {
      return this.#cipher.decryptString(Buffer.from(encrypted, 'base64'));
    } catch {
      return undefined;
    }
  }
}

/** Returns a function that hides the current values of all secrets in a text. */
export function concealKnown(secrets: Pick<SecretStore, 'list' | 'find'>): (text: string) => string {
  return (text) => {
    const known = secrets.list().flatMap(({ name }) => {
      const value = secrets.find(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    return concealerOf(new Map(known))(text);
  };
}

function readKept(path: string): Record<string, string> {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).secrets;
  } catch (error) {
    tellUnreadable(path, error, 'secrets must be entered again');
    return {};
  }
}
