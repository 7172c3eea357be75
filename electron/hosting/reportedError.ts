import { ProofloadError } from '../../shared/errors/appError';
import type { ReportedError } from '../../shared/errors/errorDetails';

const kept = ['port-in-use', 'target-unreachable', 'usage', 'data-invalid', 'database-unavailable'] as const;

/**
 * An error that a worker has reported. Errors that the user can act on keep their code; others get the code `fallback`.
 */
export function reportedError(
  { code, message, hint, details }: ReportedError,
  fallback: 'target-failed' | 'load-failed' | 'database-unavailable',
): ProofloadError {
  return new ProofloadError(kept.find((candidate) => candidate === code) ?? fallback, message, hint, { details });
}
