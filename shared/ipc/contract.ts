import { z } from 'zod';
import { type Comparison, maxCompared } from '../comparison/comparison';
import { type EngineConfig, engineChoiceSchema, type SettingField } from '../engines/config';
import type { CheckResult, ConformanceReport } from '../engines/conformance';
import { databaseServerSchema, type EngineDescription, type EngineId } from '../engines/engine';
import type { Result } from '../errors/appError';
import { type Experiment, experimentMetricSchema } from '../experiment/experiment';
import type { Doing } from '../experiment/progress';
import type { BudgetForecast } from '../history/budgetForecast';
import { type RunFacets, runFilterSchema, runQuerySchema, savedFilterSchema } from '../history/runQuery';
import { exportFormatSchema, scenarioFormatSchema } from '../interchange/formats';
import type { ImportOutcome, ImportProgress } from '../interchange/importOutcome';
import type { StoredRun } from '../interchange/storedRun';
import type { ClimbEnd } from '../ladder/climb';
import type { FlameNode } from '../profile/flameTree';
import type { Calibration } from '../run/calibration';
import type { TargetCapacity } from '../run/capacity';
import type { Environment } from '../run/document';
import type { OtherGenerator } from '../run/driver';
import type { RunEvent } from '../run/events';
import type { HeatSecond } from '../run/heat';
import { lineSubjects, type OperationSeconds } from '../run/operationSeconds';
import type { RunView } from '../run/reducer';
import type { ReplayStep } from '../run/replay';
import { targetChoiceSchema, urlChoiceSchema, windowRunInputSchema } from '../run/runInput';
import type { RunSummary } from '../run/summary';
import { traceIdSchema } from '../run/traceUrl';
import type { DraftProblem } from '../scenario/draft';
import type { DryRunResult } from '../scenario/dryRun';
import type { ImportedRequests } from '../scenario/importers/importedRequests';
import { importFilterSchema } from '../scenario/importers/importFilter';
import type { KeptScenarios } from '../scenario/keptScenarios';
import type { Scenario } from '../scenario/schema';
import { tlsOptionsSchema } from '../scenario/tlsOptions';
import type { TriedJourney } from '../scenario/triedJourney';

import type { JsonText } from './jsonText';
import {
  historyBudgetSchema,
  historySizeSchema,
  outputSettingsSchema,
  type Preferences,
  themeSchema,
  timelineSchema,
} from './preferences';
import { type SecretsState, secretNameSchema, secretValueSchema } from './secrets';
import type { WindowRequest } from './windowRequest';

/** An engine that the window offers. */
export interface CatalogEngine extends EngineDescription {
  settings: readonly SettingField[];
}

/** What the window needs before anything runs. */
export interface Catalog {
  levels: readonly Scenario[];
  engines: readonly CatalogEngine[];
  defaultEngine: EngineConfig;
  environment: Environment;
  calibration: Calibration | undefined;
  dataFolder: string;
  /** What else can generate a load: the tools that are on the PATH, and k6 if Docker is. */
  generators: readonly OtherGenerator[];
}

/** A conformance suite in progress, with the checks that have ended. */
export interface ConformanceProgress {
  engine: EngineId;
  results: readonly CheckResult[];
}

/** The known conformance of the engines. */
export interface Conformance {
  reports: readonly ConformanceReport[];
  progress: ConformanceProgress | undefined;
}

/** An experiment in progress, and its current step. */
export interface ExperimentProgress {
  experiment: Experiment;
  doing: Doing;
}

/** An entry in the list of experiments. */
export interface ExperimentSummary {
  id: string;
  startedAt: string;
  state: Experiment['state'];
  variants: readonly string[];
}

/** The saved experiments, newest first, and the one in progress. */
export interface Experiments {
  experiments: readonly ExperimentSummary[];
  progress: ExperimentProgress | undefined;
}

/** The state of the run store. */
export interface HistoryState {
  runs: number;
  sizeBytes: number;
  /** The part of the store in use; the rest is free space in its file. The size limit applies to this. */
  usedBytes: number;
  /** How many runs are still to be compressed. This happens while nothing is measured. */
  toPack: number;
  /** How many runs lost their response times by second to keep the history within its size. */
  thinnedRuns: number;
  /** What happened to a store that was damaged when the app started, in a sentence. */
  repair: string | undefined;
}

/** The database servers of engines. URLs have no passwords. */
export interface DatabasesState {
  postgresUrl: string | undefined;
  mongodbUrl: string | undefined;
  isEmbeddedRunning: boolean;
  /** The command that starts both with Docker. */
  composeCommand: string;
}

/** A remote host that may be loaded. */
export interface AllowedHost {
  host: string;
  /** Its addresses when it was confirmed. For other addresses, the user is asked again. */
  addresses: readonly string[];
  /** The names of the secrets that may be sent to it. For others, the user is asked again. */
  secrets: readonly string[];
  confirmedAt: string;
}

/** In k6's notation. Undefined runs the level at full length. */
const durationSchema = z.string().max(20).optional();
const idSchema = z.strictObject({ id: z.string().max(64) });
const idsSchema = z.strictObject({ ids: z.array(z.string().max(64)).max(100_000) });

/** A method of the main process: its input, which the main process validates, and its output. */
export interface Method<Input extends z.ZodType, Output> {
  input: Input;
  /** Never set; it carries the type. */
  output?: Output;
}

function returns<Output>() {
  return <Input extends z.ZodType>(input: Input): Method<Input, Output> => ({ input });
}

/**
 * The contract between window and main process, from which registration, preload bridge and client are derived. A new
 * method needs a line here and a handler, which the compiler demands.
 */
export const contract = {
  getCatalog: returns<Catalog>()(z.void()),
  /** Returns the run in progress, or the last one of this session. */
  getRunView: returns<RunView>()(z.void()),
  /**
   * Starts a level. Fails with `run-active` during another run, and with `remote-not-allowed` when the user does not
   * confirm a remote host.
   */
  startRun: returns<{ id: string }>()(windowRunInputSchema),
  /** Runs the levels in order until one stays locked, and resolves at the end. Fails like startRun. */
  climb: returns<ClimbEnd>()(z.strictObject({ target: targetChoiceSchema, duration: durationSchema })),
  /** Measures the capability of this machine's generator, in about half a minute. Fails with `run-active`. */
  calibrate: returns<Calibration>()(z.void()),
  /** Returns the remote hosts that the user has confirmed when the main process asked. */
  getAllowedHosts: returns<AllowedHost[]>()(z.void()),
  /** Withdraws a confirmation. The next run on this host asks again. */
  withdrawHost: returns<void>()(z.strictObject({ host: z.string().min(1).max(255) })),
  /** Stops the run and keeps its measurements. Does nothing when no run is in progress. */
  stopRun: returns<{ stopped: boolean }>()(z.void()),
  /** Returns the user's own scenarios. Levels are in the catalog. */
  getScenarios: returns<KeptScenarios>()(z.void()),
  /** Saves a scenario, replacing the one with the id `before`. Fails with `scenario-invalid`. */
  saveScenario: returns<Scenario>()(
    z.strictObject({ draft: z.record(z.string(), z.unknown()), before: z.string().max(64).optional() }),
  ),
  /** Deletes a scenario and returns it for an undo. */
  deleteScenario: returns<Scenario>()(idSchema),
  /** Sends a few requests of a scenario, to a service if one is chosen. Nothing is saved. Fails like startRun. */
  dryRunScenario: returns<DryRunResult>()(
    z.strictObject({ draft: z.record(z.string(), z.unknown()), target: urlChoiceSchema.optional() }),
  ),
  /** Returns the problems of the files of TLS options. Relative paths are in the folder of the user's scenarios. */
  checkTlsFiles: returns<DraftProblem[]>()(z.strictObject({ tls: tlsOptionsSchema })),
  /** Asks for a certificate or a key and returns the path of its file. Null when the user cancelled. */
  chooseTlsFile: returns<string | null>()(z.void()),
  /**
   * Lets one virtual user go through a journey of a scenario once, by default the first. Nothing is saved. Fails like
   * startRun, and with `interrupted` when it is stopped.
   */
  tryJourney: returns<TriedJourney>()(
    z.strictObject({
      draft: z.record(z.string(), z.unknown()),
      target: urlChoiceSchema.optional(),
      journey: z.string().max(80).optional(),
    }),
  ),
  /** Stops the journey that is being tried. Does nothing when there is none. */
  stopTry: returns<void>()(z.void()),
  /** Returns the requests in a text of any supported format. Fails with `import-failed`. */
  readRequests: returns<ImportedRequests>()(
    z.strictObject({ text: z.string().max(10_000_000), filter: importFilterSchema }),
  ),
  /** Asks for a file with requests. Null when the user cancelled. */
  chooseRequests: returns<ImportedRequests | null>()(z.strictObject({ filter: importFilterSchema })),
  getConformance: returns<Conformance>()(z.void()),
  /**
   * Tests the conformance of an engine, in about half a minute. Fails with `run-active`, `database-unavailable`,
   * `interrupted`.
   */
  runConformance: returns<ConformanceReport>()(engineChoiceSchema),
  stopConformance: returns<void>()(z.void()),
  getExperiments: returns<Experiments>()(z.void()),
  getExperiment: returns<Experiment>()(idSchema),
  /**
   * Tests the engines that have no report and runs an experiment. Resolves when it is complete or stopped. Fails with
   * `run-active`, `usage`, `remote-not-allowed` and the errors of its runs. Measurements are kept in all cases.
   */
  startExperiment: returns<Experiment>()(
    z.strictObject({
      /** In the notation of the command line. The others are compared with the first. */
      variants: z.array(z.string().max(2_000)).max(20),
      levelId: z.string(),
      duration: z.string().max(20),
      pairs: z.int().min(2).max(100),
      untilSure: z.boolean(),
      metric: experimentMetricSchema,
      withCapacity: z.boolean(),
    }),
  ),
  /** Resumes an experiment that was stopped, otherwise like startExperiment. */
  resumeExperiment: returns<Experiment>()(idSchema),
  /** Stops the experiment in progress; it can be resumed. */
  pauseExperiment: returns<void>()(z.void()),
  /** Ends an experiment permanently. The measured pairs stay. */
  cancelExperiment: returns<void>()(idSchema),
  /** Sets the default engine. Returns the previous one for an undo. */
  setDefaultEngine: returns<EngineConfig>()(engineChoiceSchema),
  /** Returns the CPU profile of a run as a tree. Fails with `run-not-found`. */
  getFlameTree: returns<FlameNode>()(idSchema),
  getDatabases: returns<DatabasesState>()(z.void()),
  /**
   * Asks the server at a URL for its product, and saves the URL when it is usable. Fails with `database-unavailable`.
   */
  useDatabase: returns<{ name: string }>()(
    z.strictObject({ server: databaseServerSchema, url: z.string().max(2_000) }),
  ),
  /** Removes a URL. PostgreSQL becomes the embedded one again, and MongoDB has no server. */
  forgetDatabase: returns<void>()(z.strictObject({ server: databaseServerSchema })),
  /** Returns the names of the secrets that scenarios can refer to. No method returns a value. */
  getSecrets: returns<SecretsState>()(z.void()),
  /** Sets the value of a secret, replacing the previous one. Fails with `data-folder-unusable`. */
  setSecret: returns<void>()(z.strictObject({ name: secretNameSchema, value: secretValueSchema })),
  deleteSecret: returns<void>()(z.strictObject({ name: secretNameSchema })),
  startPostgres: returns<void>()(z.void()),
  stopPostgres: returns<void>()(z.void()),
  /** Returns a part of the history, newest first. */
  listRuns: returns<RunSummary[]>()(runQuerySchema),
  countRuns: returns<number>()(runFilterSchema),
  getRunFacets: returns<RunFacets>()(z.void()),
  /** Returns the results of the last capacity search on each target, latest first. */
  getCapacities: returns<TargetCapacity[]>()(z.void()),
  getRunSummary: returns<RunSummary>()(idSchema),
  /** Adds the sample run of the app to the history and returns its id. Fails with `import-failed`. */
  keepSampleRun: returns<{ id: string }>()(z.void()),
  /** Changes the user's notes about a run. Null restores the name of the scenario. */
  noteRun: returns<void>()(
    idSchema.extend({
      name: z.string().min(1).max(200).nullable().optional(),
      notes: z.string().max(10_000).optional(),
      isPinned: z.boolean().optional(),
    }),
  ),
  tagRuns: returns<void>()(idsSchema.extend({ tag: z.string().trim().min(1).max(64), isSet: z.boolean() })),
  /** Sets or clears a run as the baseline of its scenario and target on its machine. */
  setBaseline: returns<void>()(idSchema.extend({ isSet: z.boolean() })),
  /** Deletes runs that have ended, restorable for an hour. Returns how many there were. */
  deleteRuns: returns<number>()(idsSchema),
  restoreRuns: returns<number>()(idsSchema),
  /** Returns a run that has ended, with its document. */
  getRun: returns<JsonText<StoredRun>>()(idSchema),
  /** Returns the latency distribution of each second of a saved run; empty when it was not stored. */
  getHeat: returns<JsonText<HeatSecond[]>>()(idSchema),
  /** Returns the operations or scenarios of a saved run by second; empty when their response times were not stored. */
  getOperationSeconds: returns<JsonText<OperationSeconds[]>>()(idSchema.extend({ by: z.enum(lineSubjects) })),
  /** Returns the events of a saved run at the times of its seconds, for the live view. */
  getReplay: returns<JsonText<ReplayStep[]>>()(idSchema),
  /** Compares runs with the first one. */
  compareRuns: returns<JsonText<Comparison>>()(
    z.strictObject({ ids: z.array(z.string().max(64)).min(2).max(maxCompared) }),
  ),
  /** Asks for files and imports their results. */
  chooseImports: returns<ImportOutcome>()(z.void()),
  /** Imports the results in files that were dropped on the window. */
  importFiles: returns<ImportOutcome>()(z.strictObject({ paths: z.array(z.string().min(1).max(4_096)).max(100) })),
  /** Stops the import in progress. The file that is being read is not saved; earlier files are. */
  cancelImport: returns<void>()(z.void()),
  /**
   * Asks for a file and saves the last run of this app there, whether or not the history has it. Returns like
   * exportRun.
   */
  saveUnkept: returns<string | null>()(z.void()),
  /** Asks for a file and saves a run there. Returns its path, or null when the user cancelled. */
  exportRun: returns<string | null>()(idSchema.extend({ format: exportFormatSchema })),
  /** Asks for a file and saves a level for another tool there. */
  exportScenario: returns<string | null>()(
    z.strictObject({
      levelId: z.string().max(64),
      format: scenarioFormatSchema,
      url: z
        .url({ protocol: /^https?$/ })
        .max(2_000)
        .optional(),
    }),
  ),
  /** Asks for a file and saves the image of a chart there: SVG as text, PNG in base64. */
  saveImage: returns<string | null>()(
    z.strictObject({
      name: z.string().regex(/^[a-z0-9-]{1,80}$/),
      format: z.enum(['svg', 'png']),
      data: z.string().max(50_000_000),
    }),
  ),
  /** Copies a run to the clipboard, as text or Markdown. */
  copyRun: returns<void>()(idSchema.extend({ format: z.enum(['text', 'markdown']) })),
  copyText: returns<void>()(z.strictObject({ text: z.string().max(100_000) })),
  getPreferences: returns<Preferences>()(z.void()),
  /** Sets and remembers the dark or light theme for all windows. */
  setTheme: returns<void>()(z.strictObject({ theme: themeSchema })),
  /** Sets and remembers the lanes of timelines and their heights for all windows. */
  setTimeline: returns<void>()(z.strictObject({ timeline: timelineSchema })),
  /** Sets and remembers where the metrics of running tests are sent, starting with the next run. */
  setOutputs: returns<void>()(outputSettingsSchema),
  /** Shows a trace in the system's browser, at the URL in the settings. Fails with `usage` when there is none. */
  openTrace: returns<void>()(z.strictObject({ traceId: traceIdSchema })),
  /** Saves a filter of the history, replacing one with the same name. Fails with `data-folder-unusable`. */
  saveFilter: returns<void>()(savedFilterSchema),
  deleteFilter: returns<void>()(savedFilterSchema.pick({ name: true })),
  /** Opens another window, with a run if one is given. */
  openWindow: returns<void>()(z.strictObject({ runId: z.string().max(64).optional() })),
  getHistoryState: returns<HistoryState>()(z.void()),
  /**
   * Sets the size limit of the history. Beyond it, the response times by second of the oldest runs are removed, except
   * of pinned runs, baselines and runs with a tag.
   */
  setHistoryBudget: returns<void>()(z.strictObject({ megabytes: historyBudgetSchema })),
  /** Returns what {@link Contract.setHistoryBudget} would remove, without changing anything. */
  forecastHistoryBudget: returns<BudgetForecast>()(z.strictObject({ megabytes: historySizeSchema })),
  /** Asks for a file and copies the history there. */
  backupHistory: returns<string | null>()(z.void()),
  /**
   * Deletes older runs, except pinned ones, baselines and those with a tag. They can be restored for an hour. Returns
   * their ids.
   */
  cleanHistory: returns<string[]>()(z.strictObject({ olderThanDays: z.int().min(1).max(10_000) })),
  /** Returns the space of deleted runs to the disk. Fails with `run-active`. */
  compactHistory: returns<{ beforeBytes: number; afterBytes: number }>()(z.void()),
  /** Sets the history aside, recovers what is readable, and restarts the app. Fails with `run-active`. */
  repairHistory: returns<void>()(z.void()),
  /** Shows the data folder in the system's file manager. Fails with `data-folder-unusable`. */
  openDataFolder: returns<void>()(z.void()),
  /** Returns text for a defect report about this machine, this app and its last errors, without secrets. */
  getDiagnostics: returns<string>()(z.void()),
};

export type Contract = typeof contract;
export type MethodName = keyof Contract;
export type InputOf<Name extends MethodName> = z.input<Contract[Name]['input']>;
export type ParsedInputOf<Name extends MethodName> = z.output<Contract[Name]['input']>;
export type OutputOf<Name extends MethodName> = Contract[Name] extends Method<z.ZodType, infer Output> ? Output : never;

/** The names of all methods, in the order of the contract. */
export const methodNames: readonly MethodName[] = Object.keys(contract).filter(
  (name): name is MethodName => name in contract,
);

/** What the main process announces to windows, by the method of the bridge that listens for it. */
export interface Announcements {
  /** An event of the run. */
  onRunEvent: RunEvent;
  /** A check of a conformance suite has ended. */
  onConformance: ConformanceProgress;
  /** An experiment has completed a step. */
  onExperiment: ExperimentProgress;
  /** The progress of an import. */
  onImport: ImportProgress;
  /** A request to this window. */
  onRequest: WindowRequest;
}

/** What the preload script exposes to the window. */
export type Bridge = {
  [Name in MethodName]: (input: InputOf<Name>) => Promise<Result<OutputOf<Name>>>;
} & {
  /** Calls `listener` on each announcement. Returns a function that unsubscribes it. */
  [Name in keyof Announcements]: (listener: (announced: Announcements[Name]) => void) => () => void;
} & {
  /** The locale for dates and numbers, as a language tag; undefined for the format of reports. */
  locale: string | undefined;
  /** Returns the path of a file that was dropped on the window. */
  pathOf(file: File): string;
};
