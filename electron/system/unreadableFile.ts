import { systemErrorCode } from '../../shared/errors/appError';
import { deniedFile } from './deniedFile';
import { printToStderr } from './terminal';

/**
 * Reports on standard error that a file of the data folder cannot be read, and the consequence. Reports nothing for a
 * file that does not exist.
 */
export function tellUnreadable(file: string, error: unknown, consequence: string): void {
  if (systemErrorCode(error) === 'ENOENT') return;
  const denied = deniedFile(file, error);
  const remedy = denied ? `what to do: ${denied.hint}\n` : '';
  printToStderr(`proofload: ${denied?.message ?? `${file} is unreadable`}; ${consequence}\n${remedy}`);
}
