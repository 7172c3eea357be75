import { Command } from 'commander';
import { expect, it } from 'vitest';
import { type EngineOptions, typedSettings, withEngineOptions } from './engineOptions';

function parse(...args: string[]) {
  const quiet = { writeErr: () => {} };
  const command = withEngineOptions(new Command('run')).exitOverride().configureOutput(quiet);
  return typedSettings(command.parse(args, { from: 'user' }).opts<EngineOptions>());
}

it('collects the settings of the engine', () => {
  expect(parse()).toEqual([]);
  expect(parse('--engine-setting', 'synchronous=normal', '--engine-setting', 'commitDelayMs=24')).toEqual([
    ['synchronous', 'normal'],
    ['commitDelayMs', '24'],
  ]);
});

it('takes the flag of earlier versions as well, without listing it', () => {
  expect(parse('--engine-option', 'synchronous=normal', '--engine-setting', 'commitDelayMs=24')).toEqual([
    ['synchronous', 'normal'],
    ['commitDelayMs', '24'],
  ]);
  const help = withEngineOptions(new Command('run')).helpInformation();
  expect(help).toContain('--engine-setting');
  expect(help).not.toContain('--engine-option');
});

it.each(['--engine-setting', '--engine-option'])('%s refuses what is not a setting', (flag) => {
  expect(() => parse(flag, 'synchronous')).toThrow(/must be NAME=VALUE/);
});
