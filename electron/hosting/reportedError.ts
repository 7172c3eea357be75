import { ProofloadError } from '../../shared/errors/appError';

const kept = ['port-in-use', 'target-unreachable', 'usage', 'database-unavailable'] as const;

/** An error that a worker has reported: those that the user can act upon keep their identity. */
export function reportedError(
  { code, message, hint }: { code: string; message: string; hint: string },
  fallback: 'target-failed' | 'load-failed' | 'database-unavailable',
): ProofloadError {
  return new ProofloadError(kept.find((candidate) => candidate === code) ?? fallback, message, hint);
}
