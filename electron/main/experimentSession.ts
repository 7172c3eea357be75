import type { Experiment } from '../../shared/experiment/experiment';
import type { Doing } from '../../shared/experiment/progress';
import type { ExperimentProgress } from '../../shared/ipc/contract';
import type { HostAddresses } from '../hosts/addresses';

/** Measures an experiment at the addresses that its hosts were admitted with; `note` hears of each step, and `keep` gets the experiment after it. */
export type Measure = (
  experiment: Experiment,
  addresses: HostAddresses,
  note: (experiment: Experiment, doing: Doing) => void,
  signal: AbortSignal,
) => Promise<Experiment>;

/** The one experiment of this app at a time. */
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

  /** What is in progress, for windows that are opened later. */
  get progress(): ExperimentProgress | undefined {
    return this.#progress;
  }

  /** Runs or resumes an experiment. Resolves when it has ended or is stopped; rejects with what keeps it from that. */
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

  /** Stops it; it can be resumed, and loses only the run in progress. */
  pause(): void {
    this.#stopping?.abort();
  }

  /** Stops the experiment for good; the pairs that have been measured stay. */
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
