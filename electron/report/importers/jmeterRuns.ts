import type { ImportedFigures } from './importer';
import { type JmeterSample, JmeterSamples } from './jmeterSamples';
import { dividedNote, RunsByPause } from './runsByPause';

/** The runs in a result log of JMeter, which appends to a log that exists. */
export class JmeterRuns {
  readonly #runs = new RunsByPause<JmeterSamples>((before) => before?.next() ?? new JmeterSamples());

  /** Adds a sample. Throws a RangeError, or `UnreadableForm` for what can't be read right. */
  add(sample: JmeterSample): void {
    const { ms } = sample.time;
    this.#runs.at(ms, (ms ?? 0) + sample.elapsedMs).add(sample);
  }

  /** Returns a result for each run, with notes on its file. Throws `UnreadableForm` when there was no sample. */
  figures(said: readonly string[] = []): ImportedFigures[] {
    const { runs, pauseMs } = this.#runs.runs();
    const divided = pauseMs === null ? [] : [dividedNote(pauseMs)];
    return runs.map((run) => run.figures([...divided, ...said]));
  }
}
