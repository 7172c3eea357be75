import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { AllowedHost } from '../../shared/ipc/contract';
import type { FoundHost } from '../hosts/hostGuard';
import { tellUnreadable } from '../system/unreadableFile';
import { writeWhole } from '../system/writeWhole';

const hostSchema = z.object({
  host: z.string(),
  addresses: z.array(z.string()),
  /** Earlier versions did not ask about secrets. */
  secrets: z.array(z.string()).default([]),
  confirmedAt: z.string(),
});
/**
 * Earlier versions saved only names, which the window could add without a question. The user is asked about them again.
 */
const fileSchema = z.object({ hosts: z.array(z.union([hostSchema, z.string()])) });

/** The hosts other than this machine that the user has confirmed, saved for the next start. */
export class AllowedHosts {
  readonly #path: string;
  readonly #now: () => Date;
  #hosts: readonly AllowedHost[];
  /** Questions are asked one at a time. */
  #asked: Promise<unknown> = Promise.resolve();

  /** With a missing or unreadable file, no host is confirmed. */
  constructor(path: string, now: () => Date) {
    this.#path = path;
    this.#now = now;
    this.#hosts = readHosts(path);
  }

  /** In the order in which they were confirmed. */
  get all(): readonly AllowedHost[] {
    return this.#hosts;
  }

  /**
   * Whether a host may receive load at all its addresses, and may be sent the secrets. It may when it was confirmed
   * with them before, or when `ask` confirms it now, which is saved. Rejects with `data-folder-unusable` when the
   * answer can't be saved; then the host is not allowed either.
   */
  permit(found: FoundHost, ask: () => Promise<boolean>): Promise<boolean> {
    const answer = this.#asked.then(async () => {
      if (this.#has(found)) return true;
      if (!(await ask())) return false;
      this.#add(found);
      return true;
    });
    this.#asked = answer.catch(() => {});
    return answer;
  }

  /** Removes a host. Throws `data-folder-unusable` when that can't be saved; then the host is still allowed. */
  withdraw(host: string): void {
    this.#keep(this.#hosts.filter((known) => known.host !== host));
  }

  #has({ host, addresses, secrets }: FoundHost): boolean {
    const known = this.#hosts.find((candidate) => candidate.host === host);
    return (
      known !== undefined &&
      addresses.every((address) => known.addresses.includes(address)) &&
      secrets.every((secret) => known.secrets.includes(secret))
    );
  }

  #add({ host, addresses, secrets }: FoundHost): void {
    const known = this.#hosts.find((candidate) => candidate.host === host);
    const confirmed = {
      host,
      addresses: [...new Set([...(known?.addresses ?? []), ...addresses])],
      secrets: [...new Set([...(known?.secrets ?? []), ...secrets])],
      confirmedAt: this.#now().toISOString(),
    };
    this.#keep([...this.#hosts.filter((candidate) => candidate !== known), confirmed]);
  }

  #keep(hosts: readonly AllowedHost[]): void {
    writeWhole(this.#path, JSON.stringify({ hosts }), 'the confirmation');
    this.#hosts = hosts;
  }
}

function readHosts(path: string): AllowedHost[] {
  try {
    const { hosts } = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return hosts.filter((entry) => typeof entry !== 'string');
  } catch (error) {
    tellUnreadable(path, error, 'hosts must be confirmed again');
    return [];
  }
}
