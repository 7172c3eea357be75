import type { ReportedError } from '../errors/errorDetails';
import { timingOf } from '../scenario/timing';
import type { CapacityStep } from './capacity';
import { type LogLine, maxLogLines, type RunDocument } from './document';
import type { RunDescription, RunEvent, RunPhase, Tick } from './events';
import type { HeatSecond } from './heat';
import { type RunInterval, runIntervalSchema } from './metrics';

/** The maximum number of ticks for sparklines, which is fifteen seconds. */
export const recentTickCount = 60;

/** What the window, the terminal and a replay know about a run at a moment. */
export interface RunView {
  run: RunDescription | undefined;
  phase: RunPhase;
  /** The latest ticks, oldest first, at most {@link recentTickCount}. */
  ticks: readonly Tick[];
  intervals: readonly RunInterval[];
  /** The latency distribution of each second, when it is known. */
  heat: readonly HeatSecond[];
  /** The ticks of the warm-up as intervals that end at seconds up to 0. Only a run that was observed live has them. */
  warmup: readonly RunInterval[];
  log: readonly LogLine[];
  /** The steps of a capacity search, in order. */
  capacitySteps: readonly CapacityStep[];
  document: RunDocument | undefined;
  saved: boolean;
  error: ReportedError | undefined;
}

export const emptyRunView: RunView = {
  run: undefined,
  phase: 'preparing',
  ticks: [],
  intervals: [],
  heat: [],
  warmup: [],
  log: [],
  capacitySteps: [],
  document: undefined,
  saved: false,
  error: undefined,
};

/** The maximum number of ticks of a warm-up, which is two and a half minutes. */
const maxWarmupTicks = 600;

function withWarmup(
  { run, warmup }: RunView,
  { warmup: isWarmup, elapsedMs, interval, inFlight, generatorUtilisation }: Tick,
): readonly RunInterval[] {
  if (!isWarmup || !run || warmup.length >= maxWarmupTicks) return warmup;
  const { warmupMs } = timingOf(run.scenario);
  const second = runIntervalSchema.parse({
    ...interval,
    t: 0,
    inFlight,
    generatorUtilisation,
    asked: null,
    sent: interval.count,
    cacheLookups: 0,
    errors: {},
    targetCpu: null,
    targetUtilisation: null,
    targetRssMb: null,
  });
  return [...warmup, { ...second, t: Math.min(0, (elapsedMs - warmupMs) / 1_000) }];
}

/** Applies one event. Pure: the same stream gives the same view, live or replayed. */
export function reduceRun(view: RunView, event: RunEvent): RunView {
  switch (event.type) {
    case 'started':
      return { ...emptyRunView, run: event.run };
    case 'phase':
      return { ...view, phase: event.phase };
    case 'tick':
      return {
        ...view,
        ticks: [...view.ticks.slice(1 - recentTickCount), event.tick],
        warmup: withWarmup(view, event.tick),
      };
    case 'interval':
      return {
        ...view,
        intervals: [...view.intervals, event.interval],
        heat: event.heat.length === 0 ? view.heat : [...view.heat, { t: event.interval.t, counts: event.heat }],
      };
    case 'capacity-step':
      return { ...view, capacitySteps: [...view.capacitySteps, event.step] };
    case 'log':
      return { ...view, log: [...view.log.slice(1 - maxLogLines), { level: event.level, message: event.message }] };
    case 'finished':
      return {
        ...view,
        phase: 'finished',
        document: event.document,
        intervals: event.document.intervals,
        capacitySteps: event.document.capacity?.steps ?? [],
        log: view.log.length > 0 ? view.log : event.document.log,
        saved: event.saved,
      };
    case 'failed':
      return { ...view, phase: 'finished', error: event.error };
  }
}

/** Returns the events that reproduce a saved run. A live window would have reduced them to the same view. */
export function replayEvents(document: RunDocument): RunEvent[] {
  const { id, startedAt, scenario, target, environment, shortened, overridden, gate } = document;
  return [
    {
      type: 'started',
      run: { id, startedAt, scenario, target, environment, shortened, overridden, ...(gate ? { gate } : {}) },
    },
    { type: 'finished', document, saved: true },
  ];
}

/** Returns the progress of the load: elapsed and total time in ms, including the warm-up. */
export function progressOf(view: RunView): { elapsedMs: number; totalMs: number } {
  if (!view.run) return { elapsedMs: 0, totalMs: 0 };
  const { warmupMs, durationMs } = timingOf(view.run.scenario);
  const totalMs = warmupMs + durationMs;
  if (view.phase === 'finished') return { elapsedMs: totalMs, totalMs };
  return { elapsedMs: Math.min(totalMs, view.ticks.at(-1)?.elapsedMs ?? 0), totalMs };
}
