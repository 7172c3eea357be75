import { Command } from 'commander';
import { searchOf } from '../../app/runs/searchOf';
import { execute } from './run';
import { type RunOptions, targetOptions } from './runOptions';
import type { Program } from './withServices';

export function capacityCommand(program: Program): Command {
  const command = new Command('capacity')
    .description(
      'find the highest arrival rate at which the thresholds hold, of journeys per second where there are any',
    )
    .argument('[level-or-file]', 'what is sent, and by which thresholds it is judged', 'level-c');
  return targetOptions(command).action(async (name: string, options: RunOptions) => {
    process.exitCode = await execute(name, options, program, searchOf);
  });
}
