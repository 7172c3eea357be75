import { Command } from 'commander';
import { describeClimbEnd } from '../../../shared/ladder/climb';
import type { Gate } from '../../../shared/ladder/gate';
import { exitCodes } from '../../../shared/run/verdict';
import type { Scenario } from '../../../shared/scenario/schema';
import { openHistory } from '../../history/openHistory';
import { climb } from '../../run/climb';
import { dataFolder } from '../../run/dataFolder';
import { gateFor } from '../../run/gate';
import { levels } from '../../run/levels';
import type { SecretSource } from '../../run/secrets/secretSource';
import { print, printToStderr } from '../../system/terminal';
import { stoppable } from '../stoppable';
import { chooseTarget, execute } from './run';
import { type RunOptions, targetOptions } from './runOptions';
import { secretsOf } from './secretOptions';

/** What ends a climb at once: anything but a verdict on the target. */
const verdictCodes: readonly number[] = [exitCodes.passed, exitCodes.failed, exitCodes.inconclusive];

/** Runs the levels in their order until a gate stays shut. Returns the exit code of the last run. */
async function climbInTerminal(
  options: RunOptions,
  secrets: SecretSource,
  appVersion: string,
  workerFolder: string,
  signal: AbortSignal,
): Promise<number> {
  let code: number = exitCodes.passed;
  const gateTo = (scenario: Scenario): Gate => {
    const target = chooseTarget(options, scenario);
    const history = openHistory(dataFolder(options.dataDir));
    try {
      return target ? gateFor(history, { scenario, target }) : { open: true, reason: null };
    } finally {
      history.close();
    }
  };
  const run = async ({ level, name, id }: Scenario): Promise<boolean> => {
    printToStderr(`level ${level}, ${name}\n`);
    code = await execute(id, options, secrets, appVersion, workerFolder, signal);
    return verdictCodes.includes(code);
  };
  const end = await climb(levels, { gateTo, run });
  if (end.kind !== 'shut') return code;
  print(`\n${describeClimbEnd(end)}\n`);
  return code === exitCodes.passed ? exitCodes.failed : code;
}

/** `workerFolder` holds the built worker processes. */
export function climbCommand(appVersion: string, workerFolder: string): Command {
  const command = new Command('climb').description('run the levels in order until one stays locked');
  return targetOptions(command).action(async (options: RunOptions) => {
    const secrets = await secretsOf(options);
    process.exitCode = await stoppable((signal) => climbInTerminal(options, secrets, appVersion, workerFolder, signal));
  });
}
