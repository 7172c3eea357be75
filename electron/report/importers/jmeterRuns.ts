import type { ImportedFigures } from './importer';
import { type JmeterSample, JmeterSamples } from './jmeterSamples';
import { dividedNote, RunsByPause } from './runsByPause';

/** The minimum pause between two runs that a user starts, from the end of one to the first sample of the next. */
const leastRestartMs = 10_000;

/** The runs in a result log of JMeter, which appends to an existing log. */
export class JmeterRuns {
  readonly #runs = new RunsByPause<JmeterSamples>((before) => before?.next() ?? new JmeterSamples());
  #run: JmeterSamples | undefined;
  #mostThreads = 0;
  #threads = 0;

  /** Adds a sample. Throws a RangeError, or `UnreadableForm` for a log that cannot be read correctly. */
  add(sample: JmeterSample): void {
    const { ms } = sample.time;
    // Threads end with their run. Threads that are only thinking do not.
    const haveEnded = this.#threads > 0 && this.#threads <= this.#mostThreads / 2;
    const run = this.#runs.at(ms, (ms ?? 0) + sample.elapsedMs, haveEnded ? leastRestartMs : undefined);
    if (run !== this.#run) this.#mostThreads = 0;
    this.#run = run;
    this.#threads = sample.threads ?? 0;
    this.#mostThreads = Math.max(this.#mostThreads, this.#threads);
    run.add(sample);
  }

  /** Returns a result for each run, with notes on its file. Throws `UnreadableForm` when there was no sample. */
  figures(said: readonly string[] = []): ImportedFigures[] {
    const { runs, pauseMs } = this.#runs.runs();
    const divided = pauseMs === null ? [] : [dividedNote(pauseMs)];
    return runs.map((run) => run.figures([...divided, ...said]));
  }
}
