import { ProofloadError } from '../../shared/errors/appError';
import type { LogLine } from '../../shared/run/document';
import type { RunEvent } from '../../shared/run/events';
import { emptyRunView, type RunView, reduceRun } from '../../shared/run/reducer';
import type { RunListener } from '../app/services';
import type { RunHandle, RunRequest } from '../run/runContract';

/** Starts a run with the given listener. */
export type StartRun = (
  request: RunRequest,
  listener: Required<Pick<RunListener, 'onEvent' | 'onSecond'>>,
) => RunHandle;

/** A listener of a run, which gets what the session gets. */
type Listener = Parameters<StartRun>[1];

/** Makes one run of this app at a time, and has its state for windows that open later. */
export class RunSession {
  readonly #start: StartRun;
  readonly #announce: (event: RunEvent) => void;
  readonly #onBusyChange: (isBusy: boolean) => void;
  #active: RunHandle | undefined;
  #reserved: { work: Promise<unknown>; stopping: AbortController } | undefined;
  #view: RunView = emptyRunView;

  /** Calls `onBusyChange` for each change of {@link isBusy}: before a run or other work begins, and after its end. */
  constructor(
    start: StartRun,
    announce: (event: RunEvent) => void,
    onBusyChange: (isBusy: boolean) => void = () => {},
  ) {
    this.#start = start;
    this.#announce = announce;
    this.#onBusyChange = onBusyChange;
  }

  get view(): RunView {
    return this.#view;
  }

  /** Whether a run is in progress, or work that excludes one. */
  get isBusy(): boolean {
    return this.#active !== undefined || this.#reserved !== undefined;
  }

  /**
   * Does work that a run would disturb, or that would disturb a run. Work that can be cancelled ends when its signal
   * aborts. Throws `run-active` while a run is in progress.
   */
  async exclusively<Outcome>(work: (signal: AbortSignal) => Promise<Outcome>): Promise<Outcome> {
    this.requireIdle();
    this.#onBusyChange(true);
    const stopping = new AbortController();
    try {
      const working = work(stopping.signal);
      this.#reserved = { work: working, stopping };
      return await working;
    } finally {
      this.#reserved = undefined;
      this.#onBusyChange(false);
    }
  }

  /** Starts a run and reports it to `listeners`. Throws `run-active` while another is in progress. */
  start(request: RunRequest, listeners: readonly Listener[] = []): RunHandle {
    this.requireIdle();
    this.#onBusyChange(true);
    const run = this.#begin(request, listeners);
    this.#active = run;
    void run.finished.then(() => {
      this.#active = undefined;
      this.#onBusyChange(false);
    });
    return run;
  }

  /** Adds a log line to the current or last run. */
  say(line: LogLine): void {
    this.#hear({ type: 'log', ...line });
  }

  #hear(event: RunEvent): void {
    this.#view = reduceRun(this.#view, event);
    this.#announce(event);
  }

  #begin(request: RunRequest, listeners: readonly Listener[]): RunHandle {
    try {
      return this.#start(request, {
        onEvent: (event) => {
          this.#hear(event);
          for (const listener of listeners) listener.onEvent(event);
        },
        onSecond: (second) => {
          for (const listener of listeners) listener.onSecond(second);
        },
      });
    } catch (error) {
      this.#onBusyChange(false);
      throw error;
    }
  }

  /** Throws `run-active` when a run, or work that excludes one, is in progress. */
  requireIdle(): void {
    if (this.#active)
      throw new ProofloadError('run-active', 'a run is in progress', 'wait for its end or stop it first');
    if (this.#reserved)
      throw new ProofloadError(
        'run-active',
        'an experiment, a conformance suite or a calibration is in progress',
        'wait for its end',
      );
  }

  /** Cancels work that excludes a run, if it can be cancelled. Resolves when the work has ended in any way. */
  async released(): Promise<void> {
    this.#reserved?.stopping.abort(new ProofloadError('interrupted', 'Proofload was closed', 'start it again'));
    await this.#reserved?.work.catch(() => {});
  }

  /** Stops the run and resolves when it is saved. Says whether there was one. */
  async stop(reason: string): Promise<{ stopped: boolean }> {
    const run = this.#active;
    run?.stop(reason);
    await run?.finished;
    return { stopped: run !== undefined };
  }
}
