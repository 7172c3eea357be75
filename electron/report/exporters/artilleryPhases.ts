/*
 * The phases of an Artillery 2.0.34 script. Artillery divides the rate of a phase among its workers and ends with an
 * error if the rate is not a whole number (packages/artillery/lib/dist.ts). It rounds the number of arrivals of each
 * worker down, and never ends a phase for which that is 0 (lib/index.js of its module arrivals). So a phase has a rate
 * if each worker can make whole arrivals of it. Otherwise it has a number of arrivals, which one worker makes.
 */

/** A phase of arrivals as the scenario has it. */
export interface PlannedPhase {
  name: string;
  durationMs: number;
  /** Arrivals per second, if the phase has a rate. Need not be a whole number. */
  rate?: number;
  /** Users that arrive together, if it has none. */
  users?: number;
  maxVusers?: number;
}

/** A phase as Artillery reads it. A length is a number of seconds, or a text with its unit. */
export interface Phase {
  name: string;
  duration?: number | string;
  arrivalRate?: number;
  arrivalCount?: number;
  maxVusers?: number;
  /** The length of a phase without arrivals. */
  pause?: number | string;
}

/** How many of a total one of several scripts makes that generate a load together. */
export type Share = (total: number) => number;

/** The share of a script that generates a load alone. */
export const wholeShare: Share = (total) => total;

/** Tolerance for a count that should be whole but has a rounding error in its last bits. */
const rounding = 1e-6;

/** Returns the length of a phase. Artillery reads a whole number as seconds, and refuses other numbers without a unit. */
function phaseLength(durationMs: number): number | string {
  const wholeMs = Math.round(durationMs);
  return wholeMs % 1_000 === 0 ? wholeMs / 1_000 : `${wholeMs}ms`;
}

function phaseOf({ name, durationMs, users, maxVusers }: PlannedPhase, arrivals: number, share: Share): Phase {
  const duration = phaseLength(durationMs);
  if (arrivals === 0) return { name, pause: duration };
  const rate = typeof duration === 'number' && users === undefined ? arrivals / duration : undefined;
  return {
    name,
    duration,
    ...(rate !== undefined && Number.isInteger(rate) ? { arrivalRate: rate } : { arrivalCount: arrivals }),
    ...(maxVusers === undefined ? {} : { maxVusers: Math.max(1, share(maxVusers)) }),
  };
}

/**
 * Returns phases as Artillery reads them. Together they have the whole number of arrivals that Proofload's own schedule
 * has, or this script's share of it.
 */
export function writtenPhases(planned: readonly PlannedPhase[], share: Share = wholeShare): Phase[] {
  let total = 0;
  const made = (): number => share(Math.ceil(total - rounding));
  return planned.map((phase) => {
    const before = made();
    total += phase.users ?? ((phase.rate ?? 0) * phase.durationMs) / 1_000;
    return phaseOf(phase, made() - before, share);
  });
}

/** Returns the length in ms of the phases without arrivals that come before all others. */
export function idleMsOf(phases: readonly Phase[]): number {
  let idleMs = 0;
  for (const { pause } of phases) {
    if (pause === undefined) break;
    idleMs += typeof pause === 'number' ? pause * 1_000 : Number(pause.replace('ms', ''));
  }
  return idleMs;
}
