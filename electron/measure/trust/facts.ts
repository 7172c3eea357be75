import type { EngineBackend } from '../../../shared/engines/backend';
import type { Calibration } from '../../../shared/run/calibration';
import type { ToolDriver } from '../../../shared/run/driver';
import type { TrustCheck } from '../../../shared/run/trustCheck';
import { isScheduled } from '../../../shared/scenario/describe';
import type { Scenario } from '../../../shared/scenario/schema';
import type { MachineUse } from '../machineUse';
import type { RunTotals } from '../runTotals';
import type { Subject } from './subject';

/** What is known of the machine that generates the load. */
export interface MeasuringMachine {
  cores: number;
  /** The measured performance of its generator. */
  calibration: Calibration | undefined;
  /** The tool that generates the load instead of Proofload's own generator. */
  driver?: ToolDriver | undefined;
  /** Whether other machines generate the load. Then what this one does says nothing about the run. */
  isElsewhere?: boolean | undefined;
  /** Whether containers on this machine generate the load. Their processes can't be told from other programs. */
  isInContainer?: boolean | undefined;
  /**
   * By how much at most a response time is above the true one, as a share of itself, where the tool reports buckets; 0
   * where it reports single requests.
   */
  bucketShare?: (() => number) | undefined;
}

/** What is behind the built-in service. It is known once the service is ready. */
export interface ServiceBackend {
  backend: EngineBackend | undefined;
  /** The port on this machine of the server behind the engine. */
  databasePort: number | undefined;
  /** Processes that are known to be the target: the service's own, or those that the user has named. */
  pids?: readonly number[] | undefined;
}

/** The input of the checks. */
export interface MeasurementFacts extends MeasuringMachine {
  scenario: Scenario;
  /** The length of the measured part. */
  measuredMs: number;
  totals: RunTotals;
  /** Undefined for an external target. */
  backend: EngineBackend | undefined;
  /** Undefined if the system does not report it. */
  machine: MachineUse | undefined;
  /** Why `machine`, or its part about the target, is not known; undefined if both are known. */
  machineUnknown?: string | undefined;
  /** How far the wall clock moved ahead of the monotonic clock, in ms. */
  clockStepMs: number | undefined;
}

/** Where the true value of a threshold may lie, in its unit. 0 and Infinity stand for no bound. */
export interface Bounds {
  low: number;
  high: number;
}

/** What a check found, and how far it may have moved the values of thresholds. */
export interface Finding extends Pick<TrustCheck, 'check' | 'value' | 'limit' | 'unit' | 'message'> {
  /** Whether `value` is beyond `limit`. It is then notable, no matter what it moved. */
  isNotable: boolean;
  /** Whether it leaves latencies open that have no interval of their own, such as the maximum. */
  opensLatencies?: boolean;
  /** Undefined if it moved nothing that the threshold is about. */
  bounds?(subject: Subject): Bounds | undefined;
}

/** A check of the measurement; undefined if it does not apply. */
export type Check = (facts: MeasurementFacts) => Finding | undefined;

/** Sends that are later than this are notable, in ms: a tenth of the strictest latency limit of the levels. */
export const latenessLimitMs = 5;
export const utilisationLimit = 0.8;
/** A share of dropped work above this is notable. */
export const droppedLimit = 0.001;
/** Each side of an interval is wrong with at most this probability. */
export const tailChance = 0.005;

/** `value` as a share of `of`; 0 if `of` is 0. */
export function shareOf(value: number, of: number): number {
  return of > 0 ? value / of : 0;
}

/** Whether the whole load has a schedule. In a closed load, each user waits for its last response instead. */
export function hasSchedule({ scenario }: Pick<MeasurementFacts, 'scenario'>): boolean {
  return isScheduled(scenario.load);
}

/** Whether the load stays the same from the end of the warm-up to the end. */
export function isConstantLoad({ scenario }: MeasurementFacts): boolean {
  return scenario.load.executor === 'constant-vus' || scenario.load.executor === 'constant-arrival-rate';
}
