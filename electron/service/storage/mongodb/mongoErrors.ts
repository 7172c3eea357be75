import { MongoError, MongoNetworkError, MongoNetworkTimeoutError, MongoServerSelectionError } from 'mongodb';
import { StorageError, type StorageErrorKind } from '../storageError';

/** The kinds of server error codes (MongoDB 8.0, error_codes.yml). */
const kinds: Record<number, StorageErrorKind> = {
  11000: 'unique-violation',
  112: 'conflict',
  251: 'conflict',
  13: 'tenant-denied',
  50: 'timeout',
  24: 'timeout',
  64: 'timeout',
  91: 'unavailable',
  189: 'unavailable',
  10107: 'unavailable',
  11600: 'unavailable',
  11602: 'unavailable',
  13435: 'unavailable',
  13436: 'unavailable',
  20: 'not-supported',
  263: 'not-supported',
};

function kindOf(error: MongoError): StorageErrorKind | undefined {
  // The pool's error is not exported by the driver.
  if (error instanceof MongoNetworkTimeoutError || error.name === 'MongoWaitQueueTimeoutError') return 'timeout';
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return 'unavailable';
  const byCode = typeof error.code === 'number' ? kinds[error.code] : undefined;
  if (byCode !== undefined) return byCode;
  if (error.hasErrorLabel('TransientTransactionError')) return 'conflict';
  // Errors of the driver itself: a pool that was cleared or closed, a topology that is gone.
  return error.code === undefined ? 'unavailable' : undefined;
}

/**
 * Converts an error of the driver to a StorageError. An error in a command itself is returned unchanged: it is a
 * defect.
 */
export function toStorageError(thrown: unknown, onUnique?: () => StorageError): unknown {
  if (!(thrown instanceof MongoError)) return thrown;
  const kind = kindOf(thrown);
  if (kind === undefined) return thrown;
  if (kind === 'unique-violation' && onUnique) return onUnique();
  return new StorageError(kind, `MongoDB: ${thrown.message}`, { cause: thrown });
}
