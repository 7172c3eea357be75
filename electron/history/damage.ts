import { systemErrorCode } from '../../shared/errors/appError';

/** Whether SQLite says that a file is no database or that its pages contradict each other. */
export function isDamage(error: unknown): boolean {
  const code = systemErrorCode(error) ?? '';
  return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT');
}
