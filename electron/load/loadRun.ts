import { toAppError } from '../../shared/errors/appError';
import type { Scenario } from '../../shared/scenario/schema';
import { arrivalsPerSecond, type ScenarioTiming, timingOf } from '../../shared/scenario/timing';
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
import { startTicks, type TickTime } from './tickClock';
import { DocumentWorkload } from './workload/documentWorkload';
import { UrlWorkload } from './workload/urlWorkload';
import type { Workload } from './workload/workload';
import { WorkTimer } from './workTimer';

type BeginCommand = Extract<LoadCommand, { type: 'begin' }>;

/** A request that has no answer after this time has failed; k6's default. */
const requestTimeoutMs = 60_000;
/** Time between the last preparation and the first arrival. */
const leadMs = 20;

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

type Report = (message: LoadReport) => void;

/** Runs a scenario's load to its end and reports phases, ticks and the outcome. Throws `target-unreachable`. */
export async function startLoadRun({ scenario, target }: BeginCommand, report: Report): Promise<LoadRun> {
  const url = new URL(target.kind === 'url' ? target.url : target.origin);
  const workload = target.kind === 'url' ? new UrlWorkload(target) : new DocumentWorkload(scenario, url.host);
  const work = new WorkTimer();
  const pool = new ConnectionPool(originOf(url), requestTimeoutMs, timerClock, work);
  const plan = planLoad(scenario);
  await pool.preconnect(plan.connections);
  return new LoadRun(timingOf(scenario), plan, workload, pool, work, url.origin, report);
}

/** A load in progress: what ties executor, recorder, ticks and reports together. */
export class LoadRun {
  readonly #timing: ScenarioTiming;
  readonly #workload: Workload;
  readonly #pool: ConnectionPool;
  readonly #work: WorkTimer;
  readonly #report: Report;
  readonly #startMs = timerClock.nowMs() + leadMs;
  readonly #recorder: Recorder;
  readonly #arrivals: SpinningClock;
  readonly #busy: ReturnType<typeof busyMeter>;
  readonly #asked: ReturnType<typeof askedCounter>;
  readonly #execution: Execution;
  #phase: LoadPhase | undefined;
  /** When the load ended, from its start. */
  #loadEndMs = Number.POSITIVE_INFINITY;
  #stopped = false;

  constructor(
    timing: ScenarioTiming,
    plan: LoadPlan,
    workload: Workload,
    pool: ConnectionPool,
    work: WorkTimer,
    origin: string,
    report: Report,
  ) {
    this.#timing = timing;
    this.#workload = workload;
    this.#pool = pool;
    this.#work = work;
    this.#report = report;
    this.#recorder = new Recorder(this.#startMs + timing.warmupMs);
    this.#arrivals = new SpinningClock(() => this.#recorder.activity);
    this.#busy = busyMeter({ spunMs: () => this.#arrivals.spunMs, workMs: () => work.totalMs });
    this.#asked = askedCounter(plan);
    this.#enter(timing.warmupMs > 0 ? 'warming-up' : 'running');
    this.#execution = this.#execute(plan, origin);
    const stopTicks = startTicks(timerClock, this.#startMs, timing.warmupMs, (time) => this.#tick(time));
    this.#execution.finished
      .catch((error: unknown) => report({ type: 'failed', error: toAppError(error) }))
      .then(() => {
        stopTicks();
        this.#conclude();
      });
  }

  /** Ends the load early; the report of its outcome comes all the same. */
  stop(): void {
    this.#stopped = true;
    this.#execution.stop();
  }

  #enter(phase: LoadPhase): void {
    this.#phase = phase;
    this.#report({ type: 'phase', phase });
  }

  #execute(plan: LoadPlan, origin: string): Execution {
    const { warmupMs, durationMs, gracefulStopMs } = this.#timing;
    const common = {
      workload: this.#workload,
      recorder: this.#recorder,
      sender: this.#pool,
      startMs: this.#startMs,
      totalMs: warmupMs + durationMs,
      gracefulStopMs,
      onDraining: () => {
        this.#loadEndMs = timerClock.nowMs() - this.#startMs;
        this.#enter('draining');
      },
    };
    if (plan.model === 'open') {
      const { schedule, maxInFlight } = plan;
      return runArrivalRate({ ...common, clock: this.#work.timed(this.#arrivals), schedule, maxInFlight });
    }
    const closed = { ...common, clock: timerClock, vus: plan.vus };
    if (plan.driver === 'autocannon') return runAutocannonVus({ ...closed, origin, timeoutMs: requestTimeoutMs });
    return runConstantVus(closed);
  }

  #tick(time: TickTime): void {
    this.#pool.expire();
    // The boundary of the warm-up counts by its own time: a late tick moves no arrival across it.
    const countedMs = Math.min(time.index === 0 ? this.#timing.warmupMs : time.elapsedMs, this.#loadEndMs);
    const tick = {
      ...time,
      ...this.#recorder.flush(time.warmup),
      asked: this.#asked(countedMs),
      inFlight: this.#recorder.inFlight,
      utilisation: this.#busy().utilisation,
    };
    this.#report({ type: 'tick', tick });
    if (time.index === 0 && this.#phase === 'warming-up') this.#enter('running');
  }

  #conclude(): void {
    this.#pool.close();
    const { warmupMs, durationMs } = this.#timing;
    const plannedMs = this.#stopped ? this.#loadEndMs - warmupMs : durationMs;
    const answeredMs = this.#recorder.lastEndedMs - this.#startMs - warmupMs;
    const ledger = this.#workload instanceof DocumentWorkload ? this.#workload.ledger : undefined;
    this.#report({
      type: 'done',
      measuredMs: Math.max(0, plannedMs, answeredMs),
      checked: ledger?.checked ?? 0,
      violations: ledger?.violations ?? 0,
      violationExamples: ledger?.violationExamples ?? [],
      writes: ledger?.acknowledgedWrites() ?? [],
    });
  }
}
