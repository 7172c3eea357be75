import { ProofloadError } from '../../shared/errors/appError';
import type { RunEvent } from '../../shared/run/events';
import { emptyRunView, type RunView, reduceRun } from '../../shared/run/reducer';
import type { RunHandle, RunRequest } from '../run/runContract';

/** Starts a run with the given listener for its events. */
export type StartRun = (request: RunRequest, emit: (event: RunEvent) => void) => RunHandle;

/** The one run of this app at a time, and its state for windows that come later. */
export class RunSession {
  readonly #start: StartRun;
  readonly #announce: (event: RunEvent) => void;
  #active: RunHandle | undefined;
  #isReserved = false;
  #view: RunView = emptyRunView;

  constructor(start: StartRun, announce: (event: RunEvent) => void) {
    this.#start = start;
    this.#announce = announce;
  }

  get view(): RunView {
    return this.#view;
  }

  get isActive(): boolean {
    return this.#active !== undefined;
  }

  /** Does work that a run would disturb, and that would disturb a run. Throws `run-active` while one goes on. */
  async exclusively<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> {
    this.#requireIdle();
    this.#isReserved = true;
    try {
      return await work();
    } finally {
      this.#isReserved = false;
    }
  }

  /** Starts a run. Throws `run-active` while another goes on. */
  start(request: RunRequest): string {
    this.#requireIdle();
    const run = this.#start(request, (event) => {
      this.#view = reduceRun(this.#view, event);
      this.#announce(event);
    });
    this.#active = run;
    void run.finished.then(() => {
      this.#active = undefined;
    });
    return run.id;
  }

  #requireIdle(): void {
    if (this.#active) throw new ProofloadError('run-active', 'a run is going on', 'wait for its end or stop it first');
    if (this.#isReserved)
      throw new ProofloadError(
        'run-active',
        'the machine is being calibrated or an engine is put to the test',
        'wait for its end',
      );
  }

  /** Stops the run and resolves when it is saved; tells whether there was one. */
  async stop(reason: string): Promise<{ stopped: boolean }> {
    const run = this.#active;
    run?.stop(reason);
    await run?.finished;
    return { stopped: run !== undefined };
  }
}
