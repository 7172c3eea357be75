import { cpus } from 'node:os';
import { msPerTick, type ProcessStat, processName } from '../system/processTable';
import { listenersOf, partnersOf } from './listeningProcesses';
import { lookAtCpu, type MachineSecond, MachineSeconds, unknownMachine } from './machineSecond';
import { lookAtMachine, type MachineLook, ProcessLedger } from './processLedger';
import { ThreadLedger } from './threadSchedule';

/** Who used the processors of this machine over a period, as shares of all processors. */
export interface MachineUse {
  /** Used by programs that belong neither to Proofload nor to the target, beyond `idleShare`. */
  otherShare: number;
  /** What an idle machine uses: the least that other programs used at any time. It is subtracted above. */
  idleShare: number;
  /** Withheld by the host for its other guests. */
  stealShare: number;
  /** How the target was scheduled; undefined if its processes are not known. */
  target?: TargetSchedule | undefined;
}

/** How the threads of the target on this machine were scheduled during the measured part. */
export interface TargetSchedule {
  /** How long its threads were ready to run and waited for a processor, added up over all threads. */
  runDelayMs: number;
  /** How often one of its threads was given a processor. */
  timeslices: number;
  /** Time on processors, including that of children that have ended. */
  cpuMs: number;
  /** The share of the time for which its busiest thread was running or ready to run, 0 to 1. */
  busiestThreadShare: number;
}

/** What was observed, or why it is not known. */
export interface WatchedMachine {
  use: MachineUse | undefined;
  /** Why `use`, or its part about the target, is not known; undefined if both are known. */
  unknown: string | undefined;
}

/** How the target is identified on this machine. */
export interface WatchedTarget {
  /** The ports that it listens on. */
  ports: readonly number[];
  /** Processes that are known to belong to it. */
  pids: readonly number[];
  /** Whether `pids` is complete, so that the listening processes need not be found. */
  isComplete: boolean;
}

/** The shortest intervals that the clock ticks of the system can resolve, in ticks per processor. */
const leastTicks = 100;
const leastIdleTicks = 50;
/**
 * An idle machine uses a few per cent of its processors. Programs that use more take it from the target and the
 * generator, no matter how long before the run they started.
 */
const greatestIdleShare = 0.05;

/** Programs that listen on behalf of a container. The processes in the container cannot be told from other programs. */
const containerForwarders = new Set(['docker-proxy', 'rootlessport', 'rootlesskit', 'slirp4netns', 'pasta', 'gvproxy']);

const cannotTell = 'this system does not report which programs use its processors';

/**
 * Observes who uses the processors (Linux; on other systems nothing is known) and how the target is scheduled.
 * Proofload's own processes are the `roots` and all their descendants. The processes of the target are those that
 * listen on its ports or were named, all their descendants, and the servers on this machine that these have connected
 * to, such as the service behind a proxy and its database. Children that have ended count with the process that waited
 * for them. Never throws.
 */
export class MachineWatch {
  readonly #roots: ReadonlySet<number>;
  readonly #lookAt: () => MachineLook;
  readonly #own = new ProcessLedger();
  readonly #target = new ProcessLedger();
  readonly #targetPids = new Set<number>();
  readonly #partnerPorts = new Set<number>();
  #idleFrom: MachineLook | undefined;
  #idleTo: MachineLook | undefined;
  #from: MachineLook | undefined;
  #last: MachineLook | undefined;
  /** The smallest share that other programs used between two looks. */
  #leastShare = Number.POSITIVE_INFINITY;
  #threads: ThreadLedger | undefined;
  #seconds: MachineSeconds | undefined;
  #isComplete = false;
  #unknown: string | undefined;

  /** `lookAt` is for tests. */
  constructor(roots: ReadonlySet<number>, lookAt: () => MachineLook = lookAtMachine) {
    this.#roots = roots;
    this.#lookAt = lookAt;
  }

  /** Call this before any load. The time until {@link loadBegins} shows best what the machine does on its own. */
  prepare(): void {
    this.#guarded(() => {
      this.#idleFrom = this.#look();
    });
  }

  /** Call this when the load begins, even if it is only a warm-up. */
  loadBegins(): void {
    this.#guarded(() => {
      this.#idleTo ??= this.#look();
    });
  }

  /** Call this when the measured part begins. */
  begin({ ports, pids, isComplete }: WatchedTarget): void {
    this.#guarded(() => {
      this.#isComplete = isComplete;
      for (const pid of pids) this.#targetPids.add(pid);
      for (const port of ports) this.#addServer(port, listenersOf(port), isComplete);
      this.loadBegins();
      const from = this.#look();
      this.#from = from;
      this.#threads = new ThreadLedger(new Set(from.processes.keys()));
      this.#last = from;
      this.#threads.look(this.#target.membersIn(from));
      this.#seconds = new MachineSeconds(lookAtCpu(this.#ownPids()));
    });
  }

  /** Returns what other programs used of the processors since the measured part began or since the last call. */
  second(): MachineSecond {
    let second = unknownMachine;
    this.#guarded(() => {
      second = this.#seconds?.until(lookAtCpu(this.#ownPids())) ?? unknownMachine;
    });
    return second;
  }

  /** Looks for new partners of the target, and reads its threads before they end. */
  look(): void {
    const threads = this.#threads;
    if (threads) this.#guarded(() => threads.look(this.#target.membersIn(this.#lookAgain())));
  }

  /** Call this when the measured part has ended. */
  end(): WatchedMachine {
    let use: MachineUse | undefined;
    this.#guarded(() => {
      const from = this.#from;
      if (!from) return;
      const to = this.#lookAgain();
      this.#threads?.look(this.#target.membersIn(to));
      if (to.processors.total - from.processors.total < leastTicks * cpus().length)
        this.#unknown ??= 'the measured part was too short to tell which programs used the processors';
      else use = this.#sharesBetween(from, to);
    });
    if (this.#unknown !== undefined) return { use: undefined, unknown: this.#unknown };
    return { use, unknown: use ? undefined : cannotTell };
  }

  #guarded(step: () => void): void {
    if (this.#unknown !== undefined) return;
    if (process.platform !== 'linux') {
      this.#unknown = cannotTell;
      return;
    }
    try {
      step();
    } catch {
      this.#unknown = cannotTell;
    }
  }

  /** The processes of Proofload and of the target at the last look. */
  #ownPids(): number[] {
    return this.#last ? this.#own.membersIn(this.#last).map(({ pid }) => pid) : [];
  }

  #addServer(port: number, pids: readonly number[], mayBeUnseen: boolean): void {
    for (const pid of pids) this.#targetPids.add(pid);
    if (mayBeUnseen) return;
    if (pids.length === 0) this.#unknown ??= `the process that listens on port ${port} can't be seen`;
    else if (pids.some((pid) => containerForwarders.has(processName(pid) ?? '')))
      this.#unknown ??= `what responds on port ${port} is in a container and can't be seen`;
  }

  /** Looks at the machine and notes which processes belong to whom, until no new partner of the target is found. */
  #look(): MachineLook {
    const look = this.#lookAt();
    for (;;) {
      this.#target.note(look, { named: this.#targetPids, except: this.#roots });
      this.#own.note(look, { named: new Set([...this.#roots, ...this.#targetPids]), except: new Set() });
      if (!this.#addPartners(this.#target.membersIn(look))) return look;
    }
  }

  /** Looks at the machine and notes what other programs have used since the last look. */
  #lookAgain(): MachineLook {
    const look = this.#look();
    this.#noteIdle(this.#last, look);
    this.#last = look;
    return look;
  }

  #noteIdle(from: MachineLook | undefined, to: MachineLook | undefined): void {
    if (!from || !to || to.processors.total - from.processors.total < leastIdleTicks * cpus().length) return;
    this.#leastShare = Math.min(this.#leastShare, this.#otherShare(from, to));
  }

  #addPartners(members: readonly ProcessStat[]): boolean {
    if (members.length === 0) return false;
    const found = partnersOf(
      members.map(({ pid }) => pid),
      (port) => this.#partnerPorts.has(port),
    );
    for (const { port, pids } of found) {
      this.#partnerPorts.add(port);
      this.#addServer(port, pids, this.#isComplete);
    }
    return found.length > 0;
  }

  #sharesBetween(from: MachineLook, to: MachineLook): MachineUse {
    this.#noteIdle(this.#idleFrom, this.#idleTo);
    const idleShare = Number.isFinite(this.#leastShare) ? Math.min(greatestIdleShare, this.#leastShare) : 0;
    const total = to.processors.total - from.processors.total;
    return {
      otherShare: Math.max(0, this.#otherShare(from, to) - idleShare),
      idleShare,
      stealShare: Math.max(0, (to.processors.steal - from.processors.steal) / total),
      target: this.#targetSchedule(from, to),
    };
  }

  #otherShare(from: MachineLook, to: MachineLook): number {
    const busy = to.processors.busy - from.processors.busy;
    const other = busy - this.#own.ticksBetween(from, to) - kernelTicksBetween(from, to);
    return Math.max(0, other / (to.processors.total - from.processors.total));
  }

  #targetSchedule(from: MachineLook, to: MachineLook): TargetSchedule | undefined {
    const schedule = this.#threads?.sum();
    if (!schedule) return undefined;
    const { busiestMs, ...sums } = schedule;
    return {
      ...sums,
      cpuMs: this.#target.ticksBetween(from, to) * msPerTick,
      busiestThreadShare: Math.min(1, busiestMs / (to.atMs - from.atMs)),
    };
  }
}

/** Kernel threads work for all processes. Most of their work is to write our data and to deliver our packets. */
function kernelTicksBetween(from: MachineLook, to: MachineLook): number {
  let ticks = 0;
  for (const [key, { isKernel, ticks: after }] of to.processes) {
    if (isKernel) ticks += after - (from.processes.get(key)?.ticks ?? 0);
  }
  return ticks;
}
