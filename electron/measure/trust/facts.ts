import type { EngineBackend } from '../../../shared/engines/backend';
import type { Calibration } from '../../../shared/run/calibration';
import type { ToolDriver } from '../../../shared/run/driver';
import type { TrustCheck } from '../../../shared/run/trustCheck';
import { isOpen } from '../../../shared/scenario/describe';
import type { Scenario } from '../../../shared/scenario/schema';
import type { MachineUse } from '../machineUse';
import type { RunTotals } from '../runTotals';
import type { Subject } from './subject';

/** What is known of the machine that makes the load. */
export interface MeasuringMachine {
  cores: number;
  /** What its generator was measured to do. */
  calibration: Calibration | undefined;
  /** The tool that makes the load in the place of our own generator. */
  driver?: ToolDriver | undefined;
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
  totals: RunTotals;
  /** Undefined for an external target. */
  backend: EngineBackend | undefined;
  /** Undefined where the system does not report it. */
  machine: MachineUse | undefined;
  /** Why `machine` or what it says of the target is not known; undefined where both are. */
  machineUnknown?: string | undefined;
  /** By how much the wall clock went ahead of the monotonic clock. */
  clockStepMs: number | undefined;
}

/** Where the true value of a threshold may lie, in its unit; without bound: 0 and Infinity. */
export interface Bounds {
  low: number;
  high: number;
}

/** What a check found, and how far it may have moved the values that thresholds are about. */
export interface Finding extends Pick<TrustCheck, 'check' | 'value' | 'limit' | 'unit' | 'message'> {
  /** Whether `value` is beyond `limit`: from there on it is notable, whatever it moved. */
  isNotable: boolean;
  /** Whether it leaves latencies open that have no interval of their own, such as the greatest. */
  opensLatencies?: boolean;
  /** Undefined where it moved nothing that the threshold is about. */
  bounds?(subject: Subject): Bounds | undefined;
}

/** A test of the measurement; undefined where it does not apply. */
export type Check = (facts: MeasurementFacts) => Finding | undefined;

/** Sends later than this are notable: a tenth of the strictest latency limit of the levels. */
export const latenessLimitMs = 5;
export const utilisationLimit = 0.8;
/** More dropped work than this share is notable. */
export const droppedLimit = 0.001;
/** Each side of an interval is wrong with at most this chance. */
export const tailChance = 0.005;

/** `value` of `of`; 0 of nothing. */
export function shareOf(value: number, of: number): number {
  return of > 0 ? value / of : 0;
}

/** Whether the load has a schedule; in a closed load each user waits for its last answer. */
export function hasSchedule({ scenario }: Pick<MeasurementFacts, 'scenario'>): boolean {
  return isOpen(scenario.load);
}

/** Whether the load stays the same from the end of the warm-up to the end. */
export function isConstantLoad({ scenario }: MeasurementFacts): boolean {
  return scenario.load.executor === 'constant-vus' || scenario.load.executor === 'constant-arrival-rate';
}
