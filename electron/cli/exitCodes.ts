import type { ErrorCode } from '../../shared/errors/appError';
import { exitCodes } from '../../shared/run/verdict';

/** Usage or configuration (DESIGN section 7). */
export const usageExitCode = 2;
const otherExitCode = 1;

const configurationErrors: ReadonlySet<ErrorCode> = new Set([
  'usage',
  'scenario-unknown',
  'scenario-invalid',
  'data-invalid',
  'engine-unknown',
  'remote-not-allowed',
  'secret-unknown',
  'port-in-use',
  'database-unavailable',
  'driver-unavailable',
  'data-folder-unusable',
  'history-in-use',
  'run-not-found',
  'experiment-not-found',
  'run-active',
  'output-unwritable',
  'import-failed',
]);

/** The exit code of a command that ended with an error instead of a verdict. */
export function errorExitCode(code: ErrorCode): number {
  if (code === 'interrupted') return exitCodes.interrupted;
  return configurationErrors.has(code) ? usageExitCode : otherExitCode;
}
