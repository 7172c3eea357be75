import { systemErrorCode } from '../../shared/errors/appError';

/** Whether SQLite reports that a file is not a database or that its pages contradict each other. */
export function isDamage(error: unknown): boolean {
  const code = systemErrorCode(error) ?? '';
  return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT');
}
