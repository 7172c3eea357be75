import type { ProofloadError } from '../../shared/errors/appError';
import type { ProcessLoad, Scenario } from '../../shared/scenario/schema';
import type { Secrets } from '../../shared/secrets/conceal';
import { type LoadPhase, loadPhases } from '../load/loadPhase';
import {
  type LoadCommand,
  type LoadInputs,
  type LoadReport,
  type LoadTarget,
  type LoadTick,
  loadReportSchema,
} from '../load/protocol';
import { sharedNowMs } from '../load/sharedClock';
import { Deferred } from './deferred';
import type { Fleet, FleetEvents, FleetFindings, LoadEnd } from './fleet';
import { joinFindings } from './joinFindings';
import { joinTicks, mergeTicks } from './mergeTicks';
import { reportedError } from './reportedError';
import type { WorkerHost } from './workerHost';
import { WorkerSession } from './workerSession';

type Ended = Extract<LoadReport, { type: 'ended' }>;
type Done = Extract<LoadReport, { type: 'done' }>;

/** Time between the command to start and the first arrival: every process must have received it by then. */
const leadMs = 30;

class Member {
  readonly session: WorkerSession<LoadReport>;
  armed = new Deferred<void>();
  ended = new Deferred<Ended>();
  readonly done = new Deferred<Done>();
  readonly pending: LoadTick[] = [];
  phase: LoadPhase | undefined;
  /** Whether it has reported the end of its load. Then no more ticks of it are awaited. */
  hasEnded = false;

  constructor(host: WorkerHost, onReport: (member: Member, report: LoadReport) => void) {
    this.session = new WorkerSession(host, 'load', loadReportSchema, (report) => onReport(this, report));
  }

  /** Removes its pending ticks up to an index and joins them into one. */
  takeTick(upToIndex: number): LoadTick | undefined {
    const next = this.pending.findIndex(({ index }) => index > upToIndex);
    const [first, ...others] = this.pending.splice(0, next < 0 ? this.pending.length : next);
    return first && joinTicks(first, ...others);
  }

  send(command: LoadCommand): void {
    this.session.send(command);
  }

  fail(error: ProofloadError): void {
    this.armed.reject(error);
    this.ended.reject(error);
    this.done.reject(error);
  }
}

/** One or several load processes that generate one load. They start together and report as one. */
export class LoadFleet implements Fleet {
  /** Rejects when a process ends unexpectedly. */
  readonly died: Promise<never>;
  readonly #members: Member[];
  readonly #events: FleetEvents;
  #phase: LoadPhase | undefined;

  /** `secrets` are those that the requests refer to. Only the load processes get them. */
  constructor(
    host: WorkerHost,
    scenario: Scenario,
    target: LoadTarget,
    events: FleetEvents,
    secrets: Secrets = new Map(),
    inputs: LoadInputs = { dataPaths: {}, given: {} },
  ) {
    this.#events = events;
    const count = scenario.processes;
    this.#members = Array.from(
      { length: count },
      () => new Member(host, (member, report) => this.#onReport(member, report)),
    );
    this.#members.forEach((member, index) => {
      member.send({ type: 'open', scenario, target, shard: { index, count }, secrets: new Map(secrets), inputs });
    });
    this.died = Promise.race(this.#members.map(({ session }) => session.died));
    this.died.catch(() => {});
  }

  /**
   * Makes a load and resolves at its end. Without `thinks`, virtual users skip their think times. Throws
   * `target-unreachable`, `data-invalid`, `load-failed`.
   */
  async run(load: ProcessLoad, warmupMs: number, thinks = true): Promise<LoadEnd> {
    this.#phase = undefined;
    for (const member of this.#members) {
      member.armed = new Deferred();
      member.ended = new Deferred();
      member.pending.length = 0;
      member.phase = undefined;
      member.hasEnded = false;
      member.send({ type: 'arm', load, warmupMs, thinks });
    }
    await Promise.all(this.#members.map(({ armed }) => armed.promise));
    const startAtMs = sharedNowMs() + leadMs;
    for (const member of this.#members) member.send({ type: 'go', startAtMs });
    const ends = await Promise.all(this.#members.map(({ ended }) => ended.promise));
    this.#emitRest();
    const fault = ends.find((end) => end.fault)?.fault;
    return {
      measuredMs: Math.max(...ends.map(({ measuredMs }) => measuredMs)),
      answeredMs: Math.max(...ends.map(({ answeredMs }) => answeredMs)),
      fault: fault && reportedError(fault, 'load-failed'),
    };
  }

  /** Ends the load early. {@link run} still resolves. */
  stop(): void {
    for (const member of this.#members) member.send({ type: 'stop' });
  }

  /** Closes the connections to the target and collects what is known about its responses. */
  async finish(): Promise<FleetFindings> {
    for (const member of this.#members) member.send({ type: 'finish' });
    return joinFindings(await Promise.all(this.#members.map(({ done }) => done.promise)));
  }

  /** Ends all processes. */
  async end(patienceMs: number): Promise<void> {
    await Promise.all(
      this.#members.map(({ session }) => session.end({ type: 'exit' } satisfies LoadCommand, patienceMs)),
    );
  }

  #onReport(member: Member, report: LoadReport): void {
    switch (report.type) {
      case 'armed':
        member.armed.resolve();
        return;
      case 'phase':
        member.phase = report.phase;
        this.#notePhase();
        return;
      case 'tick':
        member.pending.push(report.tick);
        this.#emitTicks();
        return;
      case 'ended':
        member.hasEnded = true;
        this.#emitTicks();
        member.ended.resolve(report);
        return;
      case 'done':
        member.done.resolve(report);
        return;
      case 'failed':
        member.fail(reportedError(report.error, 'load-failed'));
    }
  }

  /**
   * The load enters a phase when all of its processes have reached it. A process with nothing to do is ahead of the
   * others.
   */
  #notePhase(): void {
    const reached = Math.min(...this.#members.map(({ phase }) => (phase ? loadPhases.indexOf(phase) : -1)));
    const phase = loadPhases[reached];
    if (!phase || this.#phase === phase) return;
    this.#phase = phase;
    this.#events.onPhase(phase);
  }

  /**
   * Reports what all processes that are still loading have reported. A delayed process skips a tick, and its next tick
   * covers more time. The ticks of the others are then joined up to that one, because only ticks that cover the same
   * time can be merged.
   */
  #emitTicks(): void {
    for (;;) {
      const going = this.#members.filter(({ hasEnded }) => !hasEnded);
      const index = commonIndex(going.map(({ pending }) => pending));
      if (index === undefined) return;
      const [first, ...others] = going.flatMap((member) => member.takeTick(index) ?? []);
      const ended = this.#members.flatMap((member) => (member.hasEnded ? (member.takeTick(index) ?? []) : []));
      if (first) this.#events.onTick(mergeTicks([first, ...others], ended));
    }
  }

  /** Reports the remaining ticks when all processes have ended. A merged tick has the duration of the longest one. */
  #emitRest(): void {
    for (;;) {
      const index = Math.min(...this.#members.flatMap(({ pending }) => pending[0]?.index ?? []));
      const ticks = this.#members.flatMap((member) => member.takeTick(index) ?? []);
      const [longest, ...others] = ticks.sort((a, b) => b.durationMs - a.durationMs);
      if (!longest) return;
      this.#events.onTick(mergeTicks([longest], others));
    }
  }
}

/** The lowest index at which all have a tick; undefined when there is none. */
function commonIndex(all: readonly (readonly LoadTick[])[]): number | undefined {
  const [first, ...others] = all;
  return first?.find(({ index }) => others.every((ticks) => ticks.some((tick) => tick.index === index)))?.index;
}
