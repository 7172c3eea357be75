import { Command } from 'commander';
import { execute } from './run';
import { type RunOptions, targetOptions } from './runOptions';
import type { Program } from './withServices';

export function capacityCommand(program: Program): Command {
  const command = new Command('capacity').description(
    'find the highest arrival rate at which the thresholds hold: level C',
  );
  return targetOptions(command).action(async (options: RunOptions) => {
    process.exitCode = await execute('level-c', options, program);
  });
}
