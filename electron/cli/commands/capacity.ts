import { Command } from 'commander';
import { searchOf } from '../../app/runs/searchOf';
import { execute } from './run';
import { type RunOptions, targetOptions } from './runOptions';
import type { Program } from './withServices';

export function capacityCommand(program: Program): Command {
  const command = new Command('capacity')
    .description(
      'find the highest arrival rate at which all thresholds pass, in journeys per second if the scenario has journeys',
    )
    .argument('[level-or-file]', 'level or scenario file with the requests and the thresholds', 'level-c');
  return targetOptions(command).action(async (name: string, options: RunOptions) => {
    process.exitCode = await execute(name, options, program, searchOf);
  });
}
