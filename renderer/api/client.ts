import type { AppError, Result } from '../../shared/errors/appError';
import type { Bridge, InputOf } from '../../shared/ipc/contract';
import { type JsonText, parseJsonText } from '../../shared/ipc/jsonText';

declare global {
  interface Window {
    /** Set by the preload script. */
    readonly proofload: Bridge;
  }
}

async function parsed<Value>(call: Promise<Result<JsonText<Value>>>): Promise<Result<Value>> {
  const result = await call;
  return result.ok ? { ok: true, value: parseJsonText(result.value) } : result;
}

const bridge = window.proofload;

/** The methods of the main process. Each resolves with a Result and never rejects. JSON texts are parsed here. */
export const api = {
  ...bridge,
  getRun: (input: InputOf<'getRun'>) => parsed(bridge.getRun(input)),
  getHeat: (input: InputOf<'getHeat'>) => parsed(bridge.getHeat(input)),
  getOperationSeconds: (input: InputOf<'getOperationSeconds'>) => parsed(bridge.getOperationSeconds(input)),
  getReplay: (input: InputOf<'getReplay'>) => parsed(bridge.getReplay(input)),
  compareRuns: (input: InputOf<'compareRuns'>) => parsed(bridge.compareRuns(input)),
};

/** Passes the value of a call to `onValue`, or its error to `onError`. */
export async function settle<T>(
  call: Promise<Result<T>>,
  onValue: (value: T) => void,
  onError: (error: AppError) => void,
): Promise<void> {
  const result = await call;
  if (result.ok) onValue(result.value);
  else onError(result.error);
}
