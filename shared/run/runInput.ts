import { z } from 'zod';
import { type EngineChoice, engineChoiceSchema } from '../engines/config';
import type { ScenarioOverrides } from '../scenario/overrides';
import type { Scenario } from '../scenario/schema';
import { tlsOptionsSchema } from '../scenario/tlsOptions';
import { type RemotePlace, type ToolDriver, toolDrivers } from './driver';
import type { urlTargetSchema } from './target';

/** A target as a user chooses it: an engine with the changed settings, or a URL with curl's options. */
export type TargetInput = EngineChoice | z.input<typeof urlTargetSchema>;

/** A place other than this machine where a tool generates the load. */
export interface RemoteChoice {
  place: RemotePlace;
  /** The path of kubectl. By default it is looked up on the PATH. */
  kubectl?: string | undefined;
  /** The context and the namespace of kubectl. By default its current ones. */
  context?: string | undefined;
  namespace?: string | undefined;
  /** The AWS region. */
  region?: string | undefined;
}

/** Another tool, and the path of its executable. By default it is looked up on the PATH. */
export interface ToolChoice {
  tool: ToolDriver;
  path?: string | undefined;
  /** Whether Docker starts it, in a container on this machine. */
  inDocker?: boolean | undefined;
  /** The image of that container. By default that of the version that scripts are written for. */
  image?: string | undefined;
  /** Where it generates the load. By default on this machine. */
  on?: RemoteChoice | undefined;
}

/** What a user requests to run, in the window or on the command line. */
export interface RunInput extends ScenarioOverrides {
  /** The id of a level or of a user's scenario, or the scenario itself. */
  scenario: string | Scenario;
  /**
   * By default, the requests of the scenario determine the target. A scenario without requests runs on the default
   * engine.
   */
  target?: TargetInput | undefined;
  /** Records a CPU profile of the built-in service during the measurement. Other targets have none. */
  takesProfile?: boolean | undefined;
  /**
   * The baseline of relative thresholds: the id of a run, or the path of a run document. By default it is the baseline
   * in the history.
   */
  baseline?: string | undefined;
  /** Process ids of the target on this machine, when they cannot be found by its port. */
  targetPids?: readonly number[] | undefined;
  /** The port of the built-in service; by default a free one. */
  port?: number | undefined;
  /** Another tool that generates the load. */
  tool?: ToolChoice | undefined;
  /** The folder of the scenario file with its data files; by default the folder of the user's scenarios. */
  scenarioFolder?: string | undefined;
}

/** A service at a URL that the window can choose, and how its certificate is verified. */
export const urlChoiceSchema = z.strictObject({
  kind: z.literal('url'),
  url: z.string(),
  tls: tlsOptionsSchema.optional(),
});
export type UrlChoice = z.infer<typeof urlChoiceSchema>;

/** A target that the window can choose. */
export const targetChoiceSchema = z.discriminatedUnion('kind', [engineChoiceSchema, urlChoiceSchema]);

/** The part of {@link RunInput} that the window can request. */
export const windowRunInputSchema = z.strictObject({
  scenario: z.string().max(64),
  target: targetChoiceSchema.optional(),
  /** In k6's notation. By default, the scenario runs at full length. */
  duration: z.string().max(20).optional(),
  takesProfile: z.boolean().default(false),
  /**
   * Another tool that generates the load. It or Docker must be on the path, because a window cannot name files.
   */
  tool: z.strictObject({ tool: z.enum(toolDrivers), inDocker: z.boolean().optional() }).optional(),
}) satisfies z.ZodType<RunInput>;
