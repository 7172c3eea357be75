import { type MachineUse, watchMachine } from './machineUse';

/** What went on around a run while it was measured: who used the machine, and what its clock did. */
export class Surroundings {
  #machine: (() => MachineUse | undefined) | undefined;
  #wallMs = 0;
  #monotonicMs = 0;
  machine: MachineUse | undefined;
  /** By how much the wall clock went ahead of the monotonic clock; undefined before the end. */
  clockStepMs: number | undefined;

  /** The measured part begins. */
  begin(): void {
    this.#machine = watchMachine();
    this.#wallMs = Date.now();
    this.#monotonicMs = performance.now();
  }

  /** The measured part has ended. */
  end(): void {
    if (!this.#machine) return;
    this.machine = this.#machine();
    this.clockStepMs = Date.now() - this.#wallMs - (performance.now() - this.#monotonicMs);
  }
}
