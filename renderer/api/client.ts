import type { AppError, Result } from '../../shared/errors/appError';
import type { Bridge } from '../../shared/ipc/contract';

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly proofload: Bridge;
  }
}

/** The methods of the main process. Each resolves with a Result and never rejects. */
export const api: Bridge = window.proofload;

/** Hands the value of a call to `onValue`, or its error to `onError`. */
export async function settle<T>(
  call: Promise<Result<T>>,
  onValue: (value: T) => void,
  onError: (error: AppError) => void,
): Promise<void> {
  const result = await call;
  if (result.ok) onValue(result.value);
  else onError(result.error);
}
