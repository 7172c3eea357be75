import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/answer';

/** Compares runs. */
export function comparisonHandlers({ historyWork }: DesktopApp) {
  return {
    compareRuns: ({ ids }) => historyWork.compare(ids),
  } satisfies Partial<Handlers>;
}
