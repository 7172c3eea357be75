import type { ImportedFigures } from './importer';
import { type JmeterSample, JmeterSamples } from './jmeterSamples';
import { dividedNote, RunsByPause } from './runsByPause';

/** At least so long JMeter sends nothing from the end of one run to the start of the next that a user starts. */
const leastRestartMs = 10_000;

/** The runs in a result log of JMeter, which appends to a log that exists. */
export class JmeterRuns {
  readonly #runs = new RunsByPause<JmeterSamples>((before) => before?.next() ?? new JmeterSamples());
  #run: JmeterSamples | undefined;
  #mostThreads = 0;
  #threads = 0;

  /** Adds a sample. Throws a RangeError, or `UnreadableForm` for what can't be read right. */
  add(sample: JmeterSample): void {
    const { ms } = sample.time;
    // Threads end with their run; those that think stay.
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
