import { redactText } from '../secrets/redact';

/** Stable identities of errors; they cross processes and are part of the contract with scripts. */
export const errorCodes = [
  'usage',
  'scenario-unknown',
  'scenario-invalid',
  'engine-unknown',
  'remote-not-allowed',
  'secret-unknown',
  'target-unreachable',
  'target-failed',
  'database-unavailable',
  'load-failed',
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
  hint: string;
}

/** The only way in which a call between processes ends. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: AppError };

/**
 * An error with an identity and a remedy. Every error that a user can meet is thrown as one of these. Secrets in its
 * message, such as the password of a URL, are hidden; hints have examples of ours.
 */
export class ProofloadError extends Error implements AppError {
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(redactText(message), options);
    this.name = 'ProofloadError';
    this.code = code;
    this.hint = hint;
  }
}

/** The value form of anything thrown; an unforeseen error becomes `internal` and keeps its message. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof ProofloadError) {
    return { code: thrown.code, message: thrown.message, hint: thrown.hint };
  }
  // Every database of ours that is read outside of an engine is the history.
  if (systemErrorCode(thrown)?.startsWith('SQLITE_CORRUPT')) {
    return {
      code: 'history-unreadable',
      message: `the history is damaged: ${errorMessage(thrown)}`,
      hint: 'repair it in Settings or with proofload history repair: what can be read of it is kept, the damaged one is set aside',
    };
  }
  return {
    code: 'internal',
    message: errorMessage(thrown),
    hint: 'this is a defect in Proofload: please report it with the steps that led here',
  };
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
