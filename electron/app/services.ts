import type { EngineConfig } from '../../shared/engines/config';
import type { CheckResult, ConformanceReport } from '../../shared/engines/conformance';
import type { Experiment } from '../../shared/experiment/experiment';
import type { Doing } from '../../shared/experiment/progress';
import type { ImportedRun } from '../../shared/interchange/importOutcome';
import type { ClimbEnd } from '../../shared/ladder/climb';
import type { Calibration } from '../../shared/run/calibration';
import type { Environment } from '../../shared/run/document';
import type { RunEvent } from '../../shared/run/events';
import type { RunInput } from '../../shared/run/runInput';
import type { Scenario } from '../../shared/scenario/schema';
import type { TriedJourney } from '../../shared/scenario/triedJourney';
import type { HistoryStore } from '../history/historyStore';
import type { WorkerHost } from '../hosting/workerHost';
import type { HostAddresses } from '../hosts/addresses';
import type { OutputSecond } from '../outputs/runOutput';
import type { RunHandle, RunRequest } from '../run/runContract';
import type { SecretSource } from '../secrets/secretSource';
import type { Databases } from './databases/databases';
import type { AwsListener } from './runs/awsRun';
import type { OpenOutputs, OutputChoices } from './runs/openOutputs';
import type { PlannedRemote } from './runs/planRemote';
import type { TryInput } from './scenarios/tryJourney';

/** The listener of a run, and whether the run is saved. */
export interface RunListener {
  onEvent(event: RunEvent): void;
  /** Called for each second of the measured part, with its distributions. */
  onSecond?(second: OutputSecond): void;
  /** Whether the run is saved in the history. True by default. */
  isKept?: boolean;
}

/** The listener of a conformance suite, which can stop it. */
export interface ConformanceListener {
  onResult(result: CheckResult): void;
  signal: AbortSignal;
  /** Seed of the random operations and of the times of the crashes. 1 by default. */
  seed?: number;
  /** The addresses of hosts that were admitted before. Without them, the server of the engine is looked up. */
  addresses?: HostAddresses;
}

/** The listener of an experiment, which can stop it. */
export interface ExperimentListener {
  onProgress(experiment: Experiment, doing: Doing): void;
  signal: AbortSignal;
  /** Whether the conformance of the engines is tested first, so that one can be recommended. */
  decides: boolean;
}

/** Where the built-in service listens, and a promise that reports its failure. */
export interface ServedDocuments {
  url: string;
  /** The name and version of the storage behind the engine. */
  backend: string;
  /** Rejects when the service ends unexpectedly. */
  died: Promise<never>;
}

/** The services of Proofload, shared by the window and the command line. */
export interface AppServices {
  readonly dataFolder: string;
  readonly environment: Environment;
  readonly workers: WorkerHost;
  readonly secrets: SecretSource;
  readonly databases: Databases;
  /**
   * The history, opened on first use. Opening it also recovers runs that killed processes left behind, unless another
   * process does that. Throws as openHistory does.
   */
  readonly history: HistoryStore;
  /** Finishes runs that killed processes left behind since then, as `interrupted`. Returns their ids. */
  recoverRuns(): string[];
  /** Removes what killed processes left in the work folder and in the servers of engines. */
  sweep(): Promise<void>;
  /**
   * Completes a run: admits its hosts, and takes the baseline and the gate from the history. It does not ask about
   * hosts again when `addresses` are given. Rejects with `usage`, `scenario-unknown`, `data-invalid`,
   * `remote-not-allowed`, `run-not-found`.
   */
  prepareRun(input: RunInput, addresses?: HostAddresses): Promise<RunRequest>;
  /**
   * Opens the outputs for the metrics of a run after their hosts are admitted. Rejects with `usage`, `port-in-use`,
   * `remote-not-allowed`, `target-unreachable`.
   */
  openOutputs(choices: OutputChoices): Promise<OpenOutputs>;
  /**
   * Plans a load that a tool makes elsewhere, after its hosts are admitted. Nothing is written or started. Rejects as
   * {@link AppServices.prepareRun} does, and with `secret-unknown`.
   */
  planRemote(input: RunInput): Promise<PlannedRemote>;
  /**
   * Has Artillery generate a load on AWS and saves its report as an imported result. Rejects as
   * {@link AppServices.planRemote} does, and with `driver-unavailable`, `load-failed`, `import-failed`, `interrupted`.
   */
  runOnAws(input: RunInput, listener: AwsListener): Promise<ImportedRun[]>;
  /** Starts a run and returns at once. Throws `secret-unknown`, `usage`; then nothing has started. */
  startRun(request: RunRequest, listener: RunListener): RunHandle;
  /** Makes one virtual user go through a journey once. Nothing is saved. Resolves and rejects as tryJourney does. */
  tryJourney(input: TryInput, signal: AbortSignal): Promise<TriedJourney>;
  /**
   * Runs the levels in order, each with `runLevel`, until a level stays locked or `runLevel` resolves with false.
   * Admits the hosts of all levels before the first. Rejects as {@link AppServices.prepareRun} does.
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
   * Runs an experiment, or resumes it. The caller owns it (experimentLease.ts) until it has saved what it makes of the
   * result. Resolves and rejects as runExperiment does.
   */
  runExperiment(experiment: Experiment, addresses: HostAddresses, listener: ExperimentListener): Promise<Experiment>;
  /** Measures the performance of the generator on this machine and saves it. Rejects with the reason of `signal`. */
  calibrate(onStep: (message: string) => void, signal: AbortSignal): Promise<Calibration>;
  /**
   * Starts the built-in service with the data of a scenario, for another load generator. Stops it when `use` settles.
   * Rejects with the error that prevents the start, and as `use` does.
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
