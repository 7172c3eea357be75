import { z } from 'zod';
import { engineChoiceSchema, type OptionField } from '../engines/config';
import type { CheckResult, ConformanceReport } from '../engines/conformance';
import { databaseServerSchema, type EngineDescription, type EngineId } from '../engines/engine';
import type { Result } from '../errors/appError';
import type { Calibration } from '../run/calibration';
import type { Environment, RunDocument } from '../run/document';
import type { RunEvent } from '../run/events';
import type { RunView } from '../run/reducer';
import type { RunSummary } from '../run/summary';
import type { Scenario } from '../scenario/schema';

/** An engine as the window offers it. */
export interface CatalogEngine extends EngineDescription {
  options: readonly OptionField[];
}

/** What the window needs to know before anything runs. */
export interface Catalog {
  levels: readonly Scenario[];
  engines: readonly CatalogEngine[];
  defaultEngine: EngineId;
  environment: Environment;
  calibration: Calibration | undefined;
  dataFolder: string;
}

/** A conformance suite that goes on: the checks that have ended. */
export interface ConformanceProgress {
  engine: EngineId;
  results: readonly CheckResult[];
}

/** What is known of the engines' conformance. */
export interface Conformance {
  reports: readonly ConformanceReport[];
  progress: ConformanceProgress | undefined;
}

/** Where the servers of engines are. URLs are without their passwords. */
export interface DatabasesState {
  postgresUrl: string | undefined;
  mongodbUrl: string | undefined;
  isEmbeddedRunning: boolean;
  /** Starts both with Docker. */
  composeCommand: string;
}

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
 * The one contract between window and main process. The preload bridge, the handlers and the client derive from it;
 * to add a method, add a line here and let the compiler name the rest.
 */
export const contract = {
  getCatalog: returns<Catalog>()(z.void()),
  /** The run that is going on or was the last in this session, as far as it is. */
  getRunView: returns<RunView>()(z.void()),
  /**
   * Starts a level; fails with `run-active` while another run goes on, and with `remote-not-allowed` for a host other
   * than this machine that has not been confirmed.
   */
  startRun: returns<{ id: string }>()(
    z.strictObject({
      levelId: z.string(),
      target: z.discriminatedUnion('kind', [
        engineChoiceSchema,
        z.strictObject({ kind: z.literal('url'), url: z.string() }),
      ]),
      /** In k6's notation; undefined runs the level at full length. */
      duration: z.string().optional(),
    }),
  ),
  /** Measures what the generator of this machine can do, in about half a minute; fails with `run-active`. */
  calibrate: returns<Calibration>()(z.void()),
  /** The user has confirmed that a host may be loaded; it is remembered. */
  allowHost: returns<void>()(z.strictObject({ host: z.string().min(1).max(255) })),
  /** Stops the run and keeps what was measured. Does nothing when none goes on. */
  stopRun: returns<{ stopped: boolean }>()(z.void()),
  getConformance: returns<Conformance>()(z.void()),
  /** Puts an engine to the test, in about half a minute; fails with `run-active`, `database-unavailable`, `interrupted`. */
  runConformance: returns<ConformanceReport>()(engineChoiceSchema),
  stopConformance: returns<void>()(z.void()),
  getDatabases: returns<DatabasesState>()(z.void()),
  /** Asks the server at a URL what it is, and keeps the URL if it can be used; fails with `database-unavailable`. */
  useDatabase: returns<{ name: string }>()(
    z.strictObject({ server: databaseServerSchema, url: z.string().max(2_000) }),
  ),
  /** Forgets a URL: PostgreSQL is the embedded one again, MongoDB is none. */
  forgetDatabase: returns<void>()(z.strictObject({ server: databaseServerSchema })),
  startPostgres: returns<void>()(z.void()),
  stopPostgres: returns<void>()(z.void()),
  listRuns: returns<RunSummary[]>()(z.strictObject({ limit: z.int().min(1).max(10_000) })),
  getRun: returns<RunDocument>()(z.strictObject({ id: z.string() })),
};

export type Contract = typeof contract;
export type MethodName = keyof Contract;
export type InputOf<Name extends MethodName> = z.input<Contract[Name]['input']>;
export type ParsedInputOf<Name extends MethodName> = z.output<Contract[Name]['input']>;
export type OutputOf<Name extends MethodName> = Contract[Name] extends Method<z.ZodType, infer Output> ? Output : never;

/** What the preload script puts into the window. */
export type Bridge = {
  [Name in MethodName]: (input: InputOf<Name>) => Promise<Result<OutputOf<Name>>>;
} & {
  /** Announces each check of a conformance suite; returns a function that ends it. */
  onConformance(listener: (progress: ConformanceProgress) => void): () => void;
  /** Announces the events of the run; returns a function that ends it. */
  onRunEvent(listener: (event: RunEvent) => void): () => void;
};
