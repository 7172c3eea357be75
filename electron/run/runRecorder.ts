import type { RunEvent } from '../../shared/run/events';
import { statusOf } from '../../shared/run/verdict';
import { formatDuration } from '../../shared/units/duration';
import type { LoadTick } from '../load/protocol';
import { heatmapColumn } from '../measure/latencyHeatmap';
import type { Measurement } from '../measure/measurement';
import type { RecordedSecond } from '../measure/recordedSecond';
import type { EarlyEnd } from './earlyEnd';
import type { RunLog } from './runLog';
import type { RunPersister } from './runPersister';

/** The dependencies of a recorder. */
export interface RecorderContext {
  persister: RunPersister;
  log: RunLog;
  earlyEnd: EarlyEnd;
  emit(event: RunEvent): void;
  onSecond(second: RecordedSecond): void;
}

/** Takes the ticks of the load. Shows and saves each second, and ends the load when a threshold requires it. */
export class RunRecorder {
  readonly #context: RecorderContext;
  #measurement: Measurement;
  #take: (tick: LoadTick) => void = (tick) => this.#record(tick);
  /** Takes a tick of the load in progress. */
  readonly addTick = (tick: LoadTick): void => this.#take(tick);

  constructor(measurement: Measurement, context: RecorderContext) {
    this.#measurement = measurement;
    this.#context = context;
  }

  /**
   * The measurement of the load in progress. In a capacity search, it is that of the current step and, at the end, that
   * of the load which stands for the run.
   */
  get measurement(): Measurement {
    return this.#measurement;
  }

  /** Replaces the measurement, for a step of a capacity search. `addTick` takes the ticks of that step. */
  replace(measurement: Measurement, addTick: (tick: LoadTick) => void): void {
    this.#measurement = measurement;
    this.#take = addTick;
  }

  /** Ends the last second. */
  finish(): void {
    for (const second of this.#measurement.finish()) this.#keep(second);
  }

  #record(loadTick: LoadTick): void {
    const { tick, seconds } = this.#measurement.addTick(loadTick);
    this.#context.emit({ type: 'tick', tick });
    for (const second of seconds) this.#keep(second);
  }

  #keep(second: RecordedSecond): void {
    this.#context.emit({ type: 'interval', interval: second.interval, heat: heatmapColumn(second) });
    this.#context.persister.append(second);
    this.#context.onSecond(second);
    this.#abortOnFail();
  }

  /** Ends the load when a threshold with `abortOnFail` has failed. */
  #abortOnFail(): void {
    const { earlyEnd, log } = this.#context;
    const { totals, secondsMs } = this.#measurement;
    const rules = totals.rules.filter(({ abortOnFail, delayMs }) => abortOnFail && secondsMs >= delayMs);
    if (rules.length === 0 || earlyEnd.ending) return;
    // A failure that is not proven yet may still turn into a pass by the end.
    const failed = this.#measurement
      .judgeSoFar(rules)
      .find((threshold) => threshold.value !== null && statusOf(threshold) === 'failed');
    if (!failed) return;
    const reason = `${failed.metric} ${failed.expression} ended the run after ${formatDuration(secondsMs)}.`;
    log.add('warning', reason);
    earlyEnd.fail(reason);
  }
}
