import type { Experiment } from '../../shared/experiment/experiment';
import type { Doing } from '../../shared/experiment/progress';
import type { ExperimentProgress } from '../../shared/ipc/contract';
import type { HostAddresses } from '../hosts/addresses';

/**
 * Measures an experiment at the admitted addresses of its hosts. Calls `note` for each step, and `keep` with the
 * experiment after it.
 */
export type Measure = (
  experiment: Experiment,
  addresses: HostAddresses,
  note: (experiment: Experiment, doing: Doing) => void,
  signal: AbortSignal,
) => Promise<Experiment>;

/** Runs one experiment of this app at a time. */
export class ExperimentSession {
  readonly #measure: Measure;
  readonly #keep: (experiment: Experiment) => void;
  readonly #announce: (progress: ExperimentProgress) => void;
  #stopping: AbortController | undefined;
  #isCancelled = false;
  #progress: ExperimentProgress | undefined;

  constructor(
    measure: Measure,
    keep: (experiment: Experiment) => void,
    announce: (progress: ExperimentProgress) => void,
  ) {
    this.#measure = measure;
    this.#keep = keep;
    this.#announce = announce;
  }

  /** The progress of the current experiment, for windows that open later. */
  get progress(): ExperimentProgress | undefined {
    return this.#progress;
  }

  /**
   * Runs or resumes an experiment. Resolves when it has ended or is stopped. Rejects with the error that prevents it.
   */
  async start(experiment: Experiment, addresses: HostAddresses): Promise<Experiment> {
    const stopping = new AbortController();
    this.#stopping = stopping;
    this.#isCancelled = false;
    try {
      const note = (current: Experiment, doing: Doing): void => this.#note(current, doing);
      const result = await this.#measure(experiment, addresses, note, stopping.signal);
      return this.#isCancelled ? this.#close(result) : result;
    } finally {
      this.#progress = undefined;
      this.#stopping = undefined;
    }
  }

  /** Stops the experiment, which loses only the run in progress and can be resumed. */
  pause(): void {
    this.#stopping?.abort();
  }

  /** Stops the experiment permanently. The measured pairs stay. */
  cancel(experiment: Experiment): void {
    if (this.#progress?.experiment.id !== experiment.id) {
      this.#close(experiment);
      return;
    }
    this.#isCancelled = true;
    this.pause();
  }

  #close(experiment: Experiment): Experiment {
    const closed: Experiment = { ...experiment, state: experiment.state === 'finished' ? 'finished' : 'cancelled' };
    this.#keep(closed);
    return closed;
  }

  #note(experiment: Experiment, doing: Doing): void {
    this.#progress = { experiment, doing };
    this.#announce(this.#progress);
  }
}
