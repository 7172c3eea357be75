import {
  describeStepLoad,
  describeStepOutcome,
  formatSearchRate,
} from '../../../shared/report/wording/describeCapacity';
import type { Capacity, CapacityStep, LimitingResource } from '../../../shared/run/capacity';
import type { Target } from '../../../shared/run/target';
import type { CapacitySearch, PlainLoad, Scenario } from '../../../shared/scenario/schema';
import { thinkTimeOf } from '../../../shared/scenario/thinkTimes';
import { requiredMs } from '../../../shared/scenario/timing';
import { formatDuration } from '../../../shared/units/duration';
import { formatLatency } from '../../../shared/units/format';
import type { LoadEnd } from '../../hosting/fleet';
import type { Measurement } from '../../measure/measurement';
import type { RecordedSecond } from '../../measure/recordedSecond';
import { judgeStep } from './judgeStep';
import { type StepOrder, searchCapacity } from './search';

/** A load that was made and measured. */
export interface Measured {
  measurement: Measurement;
  end: LoadEnd;
  seconds: readonly RecordedSecond[];
}

/** What a search needs from the run that it belongs to. */
export interface SearchContext {
  scenario: Scenario;
  search: CapacitySearch;
  target: Target;
  /** Any clock that never goes back. */
  nowMs(): number;
  /** Makes a load. `thinks` says whether its users keep their think times. Undefined if the run is to end. */
  makeLoad(load: PlainLoad, warmupMs: number, thinks: boolean): Promise<Measured | undefined>;
  onStep(step: CapacityStep): void;
}

/**
 * A capacity, and the load that the document is about: the one that confirmed it or, without a confirmation, the last.
 */
export interface SearchOutcome {
  capacity: Capacity;
  measured: Measured | undefined;
}

const stepWarmupMs = 500;
const confirmationWarmupMs = 1_000;
const connectionsAhead = 50;
/** A target whose event loop is busier than this has no processor time left. */
const exhausted = 0.85;

/** The load of a step. A journey that thinks for `longestMs` and begins at the end of the step may still complete. */
function plainLoad(order: StepOrder, search: CapacitySearch, longestMs: number): PlainLoad {
  const { arrivals, maxVUs } = search;
  const gracefulStop = formatDuration(requiredMs(search.gracefulStop) + longestMs);
  const duration = formatDuration(order.durationMs);
  if (order.kind === 'concurrency')
    return { executor: 'constant-vus', vus: order.vus, duration, driver: 'proofload', gracefulStop };
  return {
    executor: 'constant-arrival-rate',
    rate: order.rate,
    timeUnit: '1s',
    duration,
    preAllocatedVUs: Math.min(connectionsAhead, maxVUs),
    maxVUs,
    arrivals,
    gracefulStop,
  };
}

function limitOf({ trusted, targetUtilisation }: CapacityStep, target: Target): LimitingResource {
  if (!trusted) return 'generator';
  if (target.kind === 'url' || targetUtilisation === null) return 'target';
  return targetUtilisation >= exhausted ? 'target-cpu' : 'target-waiting';
}

/** A step as a line of the log. */
export function describeStep(step: CapacityStep): string {
  return `${describeStepLoad(step)}: ${formatSearchRate(step.achievedRate, step.unit)} answered, P95 ${formatLatency(step.p95)}; ${describeStepOutcome(step)}`;
}

/** Runs a capacity search with real loads. */
export async function runCapacitySearch(context: SearchContext): Promise<SearchOutcome> {
  const { scenario, search, target } = context;
  const begunMs = context.nowMs();
  const { meanMs: thinkMs, longestMs } = thinkTimeOf(scenario);
  const users = { maxVus: search.maxVUs, thinkMs };
  let last: Measured | undefined;
  const confirmations = new Map<number, Measured>();
  let first = true;
  const capacity = await searchCapacity(
    {
      stepMs: requiredMs(search.stepDuration),
      confirmMs: requiredMs(search.confirmDuration),
      maxMs: requiredMs(search.maxDuration),
      maxVus: search.maxVUs,
      thinkMs: longestMs,
    },
    {
      elapsedMs: () => context.nowMs() - begunMs,
      limitOf: (step) => limitOf(step, target),
      measure: async (order) => {
        // Users that think do not show how much the target can take, and the bracket is only a guess.
        const thinks = order.kind !== 'concurrency';
        const warmupMs = first
          ? requiredMs(scenario.warmup)
          : order.kind === 'confirmation'
            ? confirmationWarmupMs
            : stepWarmupMs;
        first = false;
        // The load reaches its rate only when the journeys that began first are at their last steps.
        const wholeWarmupMs = thinks ? Math.max(warmupMs, longestMs) : warmupMs;
        last = await context.makeLoad(plainLoad(order, search, thinks ? longestMs : 0), wholeWarmupMs, thinks);
        if (!last || last.end.fault) return undefined;
        const step = judgeStep(order, last.measurement, last.end, users);
        if (order.kind === 'confirmation') confirmations.set(order.rate, last);
        context.onStep(step);
        return step;
      },
    },
  );
  const confirmed = capacity.rate === null ? undefined : confirmations.get(capacity.rate);
  // If a fault has ended a load, the run is about that load, whatever was confirmed before.
  const unit = capacity.steps[0]?.unit;
  const result = unit === undefined ? capacity : { ...capacity, unit };
  return { capacity: result, measured: last?.end.fault ? last : (confirmed ?? last) };
}
