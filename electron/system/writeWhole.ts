import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';

/**
 * Writes a file whole or not at all: one that is half written never takes the place of the one before. Only the user
 * may read it. `what` names it in the error. Throws `data-folder-unusable`.
 */
export function writeWhole(file: string, content: string, what: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, content, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new ProofloadError(
      'data-folder-unusable',
      `${what} cannot be kept: ${errorMessage(error)}`,
      'free space or correct the permissions of the data folder, or choose another with --data-dir',
      { cause: error },
    );
  }
}
