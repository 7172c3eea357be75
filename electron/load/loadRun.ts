import { type ProofloadError, toAppError } from '../../shared/errors/appError';
import type { SlowRequest } from '../../shared/run/slowRequest';
import type { LoadTiming } from '../../shared/scenario/timing';
import { busyMeter } from '../workers/busyMeter';
import type { PauseWatch } from '../workers/pauses';
import { type Clock, SpinningClock, timerClock } from './clock';
import type { PacedOptions } from './executors/arrivalPace';
import { runArrivalRate } from './executors/arrivalRate';
import type { runAutocannonVus } from './executors/autocannonVus';
import type { Execution } from './executors/executor';
import { runJourneyArrivals } from './executors/journeyArrivals';
import { runJourneyUsers } from './executors/journeyUsers';
import { sharedSenders, together } from './executors/together';
import { runVirtualUsers } from './executors/virtualUsers';
import type { DrivenOrigin, HttpClient } from './http/httpClient';
import { JourneyRecorder } from './journey/journeyRecorder';
import type { JourneyDependencies } from './journey/journeyUser';
import { JourneyWorkload } from './journey/journeyWorkload';
import type { LoadPhase } from './loadPhase';
import type { LoadPlan, SinglePlan } from './loadPlan';
import { LoadSpan } from './loadSpan';
import type { CheckExample, LoadReport } from './protocol';
import { Recorder } from './recorder';
import { arrivalCounter } from './schedule/arrivals';
import { startTicks, type TickTime } from './tickClock';
import type { Workload } from './workload/workload';
import type { WorkTimer } from './workTimer';

/** The dependencies of a load. */
export interface LoadDependencies {
  workload: Workload | JourneyWorkload;
  client: HttpClient;
  work: WorkTimer;
  /** The number of processors that this process may use; null without a limit. */
  cpuLimit: number | null;
  /** How long this process's control groups were throttled since the last call, in ms; null when not known. */
  throttledMs(): number | null;
  /** Returns the pauses of this process since the last call. */
  pauses: PauseWatch;
  /** Runs a closed load with autocannon; undefined unless autocannon is the driver. */
  runAutocannonVus: typeof runAutocannonVus | undefined;
  /** The server that autocannon connects to; undefined unless autocannon is the driver. */
  driven: DrivenOrigin | undefined;
  timeoutMs: number;
  report(message: LoadReport): void;
}

type Timing = Pick<LoadTiming, 'warmupMs' | 'gracefulStopMs'>;

/** Returns a function that returns how many arrivals the schedule has asked for since its last call. */
function askedCounter(plan: LoadPlan): (elapsedMs: number) => number | null {
  if (plan.model === 'closed') return () => null;
  if (plan.model === 'open') return arrivalCounter(plan.arrivals());
  const counters = plan.parts.flatMap(({ startMs, plan: part }) => {
    if (part.model === 'closed') return [];
    const count = arrivalCounter(part.arrivals());
    return (elapsedMs: number) => count(elapsedMs - startMs);
  });
  if (counters.length === 0) return () => null;
  return (elapsedMs) => counters.reduce((sum, count) => sum + count(elapsedMs), 0);
}

/**
 * A load in progress. Connects the executor, the recorder, the ticks and the reports. Starts by itself at `startMs`.
 */
export class LoadRun {
  readonly #timing: Timing;
  readonly #plan: LoadPlan;
  readonly #startMs: number;
  readonly #dependencies: LoadDependencies;
  readonly #recorder: Recorder;
  /** Undefined when an iteration is a single request. */
  readonly #journeys: JourneyRecorder | undefined;
  readonly #arrivals: SpinningClock;
  readonly #busy: ReturnType<typeof busyMeter>;
  readonly #asked: ReturnType<typeof askedCounter>;
  readonly #execution: Execution;
  #phase: LoadPhase | undefined;
  readonly #span: LoadSpan;
  /** The error when the rows for the next iteration are missing. */
  #dataFault: ProofloadError | undefined;

  constructor(timing: Timing, plan: LoadPlan, startMs: number, dependencies: LoadDependencies) {
    this.#timing = timing;
    this.#plan = plan;
    this.#startMs = startMs;
    this.#dependencies = dependencies;
    this.#span = new LoadSpan({ plan, warmupMs: timing.warmupMs });
    const stages = plan.stageEndsMs.map((endMs, index) => ({ name: String(index), endMs: startMs + endMs }));
    this.#recorder = new Recorder(startMs + timing.warmupMs, stages, startMs + plan.totalMs);
    this.#journeys =
      dependencies.workload instanceof JourneyWorkload ? new JourneyRecorder(startMs + timing.warmupMs) : undefined;
    this.#arrivals = new SpinningClock(() => this.#recorder.activity);
    this.#busy = busyMeter({ spunMs: () => this.#arrivals.spunMs, workMs: () => dependencies.work.totalMs });
    this.#asked = askedCounter(plan);
    dependencies.pauses();
    dependencies.throttledMs();
    this.#enter(timing.warmupMs > 0 ? 'warming-up' : 'running');
    this.#execution = this.#execute();
    if (dependencies.workload instanceof JourneyWorkload)
      dependencies.workload.files?.onEnd((fault) => {
        this.#dataFault = fault;
        this.stop();
      });
    const stopTicks = startTicks(timerClock, startMs, timing.warmupMs, (time) => this.#tick(time));
    this.#execution.finished
      .then(
        () => undefined,
        (error: unknown) => toAppError(error),
      )
      .then((fault) => fault ?? (this.#dataFault && toAppError(this.#dataFault)))
      .then((fault) => {
        if (fault) this.#endEarly();
        stopTicks();
        const measuredMs = this.#span.measuredMs(this.#answeredMs);
        const answeredMs = Math.max(0, this.#answeredMs - timing.warmupMs);
        dependencies.report({ type: 'ended', measuredMs, answeredMs, ...(fault ? { fault } : {}) });
      });
  }

  /** One example for each failed check of a step. */
  get checkExamples(): CheckExample[] {
    return this.#journeys?.examples ?? [];
  }

  /** The slowest requests of this load. */
  get slowest(): SlowRequest[] {
    return this.#recorder.slowest;
  }

  /** Ends the load early. The `ended` report is still sent. */
  stop(): void {
    this.#endEarly();
    this.#execution.stop();
  }

  /** From now on the load only waits for the last responses. */
  #endEarly(): void {
    const nowMs = timerClock.nowMs();
    if (this.#span.endEarly(nowMs - this.#startMs)) this.#recorder.endEarly(nowMs);
  }

  /** When the last response came, in ms from the start of the load; 0 before the first. */
  get #answeredMs(): number {
    const { lastAnsweredMs } = this.#recorder;
    return lastAnsweredMs === 0 ? 0 : lastAnsweredMs - this.#startMs;
  }

  #enter(phase: LoadPhase): void {
    this.#phase = phase;
    this.#dependencies.report({ type: 'phase', phase });
  }

  #execute(): Execution {
    const { workload, client, work, runAutocannonVus, driven, timeoutMs } = this.#dependencies;
    const { totalMs } = this.#plan;
    const frame = {
      recorder: this.#recorder,
      sender: client,
      startMs: this.#startMs,
      totalMs,
      gracefulStopMs: this.#timing.gracefulStopMs,
      onDraining: () => {
        this.#span.noteEnd(timerClock.nowMs() - this.#startMs);
        this.#enter('draining');
      },
    };
    const scheduled = work.timed(this.#arrivals);
    if (workload instanceof JourneyWorkload) return this.#executeJourneys(workload, frame, scheduled);
    const common = { ...frame, workload };
    if (this.#plan.model === 'several') throw new RangeError('several scenarios consist of journeys');
    if (this.#plan.model === 'open') {
      const { arrivals, maxInFlight } = this.#plan;
      return runArrivalRate({ ...common, clock: scheduled, arrivals: arrivals(), maxInFlight });
    }
    const { steps, budget } = this.#plan;
    if (runAutocannonVus && driven)
      return runAutocannonVus({ ...common, clock: timerClock, vus: steps[0]?.vus ?? 1, driven, timeoutMs });
    return runVirtualUsers({ ...common, clock: timerClock, steps, budget });
  }

  #executeJourneys(
    workload: JourneyWorkload,
    frame: Omit<PacedOptions, 'clock' | 'arrivals'>,
    scheduled: Clock,
  ): Execution {
    const { client } = this.#dependencies;
    const whole = { workload, sender: client, recorder: this.#recorder };
    if (this.#plan.model !== 'several') return this.#executePart(whole, this.#plan, frame, scheduled);
    const { parts } = this.#plan;
    const shared = sharedSenders(client, parts.length);
    let unended = parts.length;
    const onDraining = (): void => {
      unended -= 1;
      if (unended === 0) frame.onDraining();
    };
    return together(
      parts.map(({ name, startMs, gracefulStopMs, journeys, usersBefore, plan }, index) => {
        const { sender, release } = shared[index] ?? { sender: client, release: () => {} };
        const times = { startMs: frame.startMs + startMs, totalMs: plan.totalMs, gracefulStopMs };
        const own = { ...frame, ...times, sender, onDraining, scenario: name };
        const recorder = plan.model === 'open' ? this.#recorder : this.#recorder.withoutSchedule();
        const ofPart = { workload: workload.part(journeys, usersBefore, index), sender, recorder };
        const { stop, finished } = this.#executePart(ofPart, plan, own, scheduled);
        return { stop, finished: finished.finally(release) };
      }),
    );
  }

  #executePart(
    part: Pick<JourneyDependencies, 'workload' | 'sender' | 'recorder'>,
    plan: SinglePlan,
    frame: Omit<PacedOptions, 'clock' | 'arrivals'>,
    scheduled: Clock,
  ): Execution {
    const journeys = this.#journeys ?? new JourneyRecorder(0);
    const dependencies = { ...part, journeys };
    if (plan.model === 'open') {
      const { arrivals, maxInFlight: maxUsers } = plan;
      const options = { ...frame, clock: scheduled, arrivals: arrivals(), maxUsers };
      return runJourneyArrivals({ ...options, dependencies: { ...dependencies, clock: scheduled } });
    }
    const { steps, budget } = plan;
    const options = { ...frame, clock: timerClock, steps, budget };
    return runJourneyUsers({ ...options, dependencies: { ...dependencies, clock: timerClock } });
  }

  #tick(time: TickTime): void {
    const { client, pauses, throttledMs, report } = this.#dependencies;
    const { boundaryMs, ...place } = time;
    const tick = {
      ...place,
      draining: this.#span.isDraining(time, this.#answeredMs),
      ...this.#recorder.flush(time.warmup),
      ...(this.#journeys ? { journeys: this.#journeys.flush(time.warmup) } : {}),
      // Counted up to the tick's boundary, so that a late tick moves no arrival into a second that did not ask for it.
      asked: this.#asked(Math.min(boundaryMs, this.#span.endedMs)),
      inFlight: this.#recorder.inFlight,
      connections: client.flushConnections(),
      utilisation: this.#busy().utilisation,
      ...pauses(),
      throttledMs: throttledMs(),
      cpuLimit: this.#dependencies.cpuLimit,
    };
    report({ type: 'tick', tick });
    if (time.index === 0 && this.#phase === 'warming-up') this.#enter('running');
  }
}
