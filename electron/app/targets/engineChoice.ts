import { type EngineConfig, engineConfigSchema, settingFields } from '../../../shared/engines/config';
import { type EngineId, engineIdSchema, engineIds } from '../../../shared/engines/engine';
import { ProofloadError } from '../../../shared/errors/appError';
import { describeIssues } from '../../../shared/scenario/parse';

/** The environment variable that chooses the default engine everywhere, before what was chosen in the window. */
const storageVariable = 'PROOFLOAD_STORAGE';
/** The modes of the report's third option: fast while stressing, real files while integrating. */
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

/** The engine that PROOFLOAD_STORAGE names, itself or by a profile; undefined without it. Throws `engine-unknown`. */
export function engineFromEnvironment(env: NodeJS.ProcessEnv = process.env): EngineId | undefined {
  const name = env[storageVariable];
  if (!name) return undefined;
  return Object.hasOwn(profiles, name) ? profiles[name] : parseEngine(name);
}

/** A setting of an engine as it is typed: a name and a text. */
export type TypedSetting = readonly [name: string, text: string];

/**
 * An engine with settings as they are typed, the others as they are by default or in `base`. Throws `usage` for a setting
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
        `${engine} has no setting ${name}`,
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
