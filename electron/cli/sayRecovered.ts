import { printToStderr } from '../system/terminal';

/** Says which runs of killed processes have been saved as interrupted. Says nothing about none. */
export function sayRecovered(ids: readonly string[]): void {
  if (ids.length > 0) printToStderr(`unfinished runs are saved as interrupted: ${ids.join(', ')}\n`);
}
