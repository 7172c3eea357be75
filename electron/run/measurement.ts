import type { Tick } from '../../shared/run/events';
import type { Target } from '../../shared/run/target';
import type { Scenario } from '../../shared/scenario/schema';
import { evaluateRules, type ThresholdResult } from '../../shared/thresholds/evaluate';
import type { ThresholdRule } from '../../shared/thresholds/rules';
import type { RecordedSecond } from '../history/runArchive';
import type { LoadTick } from '../load/protocol';
import type { TargetSample } from '../target/protocol';
import { Aggregator } from './aggregator';
import type { RunBaseline } from './baseline';
import { type KnownIntegrity, metricSource } from './metricSource';
import { RunTotals } from './runTotals';
import { Surroundings } from './surroundings';
import { type Judgement, judgeMeasurement } from './trust/checkTrust';
import type { MeasuringMachine, ServiceBackend } from './trust/facts';

/** How a measurement tells of itself while it goes on. */
export interface MeasurementEvents {
  onTick(tick: Tick): void;
  onSecond(second: RecordedSecond): void;
}

/** One load, from its ticks to its judgement. */
export class Measurement {
  readonly totals: RunTotals;
  readonly #scenario: Scenario;
  readonly #events: MeasurementEvents;
  readonly #machine: MeasuringMachine | undefined;
  readonly #service: Readonly<ServiceBackend> | undefined;
  readonly #baseline: RunBaseline | undefined;
  readonly #aggregator = new Aggregator();
  readonly #surroundings: Surroundings;

  constructor(
    scenario: Scenario,
    target: Target,
    events: MeasurementEvents,
    machine?: MeasuringMachine,
    service?: Readonly<ServiceBackend>,
    baseline?: RunBaseline,
  ) {
    this.#scenario = scenario;
    this.#events = events;
    this.#machine = machine;
    this.#service = service;
    this.#baseline = baseline;
    this.totals = new RunTotals(scenario);
    this.#surroundings = new Surroundings(target, scenario);
  }

  /** The time of the load that the seconds so far cover. */
  get secondsMs(): number {
    return this.totals.loadMs;
  }

  /** The run begins, and nothing is loaded yet. */
  prepare(): void {
    this.#surroundings.prepare();
  }

  enter(phase: 'warming-up' | 'running' | 'draining'): void {
    if (phase === 'warming-up') this.#surroundings.loadBegins();
    if (phase === 'running') this.#surroundings.begin(this.#service ?? {});
    if (phase === 'draining') this.#surroundings.end();
  }

  addTick(loadTick: LoadTick): void {
    const { tick, seconds } = this.#aggregator.add(loadTick);
    this.#events.onTick(tick);
    for (const second of seconds) this.#keep(second);
  }

  noteTargetSample(sample: TargetSample): void {
    this.#aggregator.noteTargetSample(sample);
  }

  /** Closes the last second. */
  finish(): void {
    for (const second of this.#aggregator.finish()) this.#keep(second);
  }

  /** Judges some rules by what is known so far. */
  judgeSoFar(rules: readonly ThresholdRule[]): ThresholdResult[] {
    const unknown = { checked: 0, violations: 0, lostWrites: null };
    return this.#judge(rules, this.secondsMs, unknown).thresholds;
  }

  /** Judges the whole. */
  judge(measuredMs: number, integrity: KnownIntegrity): Judgement {
    return this.#judge(this.totals.rules, measuredMs, integrity);
  }

  #judge(rules: readonly ThresholdRule[], measuredMs: number, integrity: KnownIntegrity): Judgement {
    const { totals } = this;
    const results = evaluateRules(rules, metricSource(totals, measuredMs, integrity, this.#baseline));
    return judgeMeasurement(results, {
      scenario: this.#scenario,
      measuredMs,
      totals,
      calibration: this.#machine?.calibration,
      cores: this.#machine?.cores ?? 1,
      backend: this.#service?.backend,
      machine: this.#surroundings.machine,
      machineUnknown: this.#surroundings.machineUnknown,
      clockStepMs: this.#surroundings.clockStepMs,
    });
  }

  /** Takes a second that was kept before, of a run that is recovered. */
  recover(second: RecordedSecond): void {
    this.totals.add(second);
  }

  #keep(second: RecordedSecond): void {
    this.totals.add(second);
    this.#surroundings.secondEnded(second.interval.t);
    this.#events.onSecond(second);
  }
}
