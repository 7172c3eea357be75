import { isOpen } from '../../shared/scenario/describe';
import type { OpenLoad, PlainLoad, ProcessLoad, SeveralScenarios } from '../../shared/scenario/schema';
import { durationMsOf, requiredMs, unitsPerSecond } from '../../shared/scenario/timing';
import { seededStream } from '../../shared/statistics/random';
import { type IterationBudget, perUserBudget, sharedBudget } from './executors/iterationBudget';
import { type ArrivalCursor, evenArrivals, poissonArrivals } from './schedule/arrivals';
import { RateCurve, type RateSegment } from './schedule/rateCurve';
import { type Shard, shareOf } from './schedule/shard';
import { rampSteps, shardSteps, type VuStep } from './schedule/vuSteps';

/** A load in the form that executors take. Times count from the start of the load, including the warm-up. */
export type LoadPlan = SinglePlan | SeveralPlan;

/** The plan of one load. */
export type SinglePlan = OpenPlan | ClosedPlan;

interface PlanFrame {
  totalMs: number;
  /** The number of connections to open ahead: exactly what the load uses at its start. */
  connections: number;
  /** The end times of the stages of a ramp; empty for other loads. */
  stageEndsMs: readonly number[];
}

interface OpenPlan extends PlanFrame {
  model: 'open';
  /** Returns a new cursor over the same schedule. */
  arrivals(): ArrivalCursor;
  maxInFlight: number;
}

interface ClosedPlan extends PlanFrame {
  model: 'closed';
  steps: readonly VuStep[];
  budget: IterationBudget | undefined;
  driver: 'proofload' | 'autocannon';
}

/** The inputs of a plan. */
export interface PlanInput {
  load: PlainLoad;
  warmupMs: number;
  seed: number;
  shard: Shard;
}

/** The end times of the stages of a ramp; empty for loads without stages. */
function stageEnds(load: PlainLoad, warmupMs: number): number[] {
  if (!('stages' in load)) return [];
  let endMs = warmupMs;
  return load.stages.map(({ duration }) => {
    endMs += requiredMs(duration);
    return endMs;
  });
}

/** The warm-up runs at the rate at which the measured part begins. */
function rateSegments(load: OpenLoad, warmupMs: number): RateSegment[] {
  const units = unitsPerSecond(load);
  if (load.executor === 'constant-arrival-rate') {
    const rate = load.rate * units;
    return [{ durationMs: warmupMs + requiredMs(load.duration), fromRate: rate, toRate: rate }];
  }
  let rate = load.startRate * units;
  const segments: RateSegment[] = [{ durationMs: warmupMs, fromRate: rate, toRate: rate }];
  for (const { duration, target } of load.stages) {
    segments.push({ durationMs: requiredMs(duration), fromRate: rate, toRate: target * units });
    rate = target * units;
  }
  return segments;
}

/**
 * The number of connections that a rate uses at once if responses take a millisecond. More are opened when they are
 * needed. An open connection that is not used would block a server that serves one connection at a time.
 */
function connectionsOf(ratePerSecond: number, most: number): number {
  return Math.min(most, Math.max(1, Math.ceil(ratePerSecond / 1000)));
}

function planOpen(load: OpenLoad, { warmupMs, seed, shard }: PlanInput): SinglePlan {
  const segments = rateSegments(load, warmupMs);
  const curve = new RateCurve(segments);
  return {
    model: 'open',
    totalMs: curve.totalMs,
    stageEndsMs: stageEnds(load, warmupMs),
    arrivals: () =>
      load.arrivals === 'poisson'
        ? poissonArrivals(curve, seededStream(seed, 'arrivals'), shard)
        : evenArrivals(curve, shard),
    maxInFlight: shareOf(load.maxVUs, shard),
    connections: connectionsOf((segments[0]?.fromRate ?? 0) / shard.count, Math.min(load.preAllocatedVUs, load.maxVUs)),
  };
}

/** The number of iterations of a shard. Iterations go to the shards that have users, in proportion to their users. */
export function iterationsOf(
  { vus, iterations }: { vus: number; iterations: number },
  { index, count }: Shard,
): number {
  let own = 0;
  for (let user = index; user < vus; user += count) own += shareOf(iterations, { index: user, count: vus });
  return own;
}

/** Plans this shard's part of one load. */
export function planLoad(order: PlanInput): SinglePlan {
  const { load, warmupMs, shard } = order;
  if (isOpen(load)) return planOpen(load, order);
  const totalMs = warmupMs + durationMsOf(load);
  const closed = (allSteps: readonly VuStep[], budget?: IterationBudget): ClosedPlan => {
    const steps = shardSteps(allSteps, shard);
    const first = steps.findLast(({ atMs }) => atMs === 0)?.vus ?? 0;
    return {
      model: 'closed',
      totalMs,
      stageEndsMs: stageEnds(load, warmupMs),
      steps,
      budget,
      driver: 'proofload',
      // Each user has its own connection. If no user is active at the start, one connection tests whether the target
      // listens.
      connections: steps.some(({ vus }) => vus > 0) ? Math.max(1, first) : 0,
    };
  };
  switch (load.executor) {
    case 'constant-vus': {
      const plan = closed([{ atMs: 0, vus: load.vus }]);
      // autocannon opens its own connections. One of ours tests whether the target listens.
      return load.driver === 'autocannon' ? { ...plan, driver: 'autocannon', connections: 1 } : plan;
    }
    case 'ramping-vus': {
      const stages = load.stages.map(({ duration, target }) => ({ durationMs: requiredMs(duration), target }));
      return closed(rampSteps(load.startVUs, warmupMs, stages));
    }
    case 'per-vu-iterations':
      return closed([{ atMs: 0, vus: load.vus }], perUserBudget(shareOf(load.vus, shard), load.iterations, warmupMs));
    case 'shared-iterations':
      return closed([{ atMs: 0, vus: load.vus }], sharedBudget(iterationsOf(load, shard), warmupMs));
  }
}

/** The plan of one of several scenarios. */
interface PartPlan {
  name: string;
  /** In ms from the start of the whole load, including the warm-up. */
  startMs: number;
  gracefulStopMs: number;
  /** The names of its journeys. */
  journeys: readonly string[];
  /** The maximum number of virtual users of the scenarios before it, so that each user of a run has its own number. */
  usersBefore: number;
  /** Times count from the start of this scenario. */
  plan: SinglePlan;
}

interface SeveralPlan extends PlanFrame {
  model: 'several';
  parts: readonly PartPlan[];
}

function mostUsers(plan: SinglePlan): number {
  return plan.model === 'open' ? plan.maxInFlight : Math.max(0, ...plan.steps.map(({ vus }) => vus));
}

/** Plans several scenarios. Those that begin at once warm up, at their first rate. The others have no warm-up. */
function planSeveral({ scenarios }: SeveralScenarios, input: Omit<PlanInput, 'load'>): SeveralPlan {
  const parts: PartPlan[] = [];
  let usersBefore = 0;
  for (const [index, { name, startTime, journeys, ...load }] of scenarios.entries()) {
    const afterMs = requiredMs(startTime);
    const warmupMs = afterMs === 0 ? input.warmupMs : 0;
    // Each scenario has its own seed, so that Poisson arrivals of two with the same rate do not coincide.
    const plan = planLoad({ ...input, load, warmupMs, seed: (input.seed + index) % 2 ** 32 });
    const startMs = afterMs === 0 ? 0 : input.warmupMs + afterMs;
    parts.push({ name, startMs, gracefulStopMs: requiredMs(load.gracefulStop), journeys, usersBefore, plan });
    usersBefore += mostUsers(plan);
  }
  const first = parts.filter(({ startMs }) => startMs === 0);
  return {
    model: 'several',
    totalMs: Math.max(...parts.map(({ startMs, plan }) => startMs + plan.totalMs)),
    connections: first.reduce((sum, { plan }) => sum + plan.connections, 0),
    stageEndsMs: [],
    parts,
  };
}

/** Plans this shard's part of a load, or of several scenarios. */
export function planLoads({ load, ...input }: Omit<PlanInput, 'load'> & { load: ProcessLoad }): LoadPlan {
  return load.executor === 'scenarios' ? planSeveral(load, input) : planLoad({ ...input, load });
}
