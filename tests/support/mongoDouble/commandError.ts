import type { Document } from 'bson';

/** An error as the server answers it. */
export class CommandError extends Error {
  readonly code: number;
  readonly details: Document;

  constructor(code: number, codeName: string, message: string, details: Document = {}) {
    super(message);
    this.code = code;
    this.details = { codeName, ...details };
  }

  answer(): Document {
    return { ok: 0, errmsg: this.message, code: this.code, ...this.details };
  }
}

const transient = { errorLabels: ['TransientTransactionError'] };

export const writeConflict = (): CommandError =>
  new CommandError(112, 'WriteConflict', 'Write conflict during plan execution', transient);

export const noSuchTransaction = (): CommandError =>
  new CommandError(251, 'NoSuchTransaction', 'the transaction was aborted', transient);

export function duplicateKey(id: unknown): CommandError {
  return new CommandError(11_000, 'DuplicateKey', `E11000 duplicate key error: _id "${String(id)}"`, {
    keyPattern: { _id: 1 },
    keyValue: { _id: id },
  });
}
