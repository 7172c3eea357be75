import type { Target } from '../../shared/run/target';
import type { Scenario } from '../../shared/scenario/schema';
import { isLoopbackHost } from '../../shared/units/host';
import { listenersOf } from './listeners';
import { type MachineUse, watchMachine } from './machineUse';

/** The ports of this machine that a run loads; none for the built-in service, which is a process of ours. */
function loadedPorts(target: Target, { requests }: Pick<Scenario, 'requests'>): number[] {
  if (target.kind === 'engine') return [];
  const urls = (requests ?? [target]).map(({ url }) => new URL(url, target.url));
  const local = urls.filter(({ hostname }) => isLoopbackHost(hostname));
  return [...new Set(local.map(({ port, protocol }) => Number(port) || (protocol === 'https:' ? 443 : 80)))];
}

/** What went on around a run while it was measured: who used the machine, and what its clock did. */
export class Surroundings {
  readonly #ports: readonly number[];
  #machine: (() => MachineUse | undefined) | undefined;
  #wallMs: number | undefined;
  #monotonicMs = 0;
  /** Undefined where it is not known, or not known which processes are the target. */
  machine: MachineUse | undefined;
  /** Why `machine`, or what it says of the target, is not known; undefined where both are. */
  machineUnknown: string | undefined;
  /** By how much the wall clock went ahead of the monotonic clock; undefined before the end. */
  clockStepMs: number | undefined;

  constructor(target: Target, scenario: Pick<Scenario, 'requests'>) {
    this.#ports = loadedPorts(target, scenario);
  }

  /** The measured part begins. `databasePort`: where the server behind the built-in service listens on this machine. */
  begin(databasePort?: number): void {
    const ports = databasePort === undefined ? this.#ports : [...this.#ports, databasePort];
    const targets = ports.map((port) => listenersOf(port));
    const allFound = targets.every((pids) => pids.length > 0);
    this.#machine = allFound ? watchMachine(new Set([process.pid, ...targets.flat()])) : undefined;
    this.#wallMs = Date.now();
    this.#monotonicMs = performance.now();
  }

  /** The measured part has ended. */
  end(): void {
    if (this.#wallMs === undefined) return;
    this.machine = this.#machine?.();
    this.clockStepMs = Date.now() - this.#wallMs - (performance.now() - this.#monotonicMs);
  }
}
