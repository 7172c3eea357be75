import type { Scenario } from '../scenario/schema';
import { timingOf } from '../scenario/timing';
import { looksOf } from './design';
import type { Experiment } from './experiment';

/** What an experiment does next: a run of a block, or the capacity search of a variant. */
export type Step = { kind: 'run'; block: number; variant: number } | { kind: 'capacity'; variant: number };

/** What is in progress: a step, or the conformance suite of an engine that is to be recommended. */
export type Doing = Step | { kind: 'conformance'; variant: number };

/** Start, seeding, audit and end of a run's processes. */
const aroundRunMs = 3_000;
/** At most (docs/adr/006). */
const searchMs = 100_000;

/** About how long a number of runs of a scenario and of capacity searches takes. */
export function estimateMs(scenario: Pick<Scenario, 'load' | 'warmup'>, runs: number, searches: number): number {
  const { warmupMs, durationMs } = timingOf(scenario);
  return runs * (warmupMs + durationMs + aroundRunMs) + searches * searchMs;
}

/** How many steps an experiment has made and, at most, will make; and about how long the rest takes. */
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

/** What is in progress, in words. */
export function describeDoing(doing: Doing, { variants }: Pick<Experiment, 'variants'>): string {
  const name = variants[doing.variant]?.name ?? '';
  switch (doing.kind) {
    case 'conformance':
      return `testing the conformance of ${name}`;
    case 'capacity':
      return `searching the capacity of ${name}`;
    case 'run':
      return `block ${doing.block + 1}, ${name}`;
  }
}
