import { type ImportedFigures, UnreadableForm } from './importer';
import type { JmeterTime } from './jmeterTime';
import { SampleCounters } from './sampleCounters';

/* The common part of the importers for the CSV and XML result logs of JMeter. */

/** The message that a transaction controller writes for the samples it adds up (TransactionController.java). */
const transactionMessage = /^Number of samples in transaction : (\d+)/;

/** A sample of a result log. */
export interface JmeterSample {
  time: JmeterTime;
  elapsedMs: number;
  label: string;
  /** Undefined when the log does not say whether a sample was successful. */
  ok: boolean | undefined;
  message: string;
  /** How many samples a row stands for. */
  times: number;
  /** How many threads of all groups were active when it ended; undefined when the log does not say. */
  threads?: number | undefined;
}

/** The samples of one run in a result log. */
export class JmeterSamples {
  readonly #requests: SampleCounters;
  /** Used only when there are no other samples. */
  readonly #transactions: SampleCounters;
  #areTimesAbsolute = true;
  #areTimesWholeSeconds = true;
  #isSuccessKnown = true;

  constructor(requests = new SampleCounters(), transactions = new SampleCounters()) {
    this.#requests = requests;
    this.#transactions = transactions;
  }

  /** Returns an object for the samples that follow in the file. This object may {@link absorb} it later. */
  next(): JmeterSamples {
    return new JmeterSamples(
      new SampleCounters({ before: this.#requests }),
      new SampleCounters({ before: this.#transactions }),
    );
  }

  /** Adds the samples of an object that {@link next} returned. */
  absorb(other: JmeterSamples): void {
    this.#requests.absorb(other.#requests);
    this.#transactions.absorb(other.#transactions);
    this.#areTimesAbsolute &&= other.#areTimesAbsolute;
    this.#areTimesWholeSeconds &&= other.#areTimesWholeSeconds;
    this.#isSuccessKnown &&= other.#isSuccessKnown;
  }

  /** Adds a sample. Throws a RangeError, or `UnreadableForm` for a row that stands for several samples. */
  add({ time, elapsedMs, label, ok, message, times }: JmeterSample): void {
    this.#areTimesAbsolute &&= time.isAbsolute;
    this.#areTimesWholeSeconds &&= time.isWholeSecond || time.ms === null;
    this.#isSuccessKnown &&= ok !== undefined;
    const sample = {
      endedMs: time.ms === null ? null : time.ms + elapsedMs,
      latencyMs: elapsedMs,
      ok: ok ?? true,
      operation: label || undefined,
    };
    if (transactionMessage.test(message)) {
      this.#transactions.add(sample);
      this.#requests.addApart(`${label} (transaction)`, elapsedMs);
      return;
    }
    if (times > 1)
      throw new UnreadableForm(
        `has rows that stand for ${times} samples each, with their mean time and no percentiles`,
        'run JMeter with -Jmode=Standard',
      );
    this.#requests.add(sample);
  }

  /** Returns the result, with notes on its file. Throws `UnreadableForm` when there was no sample. */
  figures(said: readonly string[] = []): ImportedFigures {
    const transactions = this.#transactions.count;
    const onlyTransactions = this.#requests.count === 0 && transactions > 0;
    const book = onlyTransactions ? this.#transactions : this.#requests;
    const figures = book.figures({ areTimesWholeSeconds: this.#areTimesWholeSeconds });
    const notes = ['Latencies are whole milliseconds.', ...figures.notes, ...said];
    if (onlyTransactions) notes.push('Each sample is a transaction: the time of several requests together.');
    else if (transactions > 0)
      notes.push(
        `${transactions} rows of transaction controllers are not among the requests: they are listed apart, as "(transaction)".`,
      );
    if (!this.#areTimesAbsolute)
      notes.push('Times in the file have no time zone: duration and rate are known, but not when the run started.');
    if (!this.#isSuccessKnown) notes.push('The file does not say which samples failed: all latencies are counted.');
    return {
      tool: 'jmeter',
      toolVersion: null,
      subject: null,
      latency: {
        starts: 'request',
        ends: 'last-byte',
        resolution: '1 ms',
        includesFailures: !this.#isSuccessKnown,
      },
      thresholds: [],
      ...figures,
      ...(this.#areTimesAbsolute ? {} : { startedAt: null }),
      ...(this.#isSuccessKnown
        ? {}
        : {
            metrics: { ...figures.metrics, http_req_failed: null },
            intervals: figures.intervals.map((interval) => ({ ...interval, failed: null })),
          }),
      notes,
    };
  }
}
