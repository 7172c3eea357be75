import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { systemErrorCode } from '../../shared/errors/appError';
import { printToStderr } from '../system/terminal';
import { writeWhole } from '../system/writeWhole';

const fileSchema = z.object({ hosts: z.array(z.string()) });

/** The hosts other than this machine that the user has confirmed, remembered for the next start. */
export class AllowedHosts {
  readonly #path: string;
  readonly #hosts: Set<string>;

  /** A file that is not there or unreadable means that nothing is confirmed. */
  constructor(path: string) {
    this.#path = path;
    this.#hosts = new Set(readHosts(path));
  }

  has(host: string): boolean {
    return this.#hosts.has(host);
  }

  /** Throws `data-folder-unusable` when it can't be remembered; then it is not allowed either. */
  add(host: string): void {
    const hosts = [...this.#hosts, host];
    writeWhole(this.#path, JSON.stringify({ hosts }), 'the confirmation');
    this.#hosts.add(host);
  }
}

function readHosts(path: string): string[] {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).hosts;
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT')
      printToStderr(`proofload: ${path} is unreadable; hosts must be confirmed again\n`);
    return [];
  }
}
