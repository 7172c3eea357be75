import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type EngineConfig, engineConfig, engineConfigSchema } from '../../../shared/engines/config';
import { tellUnreadable } from '../../system/unreadableFile';
import { writeWhole } from '../../system/writeWhole';
import { configureEngine, engineFromEnvironment, parseEngine, type TypedSetting } from './engineChoice';

const settingsSchema = z.object({
  /** The engine that is used when none is named. */
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
 * The engine that is used when none is named: PROOFLOAD_STORAGE, else the one that was chosen to be, else `sqlite`.
 * Throws `engine-unknown`.
 */
export function defaultEngine(folder: string, env: NodeJS.ProcessEnv = process.env): EngineConfig {
  const named = engineFromEnvironment(env);
  return named === undefined ? (readSettings(folder).engine ?? engineConfig('sqlite')) : engineConfig(named);
}

/** Makes an engine the one that is used when none is named. Throws `data-folder-unusable`. */
export function keepDefaultEngine(folder: string, engine: EngineConfig): void {
  writeWhole(fileIn(folder), JSON.stringify({ ...readSettings(folder), engine }), 'the default engine');
}

/** The engine that was named with its settings as they were typed, or the default one with them. Throws `engine-unknown`, `usage`. */
export function chooseEngine(folder: string, name: string | undefined, typed: readonly TypedSetting[]): EngineConfig {
  if (name !== undefined) return configureEngine(parseEngine(name), typed);
  const { engine, options: settings } = defaultEngine(folder);
  return configureEngine(engine, typed, settings);
}
