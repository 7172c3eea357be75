import type { FleetEvents } from '../hosting/fleet';
import type { LoadPhase } from '../load/loadPhase';

/** Reports the phases of a load that another tool makes, by the time since its first user arrived. */
export class PhaseWatch {
  readonly #events: Pick<FleetEvents, 'onPhase'>;
  readonly #warmupMs: number;
  readonly #totalMs: number;
  #phase: LoadPhase | undefined;

  /** `totalMs`: the length of warm-up and measured part together. */
  constructor(events: Pick<FleetEvents, 'onPhase'>, warmupMs: number, totalMs: number) {
    this.#events = events;
    this.#warmupMs = warmupMs;
    this.#totalMs = totalMs;
  }

  /**
   * Reports the phases that were entered since the last call, each once and in order. Reports none before the start.
   */
  look(startMs: number | undefined, nowMs: number): void {
    if (startMs === undefined) return;
    const elapsedMs = nowMs - startMs;
    if (this.#phase === undefined && this.#warmupMs > 0) this.#enter('warming-up');
    if (elapsedMs >= this.#warmupMs && (this.#phase === undefined || this.#phase === 'warming-up'))
      this.#enter('running');
    if (elapsedMs >= this.#totalMs && this.#phase === 'running') this.#enter('draining');
  }

  #enter(phase: LoadPhase): void {
    this.#phase = phase;
    this.#events.onPhase(phase);
  }
}
