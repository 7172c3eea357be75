import type { EngineBackend } from '../../../shared/engines/backend';
import type { Calibration } from '../../../shared/run/calibration';
import type { RunInterval } from '../../../shared/run/metrics';
import type { TrustCheck } from '../../../shared/run/trustCheck';
import type { Scenario } from '../../../shared/scenario/schema';
import type { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import type { ThresholdResult } from '../../../shared/thresholds/evaluate';
import type { ThresholdRule } from '../../../shared/thresholds/rules';
import type { MachineUse } from '../machineUse';
import type { RunSlices } from '../runSlices';

/** What is known of the machine that makes the load. */
export interface MeasuringMachine {
  cores: number;
  /** What its generator was measured to do. */
  calibration: Calibration | undefined;
}

/** What stands behind the built-in service; known when that is ready. */
export interface ServiceBackend {
  backend: EngineBackend | undefined;
  /** The port on this machine of the server behind the engine. */
  databasePort: number | undefined;
  /** Processes that are known to be the target: the service's own, or those that the user has named. */
  pids?: readonly number[] | undefined;
}

/** What the checks look at. */
export interface MeasurementFacts extends MeasuringMachine {
  scenario: Scenario;
  /** The length of the measured part. */
  measuredMs: number;
  /** Iterations that the schedule asked for; null in a closed model. */
  asked: number | null;
  sent: number;
  dropped: number;
  completed: number;
  failed: number;
  latenessP99Ms: number;
  /** Mean busy share of the generator's event loop. */
  utilisation: number;
  intervals: readonly RunInterval[];
  slices: RunSlices;
  service: LatencyHistogram;
  /** The distribution that a threshold is about. */
  trend(rule: ThresholdRule): LatencyHistogram;
  rules: readonly ThresholdRule[];
  thresholds: readonly ThresholdResult[];
  /** Undefined for an external target. */
  backend: EngineBackend | undefined;
  /** Undefined where the system does not tell. */
  machine: MachineUse | undefined;
  /** Why `machine` or what it says of the target is not known; undefined where both are. */
  machineUnknown?: string | undefined;
  /** By how much the wall clock went ahead of the monotonic clock. */
  clockStepMs: number | undefined;
}

/** A test of the measurement; undefined where it does not apply. */
export type Check = (facts: MeasurementFacts) => TrustCheck | undefined;

/** Sends later than this make the response time say more about the generator than about the target. */
export const latenessLimitMs = 5;
export const utilisationLimit = 0.8;
/** More dropped work than this share changes the result. */
export const droppedLimit = 0.001;

/** `value` of `of`; 0 of nothing. */
export function shareOf(value: number, of: number): number {
  return of > 0 ? value / of : 0;
}

/**
 * Whether the generator was fit for the load: its sends were on time and its event loop had room. If so, dropped
 * iterations mean that the target held all connections, and not that the generator was too slow.
 */
export function generatorIsHealthy({ latenessP99Ms, utilisation }: MeasurementFacts): boolean {
  return latenessP99Ms <= latenessLimitMs && utilisation <= utilisationLimit;
}

/** Whether the load stays the same from the end of the warm-up to the end. */
export function isConstantLoad({ scenario }: MeasurementFacts): boolean {
  return scenario.load.executor === 'constant-vus' || scenario.load.executor === 'constant-arrival-rate';
}
