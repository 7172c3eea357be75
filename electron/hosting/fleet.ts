import type { ProofloadError } from '../../shared/errors/appError';
import type { NegotiatedProtocol } from '../../shared/run/negotiatedProtocol';
import type { SlowRequest } from '../../shared/run/slowRequest';
import type { ProcessLoad } from '../../shared/scenario/schema';
import type { NamedRowUse } from '../load/data/journeyData';
import type { LoadPhase } from '../load/loadPhase';
import type { CheckExample, LoadTick } from '../load/protocol';
import type { AcknowledgedWrite } from '../service/protocol';

/** The listener of a load in progress. */
export interface FleetEvents {
  onPhase(phase: LoadPhase): void;
  onTick(tick: LoadTick): void;
}

/** How a load ended. */
export interface LoadEnd {
  /** The length of the measured part, without draining. */
  measuredMs: number;
  /** From the end of the warm-up to the last response. */
  answeredMs: number;
  /** What ended the load early, if anything did. */
  fault: ProofloadError | undefined;
}

/** What the workload knows at the end of all loads. */
export interface FleetFindings {
  checked: number;
  violations: number;
  violationExamples: string[];
  /** What the user should know about the servers and their responses. */
  warnings: string[];
  /** What the user should know but need not act on. */
  notes: string[];
  /** One example for each failed check of a step. */
  checkExamples: CheckExample[];
  /** How the rows of data files were used. */
  dataUse: NamedRowUse[];
  /** The protocols that were negotiated with servers, each once. */
  protocols: NegotiatedProtocol[];
  /** The slowest requests of the last load, by operation. */
  slowest: SlowRequest[];
  writes: AcknowledgedWrite[];
}

/** The processes that generate the load of a run and report as one: load processes, or those of another tool. */
export interface Fleet {
  /** Rejects when a process ends unexpectedly and {@link run} does not report it. */
  readonly died: Promise<never>;
  /**
   * By how much at most a response time is above the true one, as a share of itself. Undefined when all response times
   * are exact.
   */
  readonly bucketShare?: number;
  /**
   * Makes a load and resolves at its end. Without `thinks`, virtual users skip their think times. Another tool makes the
   * load that it was opened with, and makes it once. Rejects when the load can't begin.
   */
  run(load: ProcessLoad, warmupMs: number, thinks?: boolean): Promise<LoadEnd>;
  /** Ends the load early. {@link run} still resolves. */
  stop(): void;
  /** Collects what is known at the end of all loads. */
  finish(): Promise<FleetFindings>;
  /** Ends all processes, and resolves when they are gone. */
  end(patienceMs: number): Promise<void>;
}
