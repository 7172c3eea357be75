import { type EngineConfig, engineConfigSchema, settingFields } from '../../../shared/engines/config';
import { type EngineId, engineIdSchema, engineIds } from '../../../shared/engines/engine';
import { ProofloadError } from '../../../shared/errors/appError';
import { describeIssues } from '../../../shared/scenario/parse';

/** The environment variable for the default engine. It overrides the choice in the window. */
const storageVariable = 'PROOFLOAD_STORAGE';
/** The modes of the report's third option: a fast engine for stress tests, real files for integration tests. */
const profiles: Record<string, EngineId> = { stress: 'memory', integration: 'sqlite' };
const switches: Record<string, boolean> = { true: true, false: false, on: true, off: false };

/** Parses an engine's id. Throws `engine-unknown`. */
export function parseEngine(name: string): EngineId {
  const parsed = engineIdSchema.safeParse(name);
  if (parsed.success) return parsed.data;
  throw new ProofloadError(
    'engine-unknown',
    `there is no storage engine ${name}`,
    `the engines are ${engineIds.join(', ')}; PROOFLOAD_STORAGE takes the profiles stress and integration as well`,
  );
}

/**
 * The engine that PROOFLOAD_STORAGE names, directly or by a profile. Undefined when it is not set. Throws
 * `engine-unknown`.
 */
export function engineFromEnvironment(env: NodeJS.ProcessEnv = process.env): EngineId | undefined {
  const name = env[storageVariable];
  if (!name) return undefined;
  return Object.hasOwn(profiles, name) ? profiles[name] : parseEngine(name);
}

/** A setting of an engine as typed: its name and its text. */
export type TypedSetting = readonly [name: string, text: string];

/**
 * An engine with typed settings. The other settings are those of `base`, or the defaults. Throws `usage` for a setting
 * or a value that the engine does not have.
 */
export function configureEngine(
  engine: EngineId,
  typed: readonly TypedSetting[],
  base: Readonly<Record<string, unknown>> = {},
): EngineConfig {
  const fields = settingFields(engine);
  const settings: Record<string, unknown> = { ...base };
  for (const [name, text] of typed) {
    const field = fields.find((candidate) => candidate.name === name);
    if (!field) {
      throw new ProofloadError(
        'usage',
        `the engine ${engine} has no setting ${name}`,
        fields.length > 0 ? `its settings are ${fields.map((known) => known.name).join(', ')}` : 'it has no settings',
      );
    }
    settings[name] = field.type === 'number' ? Number(text) : field.type === 'switch' ? (switches[text] ?? text) : text;
  }
  return checkEngine({ kind: 'engine', engine, options: settings });
}

/** Checks an engine that was chosen with its settings. Throws `usage`. */
export function checkEngine(choice: {
  kind: 'engine';
  engine: EngineId;
  options: Record<string, unknown>;
}): EngineConfig {
  const parsed = engineConfigSchema.safeParse(choice);
  if (parsed.success) return parsed.data;
  throw new ProofloadError('usage', `${choice.engine}: ${describeIssues(parsed.error)}`, 'correct the setting', {
    details: { about: 'engine-settings' },
  });
}
