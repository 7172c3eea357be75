import type { Capacity } from '../../../shared/run/capacity';
import type { RunEvent } from '../../../shared/run/events';
import type { Target } from '../../../shared/run/target';
import type { CapacitySearch, PlainLoad, Scenario } from '../../../shared/scenario/schema';
import type { LoadEnd } from '../../hosting/fleet';
import type { LoadTick } from '../../load/protocol';
import { heatmapColumn } from '../../measure/latencyHeatmap';
import { Measurement } from '../../measure/measurement';
import type { RecordedSecond } from '../../measure/recordedSecond';
import type { MeasuringMachine, ServiceBackend } from '../../measure/trust/facts';
import { describeStep, runCapacitySearch } from './runSearch';

/** The run that a search belongs to. */
export interface SearchingRun {
  scenario: Scenario;
  target: Target;
  machine: MeasuringMachine;
  service: Readonly<ServiceBackend>;
  /** Makes a load. Rejects when a process that it needs has ended. */
  makeLoad(load: PlainLoad, warmupMs: number, thinks: boolean): Promise<LoadEnd>;
  /** Whether the run is to end before its search does. */
  isEnding(): boolean;
  /**
   * Called with the measurement of the load that comes next, and at the end with that of the load that stands for the
   * run. `addTick` takes the ticks of that load.
   */
  onMeasurement(measurement: Measurement, addTick: (tick: LoadTick) => void): void;
  emit(event: RunEvent): void;
}

/** A capacity, and the load that stands for the run: the one that confirmed it, or the last one. */
export interface SearchedLoads {
  capacity: Capacity;
  end: LoadEnd | undefined;
  seconds: readonly RecordedSecond[];
}

/** Makes the loads of a capacity search and shows them on one time axis. */
export async function makeSearchLoads(search: CapacitySearch, run: SearchingRun): Promise<SearchedLoads> {
  const { scenario, target, machine, service, emit } = run;
  const begunMs = performance.now();
  let seconds: RecordedSecond[] = [];
  let shownSeconds = 0;

  const addSecond = (second: RecordedSecond): void => {
    seconds.push(second);
    shownSeconds += 1;
    emit({ type: 'interval', interval: { ...second.interval, t: shownSeconds }, heat: heatmapColumn(second) });
  };

  const { capacity, measured } = await runCapacitySearch({
    scenario,
    search,
    target,
    nowMs: () => performance.now(),
    makeLoad: async (load, warmupMs, thinks) => {
      if (run.isEnding()) return undefined;
      seconds = [];
      const sinceBeginMs = performance.now() - begunMs;
      const measurement = new Measurement({ ...scenario, load }, target, machine, service);
      run.onMeasurement(measurement, (loadTick) => {
        const { tick, seconds: ended } = measurement.addTick(loadTick);
        emit({ type: 'tick', tick: { ...tick, elapsedMs: sinceBeginMs + tick.elapsedMs } });
        for (const second of ended) addSecond(second);
      });
      const end = await run.makeLoad(load, warmupMs, thinks);
      for (const second of measurement.finish()) addSecond(second);
      return run.isEnding() ? undefined : { measurement, end, seconds };
    },
    onStep: (step) => {
      emit({ type: 'capacity-step', step });
      emit({ type: 'log', level: 'info', message: describeStep(step) });
    },
  });
  // Other loads may have followed the one that stands for the run.
  if (measured) run.onMeasurement(measured.measurement, () => {});
  return { capacity, end: measured?.end, seconds: measured?.seconds ?? seconds };
}
