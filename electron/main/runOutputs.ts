import type { LogLine } from '../../shared/run/document';
import type { RunEvent } from '../../shared/run/events';
import type { OpenOutputs } from '../app/runs/openOutputs';
import type { RunHandle, RunRequest } from '../run/runContract';
import type { RunSession } from './runSession';

/** Runs of this app with the outputs in its settings. */
export class RunOutputs {
  readonly #session: Pick<RunSession, 'start' | 'say' | 'requireIdle'>;
  readonly #open: () => Promise<OpenOutputs>;
  #ending: { stopping: AbortController; ended: Promise<void> } | undefined;

  /** `open` opens the outputs in the settings. */
  constructor(session: Pick<RunSession, 'start' | 'say' | 'requireIdle'>, open: () => Promise<OpenOutputs>) {
    this.#session = session;
    this.#open = open;
  }

  /**
   * Starts a run with its outputs, which are closed after its end. Rejects as `openOutputs` does, and with `run-active`
   * while another run is in progress.
   */
  async start(request: RunRequest): Promise<RunHandle> {
    this.#session.requireIdle();
    // An endpoint that still waits for its last scrape holds the port.
    await this.#released();
    const { outputs, places } = await this.#open();
    const stopping = new AbortController();
    const close = async (): Promise<void> => {
      for (const output of outputs)
        for (const message of await output.close(stopping.signal)) this.#say('warning', message);
    };
    try {
      const announcer = {
        onEvent: ({ type }: RunEvent): void => {
          if (type === 'started') for (const place of places) this.#say('info', `${place}.`);
        },
        onSecond: (): void => {},
      };
      const run = this.#session.start(request, [...outputs, announcer]);
      this.#ending = { stopping, ended: run.finished.then(close) };
      return run;
    } catch (error) {
      stopping.abort();
      await close();
      throw error;
    }
  }

  #say(level: LogLine['level'], message: string): void {
    this.#session.say({ level, message });
  }

  async #released(): Promise<void> {
    this.#ending?.stopping.abort();
    await this.#ending?.ended;
    this.#ending = undefined;
  }
}
