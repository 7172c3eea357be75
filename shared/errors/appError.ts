import { redactText } from '../secrets/redact';
import type { ErrorDetails } from './errorDetails';

/** Stable error codes. They cross processes and are part of the contract with scripts. */
export const errorCodes = [
  'usage',
  'scenario-unknown',
  'scenario-invalid',
  'data-invalid',
  'engine-unknown',
  'remote-not-allowed',
  'secret-unknown',
  'target-unreachable',
  'target-failed',
  'setup-failed',
  'database-unavailable',
  'load-failed',
  'driver-unavailable',
  'port-in-use',
  'data-folder-unusable',
  'history-unreadable',
  'history-in-use',
  'history-write-failed',
  'run-not-found',
  'experiment-not-found',
  'run-active',
  'interrupted',
  'output-unwritable',
  'import-failed',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error as a value: what happened, and what the user can do. */
export interface AppError {
  code: ErrorCode;
  message: string;
  /** Names neither flags nor screens, because these depend on the surface (remedy.ts). */
  hint: string;
  details?: ErrorDetails | undefined;
}

/** The result of every call between processes. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: AppError };

/**
 * An error with a code and a hint. Every error that a user can see is thrown as one of these. Secrets in its message,
 * such as the password of a URL, are hidden. Hints contain only Proofload's own examples.
 */
export class ProofloadError extends Error implements AppError {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly details: ErrorDetails | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    hint: string,
    options?: ErrorOptions & { details?: ErrorDetails | undefined },
  ) {
    super(redactText(message), options);
    this.name = 'ProofloadError';
    this.code = code;
    this.hint = hint;
    this.details = options?.details;
  }

  /** Creates an error from its value form. `message` replaces the original message. */
  static of({ code, message: own, hint, details }: AppError, message = own): ProofloadError {
    return new ProofloadError(code, message, hint, { details });
  }
}

/** Converts anything thrown to its value form. An unexpected error becomes `internal` and keeps its message. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof ProofloadError) {
    const { code, message, hint, details } = thrown;
    return { code, message, hint, ...(details === undefined ? {} : { details }) };
  }
  // The only database that Proofload reads outside an engine is the history.
  if (systemErrorCode(thrown)?.startsWith('SQLITE_CORRUPT')) {
    return {
      code: 'history-unreadable',
      message: `the history is damaged: ${errorMessage(thrown)}`,
      hint: 'repair it: what can be read of it is kept, the damaged file is set aside',
      details: { about: 'damaged-history' },
    };
  }
  return {
    code: 'internal',
    message: errorMessage(thrown),
    hint: 'this is a defect in Proofload: report it with the steps that led here',
  };
}

/** Returns the error with all its texts changed, for example redacted. */
export function mapErrorTexts({ details, ...error }: AppError, change: (text: string) => string): AppError {
  const changed = { ...error, message: change(error.message), hint: change(error.hint) };
  return details?.about === 'host'
    ? { ...changed, details: { ...details, host: change(details.host) } }
    : { ...changed, ...(details === undefined ? {} : { details }) };
}

/** Returns the message of anything thrown, without secrets in URLs. */
export function errorMessage(thrown: unknown): string {
  return redactText(thrown instanceof Error ? thrown.message : String(thrown));
}

/** Returns the `code` of a Node system error (`ENOENT`, ...), if it has one. */
export function systemErrorCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

/** Returns the value of a result, or throws its error. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw ProofloadError.of(result.error);
}
