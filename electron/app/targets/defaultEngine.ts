import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type EngineConfig, engineConfig, engineConfigSchema } from '../../../shared/engines/config';
import { tellUnreadable } from '../../system/unreadableFile';
import { writeWhole } from '../../system/writeWhole';
import { configureEngine, engineFromEnvironment, parseEngine, type TypedSetting } from './engineChoice';

const settingsSchema = z.object({
  /** The engine that is used when the user names none. */
  engine: engineConfigSchema.optional(),
});
type Settings = z.infer<typeof settingsSchema>;

function fileIn(folder: string): string {
  return join(folder, 'settings.json');
}

function readSettings(folder: string): Settings {
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
  } catch (error) {
    tellUnreadable(fileIn(folder), error, 'settings are as they are at first');
    return {};
  }
}

/**
 * The engine that is used when the user names none: PROOFLOAD_STORAGE, else the saved default, else `sqlite`. Throws
 * `engine-unknown`.
 */
export function defaultEngine(folder: string, env: NodeJS.ProcessEnv = process.env): EngineConfig {
  const named = engineFromEnvironment(env);
  return named === undefined ? (readSettings(folder).engine ?? engineConfig('sqlite')) : engineConfig(named);
}

/** Saves the engine that is used when the user names none. Throws `data-folder-unusable`. */
export function keepDefaultEngine(folder: string, engine: EngineConfig): void {
  writeWhole(fileIn(folder), JSON.stringify({ ...readSettings(folder), engine }), 'the default engine');
}

/** The named engine, or the default one, with the settings that the user typed. Throws `engine-unknown`, `usage`. */
export function chooseEngine(folder: string, name: string | undefined, typed: readonly TypedSetting[]): EngineConfig {
  if (name !== undefined) return configureEngine(parseEngine(name), typed);
  const { engine, options: settings } = defaultEngine(folder);
  return configureEngine(engine, typed, settings);
}
