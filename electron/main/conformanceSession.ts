import type { EngineConfig } from '../../shared/engines/config';
import type { CheckResult, ConformanceReport } from '../../shared/engines/conformance';
import { ProofloadError } from '../../shared/errors/appError';
import type { ConformanceProgress } from '../../shared/ipc/contract';

/** Runs a suite and calls `onResult` for each check. */
export type RunSuite = (
  config: EngineConfig,
  onResult: (result: CheckResult) => void,
  signal: AbortSignal,
) => Promise<ConformanceReport>;

/** Runs one conformance suite of this app at a time. */
export class ConformanceSession {
  readonly #run: RunSuite;
  readonly #announce: (progress: ConformanceProgress) => void;
  #stopping: AbortController | undefined;
  #progress: ConformanceProgress | undefined;

  constructor(run: RunSuite, announce: (progress: ConformanceProgress) => void) {
    this.#run = run;
    this.#announce = announce;
  }

  /** The progress of the current suite, for windows that open later. */
  get progress(): ConformanceProgress | undefined {
    return this.#progress;
  }

  /** Resolves with the report. Rejects with `interrupted` when the suite is stopped. */
  async start(config: EngineConfig): Promise<ConformanceReport> {
    const stopping = new AbortController();
    this.#stopping = stopping;
    this.#note({ engine: config.engine, results: [] });
    try {
      const note = (result: CheckResult): void =>
        this.#note({ engine: config.engine, results: [...(this.#progress?.results ?? []), result] });
      return await this.#run(config, note, stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
      throw new ProofloadError('interrupted', 'the suite was stopped; nothing was saved', 'start it again');
    } finally {
      this.#progress = undefined;
      this.#stopping = undefined;
    }
  }

  stop(): void {
    this.#stopping?.abort();
  }

  #note(progress: ConformanceProgress): void {
    this.#progress = progress;
    this.#announce(progress);
  }
}
