import { errorMessage } from '../../../../shared/errors/appError';
import { StorageError, type StorageErrorKind } from '../storageError';

/** The kinds of SQLSTATE codes (PostgreSQL 18, Appendix A); two characters stand for a whole class. */
const kinds: Record<string, StorageErrorKind> = {
  '23505': 'unique-violation',
  '40001': 'conflict',
  '40P01': 'conflict',
  '42501': 'tenant-denied',
  '57014': 'timeout',
  '55P03': 'timeout',
  '57P01': 'unavailable',
  '57P02': 'unavailable',
  '57P03': 'unavailable',
  '53300': 'unavailable',
  '08': 'unavailable',
  '53': 'unavailable',
  '58': 'unavailable',
};

function sqlState(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' && /^[0-9A-Z]{5}$/.test(thrown.code) ? thrown.code : undefined;
}

/** Whether the connection on which this error occurred can no longer be used. */
export function isBroken(thrown: unknown): boolean {
  return !(thrown instanceof StorageError) && kindOf(thrown) !== 'conflict' && sqlState(thrown) === undefined;
}

function kindOf(thrown: unknown): StorageErrorKind | undefined {
  const state = sqlState(thrown);
  if (state !== undefined) return kinds[state] ?? kinds[state.slice(0, 2)];
  // Errors of pg without a code: a connection that ended or could not be opened, or a query without a response.
  const message = errorMessage(thrown);
  if (/query read timeout|timeout exceeded when trying to connect/i.test(message)) return 'timeout';
  return 'unavailable';
}

/** Converts an error of `pg` to a StorageError. An error in the SQL itself is returned unchanged: it is a defect. */
export function toStorageError(thrown: unknown): unknown {
  if (thrown instanceof StorageError || !(thrown instanceof Error)) return thrown;
  const kind = kindOf(thrown);
  if (kind === undefined) return thrown;
  return new StorageError(kind, `PostgreSQL: ${describe(thrown)}`, { cause: thrown });
}

function describe(error: Error): string {
  // Node reports a refused connection to localhost as several errors without a message of its own.
  const message = error instanceof AggregateError ? error.errors.map(errorMessage).join('; ') : error.message;
  const state = sqlState(error);
  return state === undefined ? message : `${message} (${state})`;
}
