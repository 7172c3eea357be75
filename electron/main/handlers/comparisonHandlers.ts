import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

/** Runs beside each other. */
export function comparisonHandlers({ historyWork }: Parts) {
  return {
    compareRuns: ({ ids }) => historyWork.compare(ids),
  } satisfies Partial<Handlers>;
}
