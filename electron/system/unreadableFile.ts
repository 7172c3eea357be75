import { systemErrorCode } from '../../shared/errors/appError';
import { deniedFile } from './deniedFile';
import { printToStderr } from './terminal';

/** Says on standard error that a file of the data folder can't be read, and what follows from that; nothing of one that is not there. */
export function tellUnreadable(file: string, error: unknown, consequence: string): void {
  if (systemErrorCode(error) === 'ENOENT') return;
  const denied = deniedFile(file, error);
  const remedy = denied ? `what to do: ${denied.hint}\n` : '';
  printToStderr(`proofload: ${denied?.message ?? `${file} is unreadable`}; ${consequence}\n${remedy}`);
}
