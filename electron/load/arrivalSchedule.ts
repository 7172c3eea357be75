/** The intended times of an open-model load: when each iteration should start, in ms from the start of the load. */
export interface ArrivalSchedule {
  /** The intended time of iteration `index` (from 0), or undefined when the load is over by then. */
  intendedMs(index: number): number | undefined;
  /** How many iterations are intended before `elapsedMs`. */
  countBefore(elapsedMs: number): number;
}

/**
 * Arrivals spread evenly. Times are computed from the index, never by adding up intervals, so that no rounding error
 * grows with the run and fractional rates are honoured.
 */
export function evenSchedule(ratePerSecond: number, totalMs: number): ArrivalSchedule {
  const intervalMs = 1000 / ratePerSecond;
  const countBefore = (elapsedMs: number): number =>
    // A product that is whole but for the last bit of a binary fraction counts as whole.
    Math.max(0, Math.ceil(Math.min(elapsedMs, totalMs) / intervalMs - 1e-6));
  const total = countBefore(totalMs);
  return {
    intendedMs: (index) => (index < total ? index * intervalMs : undefined),
    countBefore,
  };
}
