import type { EngineConfig } from '../../shared/engines/config';
import type { CheckResult, ConformanceReport } from '../../shared/engines/conformance';
import type { Experiment } from '../../shared/experiment/experiment';
import type { Doing } from '../../shared/experiment/progress';
import type { ClimbEnd } from '../../shared/ladder/climb';
import type { Calibration } from '../../shared/run/calibration';
import type { Environment } from '../../shared/run/document';
import type { RunEvent } from '../../shared/run/events';
import type { RunInput } from '../../shared/run/runInput';
import type { Scenario } from '../../shared/scenario/schema';
import type { HistoryStore } from '../history/historyStore';
import type { WorkerHost } from '../hosting/workerHost';
import type { HostAddresses } from '../hosts/addresses';
import type { RunHandle, RunRequest } from '../run/runContract';
import type { SecretSource } from '../secrets/secretSource';
import type { Databases } from './databases/databases';

/** The listener of a run, and whether the run is saved. */
export interface RunListener {
  onEvent(event: RunEvent): void;
  /** Whether it goes into the history; it does unless this says no. */
  isKept?: boolean;
}

/** The listener of a conformance suite, which can stop it. */
export interface ConformanceListener {
  onResult(result: CheckResult): void;
  signal: AbortSignal;
  /** Seed of the random operations and of the times of the crashes; 1 by default. */
  seed?: number;
  /** The addresses of hosts that were admitted before; without them the server of the engine is looked up. */
  addresses?: HostAddresses;
}

/** The listener of an experiment, which can stop it. */
export interface ExperimentListener {
  onProgress(experiment: Experiment, doing: Doing): void;
  signal: AbortSignal;
  /** Whether the conformance of the engines is tested first, so that one can be recommended. */
  decides: boolean;
}

/** Where the built-in service listens, and how it is ended. */
export interface ServedDocuments {
  url: string;
  /** The name of what stands behind the engine. */
  backend: string;
  /** Rejects when the service ends by itself. */
  died: Promise<never>;
}

/** What Proofload does: one core for the window and the command line. */
export interface AppServices {
  readonly dataFolder: string;
  readonly environment: Environment;
  readonly workers: WorkerHost;
  readonly secrets: SecretSource;
  readonly databases: Databases;
  /**
   * The history, opened when it is first asked for; the runs that killed processes have left are finished then, unless
   * another process does that. Throws as openHistory does.
   */
  readonly history: HistoryStore;
  /** Finishes, as `interrupted`, the runs that killed processes have left since. Returns their ids. */
  recoverRuns(): string[];
  /** Removes what killed processes have left in the work folder and in the servers of engines. */
  sweep(): Promise<void>;
  /**
   * Completes a run: admits its hosts, and takes the baseline and the gate from the history. Hosts are not asked about
   * again where `addresses` are given. Rejects with `usage`, `scenario-unknown`, `data-invalid`,
   * `remote-not-allowed`, `run-not-found`.
   */
  prepareRun(input: RunInput, addresses?: HostAddresses): Promise<RunRequest>;
  /** Starts a run and returns at once. Throws `secret-unknown`, `usage`; then nothing is begun. */
  startRun(request: RunRequest, listener: RunListener): RunHandle;
  /**
   * Runs the levels in their order, each with `runLevel`, until a level stays locked or `runLevel` resolves with false.
   * The hosts of all are admitted before the first. Rejects as {@link AppServices.prepareRun}.
   */
  climb(
    input: Omit<RunInput, 'scenario'>,
    runLevel: (level: Scenario, request: RunRequest) => Promise<boolean>,
  ): Promise<ClimbEnd>;
  /**
   * Tests the conformance of an engine and saves the report. Rejects as runConformance does, and with
   * `database-unavailable`.
   */
  testConformance(config: EngineConfig, listener: ConformanceListener): Promise<ConformanceReport>;
  /** Admits the hosts of an experiment before its first run. Rejects with `secret-unknown`, `remote-not-allowed`. */
  admitExperiment(experiment: Experiment): Promise<HostAddresses>;
  /**
   * Runs an experiment, or resumes it, as its owner (experimentLease.ts). Resolves and rejects as runExperiment does.
   */
  runExperiment(experiment: Experiment, addresses: HostAddresses, listener: ExperimentListener): Promise<Experiment>;
  /** Measures what the generator of this machine can do, and keeps it. Rejects with the reason of `signal`. */
  calibrate(onStep: (message: string) => void, signal: AbortSignal): Promise<Calibration>;
  /**
   * Starts the built-in service with the data of a scenario, for another load generator, and ends it when `use` has
   * ended. Rejects with what keeps it from starting, and as `use` does.
   */
  serve(
    scenario: Scenario,
    config: EngineConfig,
    port: number,
    signal: AbortSignal,
    use: (served: ServedDocuments) => Promise<void>,
  ): Promise<void>;
  /** Stops the embedded server of engines and closes the history. */
  close(): Promise<void>;
}
