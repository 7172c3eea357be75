import { cpus } from 'node:os';
import { msPerTick, type ProcessStat, processName } from '../system/processTable';
import { listenersOf, partnersOf } from './listeningProcesses';
import { lookAtCpu, type MachineSecond, MachineSeconds, unknownMachine } from './machineSecond';
import { lookAtMachine, type MachineLook, ProcessLedger } from './processLedger';
import { ThreadLedger } from './threadSchedule';

/** Who used the processors of this machine over a stretch of time, as shares of all of them. */
export interface MachineUse {
  /** By programs that are neither ours nor the target's, above what the machine does when it has nothing to do. */
  otherShare: number;
  /** What the machine does when it has nothing to do: the least that others used at any time, subtracted above. */
  idleShare: number;
  /** Withheld by the host, for its other guests. */
  stealShare: number;
  /** How the target was scheduled; undefined where its processes are not known. */
  target?: TargetSchedule | undefined;
}

/** How the threads of the target on this machine were scheduled while it was measured. */
export interface TargetSchedule {
  /** Time in which its threads were ready to run and waited for a processor, all added up. */
  runDelayMs: number;
  /** How often a processor was given to one of them. */
  timeslices: number;
  /** Time on processors, of children that have ended too. */
  cpuMs: number;
  /** The share of the time in which its busiest thread was running or ready to run, 0..1. */
  busiestThreadShare: number;
}

/** What was watched, or why it is not known. */
export interface WatchedMachine {
  use: MachineUse | undefined;
  /** Why `use`, or what it says of the target, is not known; undefined where both are. */
  unknown: string | undefined;
}

/** By what the target is known on this machine. */
export interface WatchedTarget {
  /** The ports that it listens on. */
  ports: readonly number[];
  /** Processes that are known to be its own. */
  pids: readonly number[];
  /** Whether these are all: then who listens need not be found. */
  isComplete: boolean;
}

/** The shortest stretches that the clock ticks of the system resolve, per processor. */
const leastTicks = 100;
const leastIdleTicks = 50;
/**
 * A machine that has nothing to do uses a few per cent of its processors. Programs that use more take it from target
 * and generator, however long before the run it was there.
 */
const greatestIdleShare = 0.05;

/** Programs that listen in the place of a container; what is in it can't be told from other programs. */
const containerForwarders = new Set(['docker-proxy', 'rootlessport', 'rootlesskit', 'slirp4netns', 'pasta', 'gvproxy']);

const cannotTell = 'this system does not report which programs use its processors';

/**
 * Watches who uses the processors (Linux; elsewhere nothing is known) and how the target is scheduled. Ours are the
 * `roots` and all that they start. The target's are the processes that listen on its ports or that were named, all that
 * they start, and the servers of this machine that these have connected to, such as the service behind a proxy and its
 * database. Children that have ended count with the process that waited for them. Never throws.
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
  /** The smallest share of others between two samples. */
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

  /** Nothing is loaded yet: the time until {@link loadBegins} shows best what the machine does by itself. */
  prepare(): void {
    this.#guarded(() => {
      this.#idleFrom = this.#look();
    });
  }

  /** The load begins, if only to warm up. */
  loadBegins(): void {
    this.#guarded(() => {
      this.#idleTo ??= this.#look();
    });
  }

  /** What is measured begins. */
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

  /** What others used of the processors since the begin or the last call. */
  second(): MachineSecond {
    let second = unknownMachine;
    this.#guarded(() => {
      second = this.#seconds?.until(lookAtCpu(this.#ownPids())) ?? unknownMachine;
    });
    return second;
  }

  /** Looks after new partners of the target, and at its threads before they end. */
  look(): void {
    const threads = this.#threads;
    if (threads) this.#guarded(() => threads.look(this.#target.membersIn(this.#lookAgain())));
  }

  /** What was measured has ended. */
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

  /** Ours and the target's, as they were at the last look. */
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

  /** Looks at the machine and notes whose its processes are, until no new partner of the target is found. */
  #look(): MachineLook {
    const look = this.#lookAt();
    for (;;) {
      this.#target.note(look, { named: this.#targetPids, except: this.#roots });
      this.#own.note(look, { named: new Set([...this.#roots, ...this.#targetPids]), except: new Set() });
      if (!this.#addPartners(this.#target.membersIn(look))) return look;
    }
  }

  /** Looks at the machine and notes what others have used since the look before. */
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

/** Threads of the kernel work for everybody: most write what our processes wrote and deliver our packets. */
function kernelTicksBetween(from: MachineLook, to: MachineLook): number {
  let ticks = 0;
  for (const [key, { isKernel, ticks: after }] of to.processes) {
    if (isKernel) ticks += after - (from.processes.get(key)?.ticks ?? 0);
  }
  return ticks;
}
