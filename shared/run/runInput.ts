import { z } from 'zod';
import { type EngineChoice, engineChoiceSchema } from '../engines/config';
import type { ScenarioOverrides } from '../scenario/overrides';
import type { Scenario } from '../scenario/schema';
import { type ToolDriver, toolDrivers } from './driver';
import type { urlTargetSchema } from './target';

/** A target as a user chooses it: an engine with the settings that were changed, or a URL with curl's. */
export type TargetInput = EngineChoice | z.input<typeof urlTargetSchema>;

/** Another tool, and the file of its command; left out, it is looked for on the path. */
export interface ToolChoice {
  tool: ToolDriver;
  path?: string | undefined;
}

/** What a user asks to be run, in the window or on the command line. */
export interface RunInput extends ScenarioOverrides {
  /** A level or a scenario of the user's by its id, or the scenario itself. */
  scenario: string | Scenario;
  /** Left out, the requests of the scenario say where they go, and a scenario without any runs on the default engine. */
  target?: TargetInput | undefined;
  /** Takes a CPU profile of the built-in service while it is measured; of another target there is none. */
  takesProfile?: boolean | undefined;
  /**
   * The baseline that relative thresholds are compared with: the id of a run, or the path of a run document. Left out,
   * it is the baseline in the history.
   */
  baseline?: string | undefined;
  /** Processes of the target on this machine, where its port does not lead to them. */
  targetPids?: readonly number[] | undefined;
  /** The port of the built-in service; left out, a free one. */
  port?: number | undefined;
  /** Another tool that makes the load. */
  tool?: ToolChoice | undefined;
  /** The folder of the scenario file, where its data files are; left out, that of the user's scenarios. */
  scenarioFolder?: string | undefined;
}

/** A target as the window may name it. */
export const targetChoiceSchema = z.discriminatedUnion('kind', [
  engineChoiceSchema,
  z.strictObject({ kind: z.literal('url'), url: z.string() }),
]);

/** The part of {@link RunInput} that the window may ask for. */
export const windowRunInputSchema = z.strictObject({
  scenario: z.string().max(64),
  target: targetChoiceSchema.optional(),
  /** In k6's notation; left out, the scenario runs at its full length. */
  duration: z.string().max(20).optional(),
  takesProfile: z.boolean().default(false),
  /** Another tool that makes the load: one that is on the path, for a window names no files. */
  tool: z.strictObject({ tool: z.enum(toolDrivers) }).optional(),
}) satisfies z.ZodType<RunInput>;
