import { errorMessage } from '../../shared/errors/appError';
import { BadRequest } from './documentService';
import { StorageError, type StorageErrorKind } from './storage/storageError';

/** What is sent back for a request. */
export interface Answer {
  status: number;
  json?: string;
  /** The length of `json` in UTF-8, where it is known. */
  bytes?: number;
  /** Names and values in turn: an object of headers that are added one by one costs Node more. */
  headers?: string[];
}

const statusOf: Record<StorageErrorKind, number> = {
  'not-found': 404,
  conflict: 412,
  'unique-violation': 409,
  'tenant-denied': 403,
  'not-supported': 501,
  unavailable: 503,
  timeout: 504,
};

/** Thrown for a request that is refused with this status before it reaches the service. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** An answer that says what is wrong. */
export function problem(status: number, detail: string): Answer {
  return { status, json: JSON.stringify({ status, detail }) };
}

/** The answer for what was thrown while a request was handled. */
export function toAnswer(thrown: unknown): Answer {
  if (thrown instanceof Refused) return problem(thrown.status, thrown.message);
  if (thrown instanceof StorageError) return problem(statusOf[thrown.kind], thrown.message);
  if (thrown instanceof BadRequest) return problem(400, thrown.message);
  return problem(500, errorMessage(thrown));
}
