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

/** What to run. The scenario is complete: overrides are already applied. */
export interface RunRequest {
  id: string;
  scenario: Scenario;
  target: Target;
  /**
   * The addresses of its hosts, as they were admitted (prepareRun.ts, admitExperiment.ts). Without them, only this
   * machine is reached.
   */
  addresses?: HostAddresses;
  shortened: boolean;
  /** Whether anything except its length was changed for this run. */
  overridden: boolean;
  /** The tool that generates the load, if it is not Proofload's own generator. */
  driver?: FoundTool | undefined;
  /** Whether the level was unlocked for the target. The document of a run of a locked level says so. */
  gate?: Gate;
  /** The baseline that relative thresholds are compared with. */
  baseline?: RunBaseline | undefined;
  /** Takes a CPU profile of the built-in service while it is measured. */
  takesProfile?: boolean;
  /** Processes of an external target that the user has named, because they cannot be found by its port. */
  targetPids?: readonly number[] | undefined;
  /** The port of the built-in document service; 0 chooses a free one. */
  port: number;
  /**
   * The folder of the scenario's file, which contains the files that requests send and those of TLS. Only set if the
   * run uses such files.
   */
  filesFolder?: string;
  /** The paths of the scenario's data files, by name. */
  dataPaths?: DataPaths;
}

/** A server that Proofload has started, in a form that lets the conformance suite kill it. */
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
  /** Its port, if it is on this machine. */
  localPort?: number | undefined;
  /**
   * Where the data are, for a server that Proofload has started and whose data cannot be in the data folder. It may be
   * another disk.
   */
  dataElsewhere?: string;
  /**
   * For a server that Proofload has started. Rejects when the process that supervises it has ended, because then the
   * server ends too.
   */
  died?: Promise<never>;
}

/** Finds the servers of engines. */
export interface DatabaseFinder {
  /**
   * Returns the server of an engine; undefined for an engine that needs none. `load` describes what the server is for,
   * in a question to the user. The hosts in `known` were already looked up for the work that this is part of. Rejects
   * with `database-unavailable`, `remote-not-allowed`.
   */
  of(engine: EngineId, load: string, known?: HostAddresses): Promise<Database | undefined>;
}

/** The dependencies of a run. */
export interface RunContext {
  workers: WorkerHost;
  /** A folder for the files of storage engines. Each run uses its own folder in it and removes that folder. */
  workFolder: string;
  environment: Environment;
  /** The calibration of this machine's generator, if there is one. */
  calibration: Calibration | undefined;
  archive: RunArchive;
  /** Finds the servers of engines. */
  databases: DatabaseFinder;
  /** The source of the secrets that requests refer to. */
  secrets: SecretSource;
  /** Keeps the CPU profile of a run that asks for one. */
  keepProfile?(runId: string, profile: CpuProfile): void;
  emit(event: RunEvent): void;
  /** Called with each second of the measured part, for outputs that receive the figures during the run. */
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
  /** Stops the load. What was measured is kept, audited and saved. `reason` goes into the document. */
  stop(reason: string): void;
  /** Resolves when everything is saved and all processes have ended. Never rejects. */
  readonly finished: Promise<RunOutcome>;
}
