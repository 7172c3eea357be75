import { toAppError } from '../../shared/errors/appError';
import type { Scenario } from '../../shared/scenario/schema';
import { arrivalsPerSecond, timingOf } from '../../shared/scenario/timing';
import { busyMeter } from '../workers/busyMeter';
import { type ArrivalSchedule, evenSchedule } from './arrivalSchedule';
import { SpinningClock, timerClock } from './clock';
import { runAutocannonVus } from './executors/autocannonVus';
import { runArrivalRate } from './executors/constantArrivalRate';
import { runConstantVus } from './executors/constantVus';
import type { Execution, LoadPhase } from './executors/executor';
import { originOf } from './http/connection';
import { ConnectionPool } from './http/connectionPool';
import type { LoadCommand, LoadReport } from './protocol';
import { Recorder } from './recorder';
import { startTicks } from './tickClock';
import { DocumentWorkload } from './workload/documentWorkload';
import { UrlWorkload } from './workload/urlWorkload';
import type { Workload } from './workload/workload';

type BeginCommand = Extract<LoadCommand, { type: 'begin' }>;

/** A request that has no answer after this time has failed; k6's default. */
const requestTimeoutMs = 60_000;
/** Time between the last preparation and the first arrival. */
const leadMs = 20;

export interface LoadRun {
  /** Ends the load early; the report of its outcome comes all the same. */
  stop(): void;
}

/** A scenario's load as the executors take it. */
type LoadPlan =
  | { model: 'open'; schedule: ArrivalSchedule; maxInFlight: number; connections: number }
  | { model: 'closed'; vus: number; driver: 'proofload' | 'autocannon'; connections: number };

function planLoad(scenario: Scenario): LoadPlan {
  const { load } = scenario;
  if (load.executor === 'constant-arrival-rate') {
    const { warmupMs, durationMs } = timingOf(scenario);
    const schedule = evenSchedule(arrivalsPerSecond(load), warmupMs + durationMs);
    return {
      model: 'open',
      schedule,
      maxInFlight: load.maxVUs,
      connections: Math.min(load.preAllocatedVUs, load.maxVUs),
    };
  }
  // autocannon opens its own connections; one of ours finds out whether anybody listens.
  return {
    model: 'closed',
    vus: load.vus,
    driver: load.driver,
    connections: load.driver === 'autocannon' ? 1 : load.vus,
  };
}

interface LoadParts {
  scenario: Scenario;
  plan: LoadPlan;
  workload: Workload;
  pool: ConnectionPool;
  origin: string;
  arrivals: SpinningClock;
  recorder: Recorder;
  startMs: number;
  onDraining(): void;
}

function startExecution({ scenario, plan, pool, origin, arrivals, ...parts }: LoadParts): Execution {
  const { warmupMs, durationMs, gracefulStopMs } = timingOf(scenario);
  const common = { ...parts, gracefulStopMs, totalMs: warmupMs + durationMs };
  if (plan.model === 'open') {
    const { schedule, maxInFlight } = plan;
    return runArrivalRate({ ...common, clock: arrivals, schedule, sender: pool, maxInFlight });
  }
  const closed = { ...common, clock: timerClock, vus: plan.vus };
  if (plan.driver === 'autocannon') return runAutocannonVus({ ...closed, origin, timeoutMs: requestTimeoutMs });
  return runConstantVus({ ...closed, sender: pool });
}

/** Returns a function that tells how many arrivals the schedule has asked for since its last call. */
function askedCounter(plan: LoadPlan): (elapsedMs: number) => number | null {
  let before = 0;
  return (elapsedMs) => {
    if (plan.model === 'closed') return null;
    const total = plan.schedule.countBefore(elapsedMs);
    const sinceLast = total - before;
    before = total;
    return sinceLast;
  };
}

/** Runs a scenario's load to its end and reports phases, ticks and the outcome. Throws `target-unreachable`. */
export async function startLoadRun(
  { scenario, target }: BeginCommand,
  report: (message: LoadReport) => void,
): Promise<LoadRun> {
  const url = new URL(target.kind === 'url' ? target.url : target.origin);
  const workload = target.kind === 'url' ? new UrlWorkload(target) : new DocumentWorkload(scenario, url.host);
  const pool = new ConnectionPool(originOf(url), requestTimeoutMs, () => timerClock.nowMs());
  const plan = planLoad(scenario);
  await pool.preconnect(plan.connections);

  const { warmupMs, durationMs } = timingOf(scenario);
  const startMs = timerClock.nowMs() + leadMs;
  const recorder = new Recorder(startMs + warmupMs);
  const arrivals = new SpinningClock(() => recorder.activity);
  const busy = busyMeter(() => arrivals.spunMs);
  const asked = askedCounter(plan);
  let phase: LoadPhase = warmupMs > 0 ? 'warming-up' : 'running';
  let loadEndMs = Number.POSITIVE_INFINITY;
  report({ type: 'phase', phase });
  const enter = (next: LoadPhase): void => {
    phase = next;
    report({ type: 'phase', phase });
  };

  const onDraining = (): void => {
    loadEndMs = timerClock.nowMs() - startMs;
    enter('draining');
  };
  const execution = startExecution({
    scenario,
    plan,
    workload,
    pool,
    origin: url.origin,
    arrivals,
    recorder,
    startMs,
    onDraining,
  });
  const stopTicks = startTicks(timerClock, startMs, warmupMs, (time) => {
    pool.expire();
    // The boundary of the warm-up counts by its own time: a late tick moves no arrival across it.
    const countedMs = Math.min(time.index === 0 ? warmupMs : time.elapsedMs, loadEndMs);
    const counts = recorder.flush(time.warmup);
    report({
      type: 'tick',
      tick: {
        ...time,
        ...counts,
        asked: asked(countedMs),
        inFlight: recorder.inFlight,
        utilisation: busy().utilisation,
      },
    });
    if (time.index === 0 && phase === 'warming-up') enter('running');
  });

  let stopped = false;
  const conclude = (): void => {
    stopTicks();
    pool.close();
    const plannedMs = stopped ? loadEndMs - warmupMs : durationMs;
    const ledger = workload instanceof DocumentWorkload ? workload.ledger : undefined;
    report({
      type: 'done',
      measuredMs: Math.max(0, plannedMs, recorder.lastEndedMs - startMs - warmupMs),
      checked: ledger?.checked ?? 0,
      violations: ledger?.violations ?? 0,
      violationExamples: ledger?.violationExamples ?? [],
      writes: ledger?.acknowledgedWrites() ?? [],
    });
  };
  execution.finished.catch((error: unknown) => report({ type: 'failed', error: toAppError(error) })).then(conclude);
  const stop = (): void => {
    stopped = true;
    execution.stop();
  };
  return { stop };
}
