import type { RunPhase } from '../../run/events';

const phaseWords: Record<RunPhase, string> = {
  preparing: 'Preparing',
  seeding: 'Seeding the store',
  'warming-up': 'Warming up',
  running: 'Running',
  draining: 'Waiting for the last responses',
  auditing: 'Auditing the store',
  finished: 'Finished',
};

/** Describes what a run does in a phase, for window and terminal during the run. */
export function describePhase(phase: RunPhase): string {
  return phaseWords[phase];
}
