import { z } from 'zod';
import { type EngineId, engineIdSchema } from './engine';

const commitDelayMs = z
  .number()
  .min(0)
  .max(1_000)
  .default(0)
  .describe('added to every commit, to imitate a slower disk');

const groupCommitSettings = {
  synchronous: z
    .enum(['full', 'normal'])
    .default('full')
    .describe(
      'full: flushed to the disk at every commit. normal: only at checkpoints, so a power failure may lose commits',
    ),
  groupCommitWindowMs: z
    .number()
    .min(0)
    .max(50)
    .default(0)
    .describe('how long concurrent writes wait for others to share their commit; a single write never waits'),
  groupCommitMaxWrites: z
    .int()
    .min(1)
    .max(10_000)
    .default(256)
    .describe('maximum number of writes in one transaction, for which a read may have to wait'),
  commitDelayMs,
};

const poolSize = z.int().min(1).max(200).default(16).describe('connections to the server');
const timeoutMs = z
  .int()
  .min(100)
  .max(600_000)
  .default(10_000)
  .describe('how long an operation may take before it fails as a timeout');

/** The settings of each engine, as schemas. Forms, the command line and the run document are derived from these. */
const engineSettingSchemas = {
  'sqlite-json': z.strictObject({ commitDelayMs }),
  sqlite: z.strictObject(groupCommitSettings),
  memory: z.strictObject({}),
  hybrid: z.strictObject({
    ...groupCommitSettings,
    memoryMb: z
      .int()
      .min(1)
      .max(65_536)
      .default(512)
      .describe('maximum memory for documents; beyond it, the least recently used are read from SQLite'),
  }),
  postgres: z.strictObject({
    poolSize,
    synchronousCommit: z
      .enum(['on', 'off'])
      .default('on')
      .describe('off: acknowledged before the flush, so that a crash of the server may lose the last writes'),
    isolation: z
      .enum(['read-committed', 'repeatable-read', 'serializable'])
      .default('read-committed')
      .describe('isolation level of batches'),
    rowLevelSecurity: z
      .boolean()
      .default(false)
      .describe('the server itself separates the tenants; three more round trips for each operation'),
    timeoutMs,
  }),
  mongodb: z.strictObject({
    poolSize,
    writeConcern: z
      .enum(['majority', '1'])
      .default('majority')
      .describe('how many members of a replica set must have a write before it is acknowledged'),
    journal: z
      .boolean()
      .default(true)
      .describe('acknowledge after the journal is flushed; without it a crash of the server may lose the last writes'),
    timeoutMs,
  }),
} as const;

const kind = z.literal('engine');

/**
 * An engine with its settings, used by the built-in document service. In saved documents the settings are named
 * `options`.
 */
export const engineConfigSchema = z.discriminatedUnion('engine', [
  z.strictObject({
    kind,
    engine: z.literal('sqlite-json'),
    options: engineSettingSchemas['sqlite-json'].prefault({}),
  }),
  z.strictObject({ kind, engine: z.literal('sqlite'), options: engineSettingSchemas.sqlite.prefault({}) }),
  z.strictObject({ kind, engine: z.literal('memory'), options: engineSettingSchemas.memory.prefault({}) }),
  z.strictObject({ kind, engine: z.literal('hybrid'), options: engineSettingSchemas.hybrid.prefault({}) }),
  z.strictObject({ kind, engine: z.literal('postgres'), options: engineSettingSchemas.postgres.prefault({}) }),
  z.strictObject({ kind, engine: z.literal('mongodb'), options: engineSettingSchemas.mongodb.prefault({}) }),
]);
export type EngineConfig = z.infer<typeof engineConfigSchema>;
export type ConfigOf<Id extends EngineId> = Extract<EngineConfig, { engine: Id }>;

/** An engine as a user chooses it, with only the changed settings, not yet validated. */
export const engineChoiceSchema = z.strictObject({
  kind,
  engine: engineIdSchema,
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});
export type EngineChoice = z.infer<typeof engineChoiceSchema>;

/** Returns an engine with the given settings, and defaults for the others. Throws ZodError. */
export function engineConfig(engine: EngineId, settings: Record<string, unknown> = {}): EngineConfig {
  return engineConfigSchema.parse({ kind: 'engine', engine, options: settings });
}

/** A setting of an engine, as a form field. */
export interface SettingField {
  name: string;
  description: string;
  type: 'choice' | 'number' | 'switch';
  /** The choices, for a choice. */
  choices: readonly string[];
  /** The bounds, for a number. */
  minimum: number | undefined;
  maximum: number | undefined;
  default: string | number | boolean;
}

const propertySchema = z.object({
  description: z.string().default(''),
  default: z.union([z.string(), z.number(), z.boolean()]),
  enum: z.array(z.string()).optional(),
  type: z.string(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
const settingsSchema = z.object({ properties: z.record(z.string(), propertySchema).default({}) });

/** Returns the settings of an engine, for forms and the command line. */
export function settingFields(engine: EngineId): SettingField[] {
  const { properties } = settingsSchema.parse(z.toJSONSchema(engineSettingSchemas[engine], { io: 'input' }));
  return Object.entries(properties).map(([name, property]) => ({
    name,
    description: property.description,
    type: property.enum ? 'choice' : property.type === 'boolean' ? 'switch' : 'number',
    choices: property.enum ?? [],
    minimum: property.minimum,
    maximum: property.maximum,
    default: property.default,
  }));
}
