import { redactText } from '../secrets/redact';
import type { ErrorDetails } from './errorDetails';

/** Stable identities of errors; they cross processes and are part of the contract with scripts. */
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

/** An error as a value: what happened, and what the user does next. */
export interface AppError {
  code: ErrorCode;
  message: string;
  /** Names no flag and no screen: those are of one surface (remedy.ts). */
  hint: string;
  details?: ErrorDetails | undefined;
}

/** The result of every call between processes. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: AppError };

/**
 * An error with an identity and a remedy. Every error that a user can meet is thrown as one of these. Secrets in its
 * message, such as the password of a URL, are hidden; hints have examples of ours.
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

  /** An error value to be thrown. `message` replaces its own. */
  static of({ code, message: own, hint, details }: AppError, message = own): ProofloadError {
    return new ProofloadError(code, message, hint, { details });
  }
}

/** The value form of anything thrown; an unforeseen error becomes `internal` and keeps its message. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof ProofloadError) {
    const { code, message, hint, details } = thrown;
    return { code, message, hint, ...(details === undefined ? {} : { details }) };
  }
  // Every database of ours that is read outside of an engine is the history.
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
    hint: 'this is a defect in Proofload: please report it with the steps that led here',
  };
}

/** The error with all its texts changed, such as by a redaction. */
export function mapErrorTexts({ details, ...error }: AppError, change: (text: string) => string): AppError {
  const changed = { ...error, message: change(error.message), hint: change(error.hint) };
  return details?.about === 'host'
    ? { ...changed, details: { ...details, host: change(details.host) } }
    : { ...changed, ...(details === undefined ? {} : { details }) };
}

/** The message of anything thrown, without the secrets of URLs that may stand in it. */
export function errorMessage(thrown: unknown): string {
  return redactText(thrown instanceof Error ? thrown.message : String(thrown));
}

/** The `code` of a Node system error (`ENOENT`, ...), if it has one. */
export function systemErrorCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

/** The value of a result; throws its error. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw ProofloadError.of(result.error);
}
