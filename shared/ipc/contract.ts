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
import type { ToolDriver } from '../run/driver';
import type { RunEvent } from '../run/events';
import type { HeatSecond } from '../run/heat';
import type { OperationSeconds } from '../run/operationSeconds';
import type { RunView } from '../run/reducer';
import type { ReplayStep } from '../run/replay';
import { targetChoiceSchema, windowRunInputSchema } from '../run/runInput';
import type { RunSummary } from '../run/summary';
import { traceIdSchema } from '../run/traceUrl';
import type { DryRunResult } from '../scenario/dryRun';
import type { ImportedRequests } from '../scenario/importers/importedRequests';
import { importFilterSchema } from '../scenario/importers/importFilter';
import type { KeptScenarios } from '../scenario/keptScenarios';
import type { Scenario } from '../scenario/schema';
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

/** An engine as the window offers it. */
export interface CatalogEngine extends EngineDescription {
  settings: readonly SettingField[];
}

/** What the window needs to know before anything runs. */
export interface Catalog {
  levels: readonly Scenario[];
  engines: readonly CatalogEngine[];
  defaultEngine: EngineConfig;
  environment: Environment;
  calibration: Calibration | undefined;
  dataFolder: string;
  /** Other tools that are on the path and can make a load. */
  tools: readonly ToolDriver[];
}

/** A conformance suite in progress: the checks that have ended. */
export interface ConformanceProgress {
  engine: EngineId;
  results: readonly CheckResult[];
}

/** What is known of the engines' conformance. */
export interface Conformance {
  reports: readonly ConformanceReport[];
  progress: ConformanceProgress | undefined;
}

/** An experiment in progress, and its current step. */
export interface ExperimentProgress {
  experiment: Experiment;
  doing: Doing;
}

/** A line in the list of experiments. */
export interface ExperimentSummary {
  id: string;
  startedAt: string;
  state: Experiment['state'];
  variants: readonly string[];
}

/** The saved experiments, the newest first, and the one in progress. */
export interface Experiments {
  experiments: readonly ExperimentSummary[];
  progress: ExperimentProgress | undefined;
}

/** What there is to know of the store of runs. */
export interface HistoryState {
  runs: number;
  sizeBytes: number;
  /** What of it is in use; the rest is free space in its file. A size that it is held to is about this. */
  usedBytes: number;
  /** How many runs are still to be packed, which goes on while nothing is measured. */
  toPack: number;
  /** Of how many runs the response times by second were removed to hold the history to a size. */
  thinnedRuns: number;
  /** What became of a store that was damaged when the app started, in a sentence. */
  repair: string | undefined;
}

/** Where the servers of engines are. URLs are without their passwords. */
export interface DatabasesState {
  postgresUrl: string | undefined;
  mongodbUrl: string | undefined;
  isEmbeddedRunning: boolean;
  /** Starts both with Docker. */
  composeCommand: string;
}

/** A host other than this machine that may be loaded. */
export interface AllowedHost {
  host: string;
  /** Where it led when it was confirmed; what leads elsewhere is asked about again. */
  addresses: readonly string[];
  /** The names of the secrets that it may be sent; it is asked about again before others are. */
  secrets: readonly string[];
  confirmedAt: string;
}

/** In k6's notation; undefined runs the level at full length. */
const durationSchema = z.string().max(20).optional();
const idSchema = z.strictObject({ id: z.string().max(64) });
const idsSchema = z.strictObject({ ids: z.array(z.string().max(64)).max(100_000) });

/** One method of the main process: what it takes, checked there, and what it returns. */
export interface Method<Input extends z.ZodType, Output> {
  input: Input;
  /** Never set: carries the type. */
  output?: Output;
}

function returns<Output>() {
  return <Input extends z.ZodType>(input: Input): Method<Input, Output> => ({ input });
}

/**
 * The one contract between window and main process: registration, the preload bridge and the client derive from it. A
 * new method is a line here and its handler, which the compiler asks for.
 */
export const contract = {
  getCatalog: returns<Catalog>()(z.void()),
  /** The run in progress, or the last one of this session. */
  getRunView: returns<RunView>()(z.void()),
  /**
   * Starts a level; fails with `run-active` while another run is in progress, and with `remote-not-allowed` for a host
   * other than this machine that is not confirmed when the user is asked.
   */
  startRun: returns<{ id: string }>()(windowRunInputSchema),
  /** Runs the levels in order until one stays locked; resolves at the end. Fails as startRun does. */
  climb: returns<ClimbEnd>()(z.strictObject({ target: targetChoiceSchema, duration: durationSchema })),
  /** Measures what the generator of this machine can do, in about half a minute; fails with `run-active`. */
  calibrate: returns<Calibration>()(z.void()),
  /** The hosts other than this machine that the user has confirmed, in a question that the main process asks. */
  getAllowedHosts: returns<AllowedHost[]>()(z.void()),
  /** Withdraws a confirmation: the next run that goes there asks again. */
  withdrawHost: returns<void>()(z.strictObject({ host: z.string().min(1).max(255) })),
  /** Stops the run and keeps what was measured. Does nothing when none is in progress. */
  stopRun: returns<{ stopped: boolean }>()(z.void()),
  /** The user's own scenarios; levels are in the catalog. */
  getScenarios: returns<KeptScenarios>()(z.void()),
  /** Keeps a scenario, in the place of the one with the id `before`; fails with `scenario-invalid`. */
  saveScenario: returns<Scenario>()(
    z.strictObject({ draft: z.record(z.string(), z.unknown()), before: z.string().max(64).optional() }),
  ),
  /** Deletes a scenario, and returns it for an undo. */
  deleteScenario: returns<Scenario>()(idSchema),
  /** Sends a few requests of a scenario, against a URL where one is named; nothing is saved. Fails as startRun does. */
  dryRunScenario: returns<DryRunResult>()(
    z.strictObject({ draft: z.record(z.string(), z.unknown()), url: z.string().max(2_000).optional() }),
  ),
  /**
   * Has one virtual user go once through a journey of a scenario, the first where none is named; nothing is saved. Fails
   * as startRun does, and with `interrupted` when it is stopped.
   */
  tryJourney: returns<TriedJourney>()(
    z.strictObject({
      draft: z.record(z.string(), z.unknown()),
      url: z.string().max(2_000).optional(),
      journey: z.string().max(80).optional(),
    }),
  ),
  /** Stops the journey that is being tried. Does nothing when there is none. */
  stopTry: returns<void>()(z.void()),
  /** The requests in a text, in any of the formats that are read; fails with `import-failed`. */
  readRequests: returns<ImportedRequests>()(
    z.strictObject({ text: z.string().max(10_000_000), filter: importFilterSchema }),
  ),
  /** Asks for a file with requests; null when the user cancelled. */
  chooseRequests: returns<ImportedRequests | null>()(z.strictObject({ filter: importFilterSchema })),
  getConformance: returns<Conformance>()(z.void()),
  /**
   * Tests the conformance of an engine, in about half a minute; fails with `run-active`, `database-unavailable`,
   * `interrupted`.
   */
  runConformance: returns<ConformanceReport>()(engineChoiceSchema),
  stopConformance: returns<void>()(z.void()),
  getExperiments: returns<Experiments>()(z.void()),
  getExperiment: returns<Experiment>()(idSchema),
  /**
   * Tests the engines that have no report, and runs an experiment; resolves when it is at its end or was stopped. Fails
   * with `run-active`, `usage`, `remote-not-allowed` and the errors of its runs; what was measured is kept.
   */
  startExperiment: returns<Experiment>()(
    z.strictObject({
      /** In the notation of the command line; the first is what the others are compared with. */
      variants: z.array(z.string().max(2_000)).max(20),
      levelId: z.string(),
      duration: z.string().max(20),
      pairs: z.int().min(2).max(100),
      untilSure: z.boolean(),
      metric: experimentMetricSchema,
      withCapacity: z.boolean(),
    }),
  ),
  /** Resumes an experiment that was stopped; otherwise as startExperiment. */
  resumeExperiment: returns<Experiment>()(idSchema),
  /** Stops the experiment in progress; it can be resumed. */
  pauseExperiment: returns<void>()(z.void()),
  /** Closes an experiment for good; the pairs that have been measured stay. */
  cancelExperiment: returns<void>()(idSchema),
  /** Makes an engine the one that is used when none is named. Returns the one before, for an undo. */
  setDefaultEngine: returns<EngineConfig>()(engineChoiceSchema),
  /** The CPU profile of a run as a tree; fails with `run-not-found`. */
  getFlameTree: returns<FlameNode>()(idSchema),
  getDatabases: returns<DatabasesState>()(z.void()),
  /** Asks the server at a URL what it is, and keeps the URL if it can be used; fails with `database-unavailable`. */
  useDatabase: returns<{ name: string }>()(
    z.strictObject({ server: databaseServerSchema, url: z.string().max(2_000) }),
  ),
  /** Forgets a URL: PostgreSQL is the embedded one again, MongoDB is none. */
  forgetDatabase: returns<void>()(z.strictObject({ server: databaseServerSchema })),
  /** The names of the secrets that scenarios can refer to. No method returns a value. */
  getSecrets: returns<SecretsState>()(z.void()),
  /** Gives a secret its value, in the place of the one before; fails with `data-folder-unusable`. */
  setSecret: returns<void>()(z.strictObject({ name: secretNameSchema, value: secretValueSchema })),
  deleteSecret: returns<void>()(z.strictObject({ name: secretNameSchema })),
  startPostgres: returns<void>()(z.void()),
  stopPostgres: returns<void>()(z.void()),
  /** A part of the history, newest first. */
  listRuns: returns<RunSummary[]>()(runQuerySchema),
  countRuns: returns<number>()(runFilterSchema),
  getRunFacets: returns<RunFacets>()(z.void()),
  /** What the last capacity search on each target has found, the latest first. */
  getCapacities: returns<TargetCapacity[]>()(z.void()),
  getRunSummary: returns<RunSummary>()(idSchema),
  /** Keeps the run that comes with the app in the history, and returns its id; fails with `import-failed`. */
  keepSampleRun: returns<{ id: string }>()(z.void()),
  /** Changes what the user says of a run; a name of null is the scenario's. */
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
  /** Deletes runs that have ended; they can be restored for an hour. Returns how many there were. */
  deleteRuns: returns<number>()(idsSchema),
  restoreRuns: returns<number>()(idsSchema),
  /** What there is of a run that has ended. */
  getRun: returns<JsonText<StoredRun>>()(idSchema),
  /** How latencies were distributed in each second of a saved run; empty where that was not kept. */
  getHeat: returns<JsonText<HeatSecond[]>>()(idSchema),
  /** The operations of a saved run second by second; empty where their response times were not kept. */
  getOperationSeconds: returns<JsonText<OperationSeconds[]>>()(idSchema),
  /** The events of a saved run at the times of its seconds, for the live view. */
  getReplay: returns<JsonText<ReplayStep[]>>()(idSchema),
  /** Compares runs with the first of them. */
  compareRuns: returns<JsonText<Comparison>>()(
    z.strictObject({ ids: z.array(z.string().max(64)).min(2).max(maxCompared) }),
  ),
  /** Asks for files and keeps the results in them. */
  chooseImports: returns<ImportOutcome>()(z.void()),
  /** Keeps the results in files that were dropped on the window. */
  importFiles: returns<ImportOutcome>()(z.strictObject({ paths: z.array(z.string().min(1).max(4_096)).max(100) })),
  /** Stops the import in progress: the file that is being read is not saved, those before it are. */
  cancelImport: returns<void>()(z.void()),
  /** Asks where, and writes the last run of this app there, whether or not the history has it; null as exportRun. */
  saveUnkept: returns<string | null>()(z.void()),
  /** Asks where, and writes a run there. Returns the file, or null when the user cancelled. */
  exportRun: returns<string | null>()(idSchema.extend({ format: exportFormatSchema })),
  /** Asks where, and writes a level for another tool there. */
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
  /** Asks where, and saves the picture of a chart there: SVG as text, PNG in base64. */
  saveImage: returns<string | null>()(
    z.strictObject({
      name: z.string().regex(/^[a-z0-9-]{1,80}$/),
      format: z.enum(['svg', 'png']),
      data: z.string().max(50_000_000),
    }),
  ),
  /** Puts a run on the clipboard, as text or Markdown. */
  copyRun: returns<void>()(idSchema.extend({ format: z.enum(['text', 'markdown']) })),
  copyText: returns<void>()(z.strictObject({ text: z.string().max(100_000) })),
  getPreferences: returns<Preferences>()(z.void()),
  /** Chooses dark or light for all windows, and remembers it. */
  setTheme: returns<void>()(z.strictObject({ theme: themeSchema })),
  /** Chooses the lanes of timelines and their heights for all windows, and remembers them. */
  setTimeline: returns<void>()(z.strictObject({ timeline: timelineSchema })),
  /** Chooses where the figures of runs go while they go on, from the next run on, and remembers it. */
  setOutputs: returns<void>()(outputSettingsSchema),
  /** Shows a trace in the browser of the system, where the settings say; fails with `usage` when they do not. */
  openTrace: returns<void>()(z.strictObject({ traceId: traceIdSchema })),
  /** Remembers a filter of the history, in the place of one with the same name; fails with `data-folder-unusable`. */
  saveFilter: returns<void>()(savedFilterSchema),
  deleteFilter: returns<void>()(savedFilterSchema.pick({ name: true })),
  /** Opens another window, with a run in it where one is named. */
  openWindow: returns<void>()(z.strictObject({ runId: z.string().max(64).optional() })),
  getHistoryState: returns<HistoryState>()(z.void()),
  /** Chooses the size that the history is held to: the response times by second of the oldest runs are removed beyond it, except of pinned ones, baselines and those with a tag. */
  setHistoryBudget: returns<void>()(z.strictObject({ megabytes: historyBudgetSchema })),
  /** What {@link Contract.setHistoryBudget} would remove; nothing is changed. */
  forecastHistoryBudget: returns<BudgetForecast>()(z.strictObject({ megabytes: historySizeSchema })),
  /** Asks where, and copies the history there. */
  backupHistory: returns<string | null>()(z.void()),
  /** Deletes runs that are older, except pinned ones, baselines and those with a tag; they can be restored for an hour. Returns their ids. */
  cleanHistory: returns<string[]>()(z.strictObject({ olderThanDays: z.int().min(1).max(10_000) })),
  /** Gives the space of deleted runs back to the disk; fails with `run-active`. */
  compactHistory: returns<{ beforeBytes: number; afterBytes: number }>()(z.void()),
  /** Sets the history aside and keeps what can be read of it; the app restarts. Fails with `run-active`. */
  repairHistory: returns<void>()(z.void()),
  /** Shows the data folder in the file manager of the system; fails with `data-folder-unusable`. */
  openDataFolder: returns<void>()(z.void()),
  /** What a report of a defect needs to say of this machine, this app and its last errors, as text without secrets. */
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
  /** An experiment has made a step. */
  onExperiment: ExperimentProgress;
  /** How far an import is. */
  onImport: ImportProgress;
  /** What is asked of this window. */
  onRequest: WindowRequest;
}

/** What the preload script puts into the window. */
export type Bridge = {
  [Name in MethodName]: (input: InputOf<Name>) => Promise<Result<OutputOf<Name>>>;
} & {
  /** Calls `listener` at each announcement; returns a function that ends this. */
  [Name in keyof Announcements]: (listener: (announced: Announcements[Name]) => void) => () => void;
} & {
  /** How dates and numbers are to be written, as a language tag that the platform knows; undefined as in reports. */
  locale: string | undefined;
  /** Where a file that was dropped on the window is. */
  pathOf(file: File): string;
};
