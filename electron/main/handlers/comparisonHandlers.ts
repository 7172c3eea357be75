import { compareRuns } from '../../run/comparison/compareRuns';
import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

/** Runs beside each other. */
export function comparisonHandlers({ history }: Parts) {
  return {
    compareRuns: ({ ids }) => compareRuns(history, ids),
  } satisfies Partial<Handlers>;
}
