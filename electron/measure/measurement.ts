import type { Tick } from '../../shared/run/events';
import type { Target } from '../../shared/run/target';
import type { Scenario } from '../../shared/scenario/schema';
import { evaluateRules, type ThresholdResult } from '../../shared/thresholds/evaluate';
import type { ThresholdRule } from '../../shared/thresholds/rules';
import type { LoadPhase } from '../load/loadPhase';
import type { LoadTick } from '../load/protocol';
import type { ServiceSample } from '../service/protocol';
import { Aggregator } from './aggregator';
import type { RunBaseline } from './baseline';
import { HostMonitor } from './hostMonitor';
import { unknownMachine } from './machineSecond';
import { type KnownIntegrity, metricSource } from './metricSource';
import type { RecordedSecond } from './recordedSecond';
import { RunTotals } from './runTotals';
import { type Judgement, judgeMeasurement } from './trust/checkTrust';
import type { MeasurementFacts, MeasuringMachine, ServiceBackend } from './trust/facts';

/** What a tick of the load adds: the tick for display, and the seconds that ended with it. */
export interface MeasuredTick {
  tick: Tick;
  seconds: readonly RecordedSecond[];
}

/** The same of a load that other machines made. */
const ofOthers = { machine: undefined, machineUnknown: 'other machines generated the load', clockStepMs: undefined };

const inContainer = {
  machine: undefined,
  machineUnknown: "a container generated the load, and its processes can't be told from other programs",
};

/** The measurement of one load, from its ticks to its judgement. */
export class Measurement {
  readonly totals: RunTotals;
  readonly #scenario: Scenario;
  readonly #machine: MeasuringMachine | undefined;
  readonly #service: Readonly<ServiceBackend> | undefined;
  readonly #baseline: RunBaseline | undefined;
  readonly #aggregator: Aggregator;
  readonly #hostMonitor: HostMonitor;

  constructor(
    scenario: Scenario,
    target: Target,
    machine?: MeasuringMachine,
    service?: Readonly<ServiceBackend>,
    baseline?: RunBaseline,
  ) {
    this.#scenario = scenario;
    this.#machine = machine;
    this.#service = service;
    this.#baseline = baseline;
    this.totals = new RunTotals(scenario, target);
    this.#hostMonitor = new HostMonitor(target, scenario);
    this.#aggregator = new Aggregator(() =>
      machine?.isElsewhere || machine?.isInContainer ? unknownMachine : this.#hostMonitor.machineSecond(),
    );
  }

  /** The time of the load that the seconds so far cover, in ms. */
  get secondsMs(): number {
    return this.totals.loadMs;
  }

  /** Call this when the run begins, before any load. */
  prepare(): void {
    this.#hostMonitor.prepare();
  }

  enter(phase: LoadPhase): void {
    if (phase === 'warming-up') this.#hostMonitor.loadBegins();
    if (phase === 'running') this.#hostMonitor.begin(this.#service ?? {});
    if (phase === 'draining') this.#hostMonitor.end();
  }

  addTick(loadTick: LoadTick): MeasuredTick {
    const { tick, seconds } = this.#aggregator.add(loadTick);
    for (const second of seconds) this.#count(second);
    return { tick, seconds };
  }

  noteServiceSample(sample: ServiceSample): void {
    this.#aggregator.noteServiceSample(sample);
  }

  /** Closes the last second and returns it, if it had not ended before. */
  finish(): readonly RecordedSecond[] {
    const seconds = this.#aggregator.finish();
    for (const second of seconds) this.#count(second);
    return seconds;
  }

  /** Judges some rules by what is known so far. */
  judgeSoFar(rules: readonly ThresholdRule[]): ThresholdResult[] {
    const unknown = { checked: 0, violations: 0, lostWrites: null };
    return this.#judge(rules, this.secondsMs, unknown).thresholds;
  }

  /** Judges the whole run. */
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
      driver: this.#machine?.driver,
      bucketShare: this.#machine?.bucketShare,
      backend: this.#service?.backend,
      ...this.#machineFacts(),
    });
  }

  /** What is known of this machine during the load. */
  #machineFacts(): Pick<MeasurementFacts, 'machine' | 'machineUnknown' | 'clockStepMs'> {
    if (this.#machine?.isElsewhere) return ofOthers;
    const { machine, machineUnknown, clockStepMs } = this.#hostMonitor;
    return { machine, machineUnknown, clockStepMs, ...(this.#machine?.isInContainer ? inContainer : {}) };
  }

  /** Takes a saved second of a run that is recovered from the history. */
  recover(second: RecordedSecond): void {
    this.totals.add(second);
  }

  #count(second: RecordedSecond): void {
    this.totals.add(second);
    this.#hostMonitor.secondEnded(second.interval.t);
  }
}
