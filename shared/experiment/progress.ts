import type { Scenario } from '../scenario/schema';
import { timingOf } from '../scenario/timing';
import { looksOf } from './design';
import type { Experiment } from './experiment';

/** The next step of an experiment: a run of a block, or the capacity search of a variant. */
export type Step = { kind: 'run'; block: number; variant: number } | { kind: 'capacity'; variant: number };

/** The current activity: a step, or the conformance suite of an engine that may be recommended. */
export type Doing = Step | { kind: 'conformance'; variant: number };

/** The start, seeding, audit and end of a run's processes. */
const aroundRunMs = 3_000;
/** The maximum duration of a search (docs/adr/006). */
const searchMs = 100_000;

/** Estimates how long a number of runs of a scenario and of capacity searches takes, in ms. */
export function estimateMs(scenario: Pick<Scenario, 'load' | 'warmup'>, runs: number, searches: number): number {
  const { warmupMs, durationMs } = timingOf(scenario);
  return runs * (warmupMs + durationMs + aroundRunMs) + searches * searchMs;
}

/** Returns how many steps an experiment has completed, the maximum total, and the estimated remaining time. */
export function progressOf({ variants, plan, runs, capacity, scenario, state }: Experiment): {
  done: number;
  total: number;
  leftMs: number;
} {
  const isOver = state === 'finished' || state === 'cancelled';
  const mostPairs = looksOf(plan.pairs, plan.untilSure).at(-1)?.pairs ?? plan.pairs;
  const allRuns = isOver ? runs.length : Math.max(runs.length, mostPairs * variants.length);
  const searches = capacity ? variants.length : 0;
  const searched = capacity?.results.length ?? 0;
  const leftMs = isOver ? 0 : estimateMs(scenario, allRuns - runs.length, searches - searched);
  return { done: runs.length + searched, total: allRuns + (isOver ? searched : searches), leftMs };
}

/** Describes the current activity. */
export function describeDoing(doing: Doing, { variants }: Pick<Experiment, 'variants'>): string {
  const name = variants[doing.variant]?.name ?? '';
  switch (doing.kind) {
    case 'conformance':
      return `testing the conformance of ${name}`;
    case 'capacity':
      return `searching for the capacity of ${name}`;
    case 'run':
      return `block ${doing.block + 1}, ${name}`;
  }
}
