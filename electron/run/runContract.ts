import type { EngineId } from '../../shared/engines/engine';
import type { AppError } from '../../shared/errors/appError';
import type { Gate } from '../../shared/ladder/gate';
import type { CpuProfile } from '../../shared/profile/cpuProfile';
import type { Calibration } from '../../shared/run/calibration';
import type { Environment, RunDocument } from '../../shared/run/document';
import type { RunEvent } from '../../shared/run/events';
import type { Target } from '../../shared/run/target';
import type { Scenario } from '../../shared/scenario/schema';
import type { FoundTool } from '../drivers/findTool';
import type { RunArchive } from '../history/runArchive';
import type { WorkerHost } from '../hosting/workerHost';
import type { HostAddresses } from '../hosts/addresses';
import type { DataPaths } from '../load/data/usedFiles';
import type { RunBaseline } from '../measure/baseline';
import type { RecordedSecond } from '../measure/recordedSecond';
import type { SecretSource } from '../secrets/secretSource';
import type { DatabasePlace } from '../service/storage/databasePlace';

/** What to run. The scenario is complete: overrides are applied. */
export interface RunRequest {
  id: string;
  scenario: Scenario;
  target: Target;
  /** Where its hosts are, as they were admitted (prepareRun.ts, admitExperiment.ts); without them only this machine is reached. */
  addresses?: HostAddresses;
  shortened: boolean;
  /** Whether anything but its length was changed for this run. */
  overridden: boolean;
  /** The tool that makes the load, where that is not our own generator. */
  driver?: FoundTool | undefined;
  /** Whether the level was unlocked for the target; a run of a locked level says so. */
  gate?: Gate;
  /** The baseline that relative thresholds are compared with. */
  baseline?: RunBaseline | undefined;
  /** Takes a CPU profile of the built-in service while it is measured. */
  takesProfile?: boolean;
  /** Processes of an external target that the user has named, where they can't be found by its port. */
  targetPids?: readonly number[] | undefined;
  /** The port of the built-in document service; 0 takes a free one. */
  port: number;
  /** The folder of the scenario's file, where the files are that requests send; only where there are some. */
  filesFolder?: string;
  /** Where the data files of the scenario are, by their names. */
  dataPaths?: DataPaths;
}

/** A server that Proofload has started, so that the conformance suite may kill it. */
export interface KillableServer {
  /** Ends all its processes as `kill -9` does. */
  kill(): Promise<void>;
  /** Starts it again on the same data and at the same address. */
  start(): Promise<void>;
}

/** The server behind an engine. */
export interface Database {
  place: DatabasePlace;
  server: KillableServer | undefined;
  /** Its port, where it is on this machine. */
  localPort?: number | undefined;
  /**
   * For a server that Proofload has started and whose data can't be in the data folder: where they are. It may be
   * another disk.
   */
  dataElsewhere?: string;
  /**
   * For a server that Proofload has started: rejects when the process that watches over it has ended, because then it
   * ends too.
   */
  died?: Promise<never>;
}

/** Finds the servers of engines. */
export interface DatabaseFinder {
  /**
   * The server of an engine; undefined for one that needs none. `load` says what the server is for, in a question to
   * the user; the hosts in `known` were looked up before, for the work that this is part of. Rejects with
   * `database-unavailable`, `remote-not-allowed`.
   */
  of(engine: EngineId, load: string, known?: HostAddresses): Promise<Database | undefined>;
}

/** The dependencies of a run. */
export interface RunContext {
  workers: WorkerHost;
  /** A folder for the files of storage engines. Each run uses a folder of its own in it and removes that. */
  workFolder: string;
  environment: Environment;
  /** What the generator of this machine was measured to do, if it was. */
  calibration: Calibration | undefined;
  archive: RunArchive;
  /** Where the servers of engines are found. */
  databases: DatabaseFinder;
  /** Where the secrets are found that requests refer to. */
  secrets: SecretSource;
  /** Keeps the CPU profile of a run that asks for one. */
  keepProfile?(runId: string, profile: CpuProfile): void;
  emit(event: RunEvent): void;
  /** Called with each second of the measured part, for what the figures go to while the run goes on. */
  onSecond?(second: RecordedSecond): void;
  now(): Date;
}

/** How a run ended: with a document, or before there was anything to document. */
export type RunOutcome =
  | { kind: 'document'; document: RunDocument; saved: boolean }
  | { kind: 'failed'; error: AppError };

/** A run in progress. */
export interface RunHandle {
  readonly id: string;
  /** Stops the load; what was measured is kept, audited and saved. `reason` goes into the document. */
  stop(reason: string): void;
  /** Resolves when everything is saved and all processes are gone. Never rejects. */
  readonly finished: Promise<RunOutcome>;
}
