import { type Command, InvalidArgumentError, Option } from 'commander';
import type { TypedSetting } from '../../app/targets/engineChoice';
import type { DatabaseOptions } from './databaseOptions';

/** The options of commands that choose an engine. */
export interface EngineOptions extends DatabaseOptions {
  engineSetting: TypedSetting[];
  /** The name of `--engine-setting` in earlier versions. */
  engineOption: TypedSetting[];
}

function parseSetting(text: string, earlier: TypedSetting[]): TypedSetting[] {
  const equals = text.indexOf('=');
  if (equals <= 0) throw new InvalidArgumentError('must be NAME=VALUE, such as synchronous=normal');
  return [...earlier, [text.slice(0, equals), text.slice(equals + 1)]];
}

/** Adds the options that choose an engine, with its settings and its server. */
export function withEngineOptions(command: Command): Command {
  return command
    .option('--engine <id>', 'storage engine of the built-in document service')
    .option(
      '--engine-setting <name=value>',
      'setting of the engine, as proofload engines lists them; may be repeated',
      parseSetting,
      [],
    )
    .addOption(new Option('--engine-option <name=value>').argParser(parseSetting).default([]).hideHelp())
    .option('--database-url <url>', "URL of the engine's server, instead of the embedded PostgreSQL or the saved URL");
}

/** The engine settings that the user typed. */
export function typedSettings({ engineSetting, engineOption }: EngineOptions): TypedSetting[] {
  return [...engineOption, ...engineSetting];
}
