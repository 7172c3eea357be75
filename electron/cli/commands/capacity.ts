import { Command } from 'commander';
import { stoppable } from '../stoppable';
import { execute } from './run';
import { type RunOptions, targetOptions } from './runOptions';
import { secretsOf } from './secretOptions';

/** `workerFolder` holds the built worker processes. */
export function capacityCommand(appVersion: string, workerFolder: string): Command {
  const command = new Command('capacity').description(
    'find the highest arrival rate at which the thresholds hold: level C',
  );
  return targetOptions(command).action(async (options: RunOptions) => {
    const secrets = await secretsOf(options);
    process.exitCode = await stoppable((signal) =>
      execute('level-c', options, secrets, appVersion, workerFolder, signal),
    );
  });
}
