import { Command } from 'commander';
import { exitCodes } from '../../../shared/run/verdict';
import { openHistory } from '../../history/openHistory';
import { dataFolder } from '../../run/dataFolder';
import { gateFor } from '../../run/gate';
import { levels } from '../../run/levels';
import { chooseTarget, execute } from './run';
import { type RunOptions, targetOptions } from './runOptions';

/** What ends a climb at once: anything but a verdict on the target. */
const verdictCodes: readonly number[] = [exitCodes.passed, exitCodes.failed, exitCodes.inconclusive];

/** Runs the levels in their order until a gate stays shut. Returns the exit code of the last run. */
async function climb(options: RunOptions, appVersion: string, workerFolder: string): Promise<number> {
  let code: number = exitCodes.passed;
  for (const scenario of levels.filter(({ level }) => level !== undefined)) {
    const target = chooseTarget(options, scenario);
    if (!target) continue;
    const history = openHistory(dataFolder(options.dataDir));
    const gate = gateFor(history, { scenario, target });
    history.close();
    if (!gate.open) {
      process.stdout.write(`\nThe gate to level ${scenario.level} stays shut. ${gate.reason}\n`);
      return code === exitCodes.passed ? exitCodes.failed : code;
    }
    process.stderr.write(`level ${scenario.level}, ${scenario.name}\n`);
    code = await execute(scenario.id, options, appVersion, workerFolder);
    if (!verdictCodes.includes(code)) return code;
  }
  return code;
}

/** `workerFolder` holds the built worker processes. */
export function climbCommand(appVersion: string, workerFolder: string): Command {
  const command = new Command('climb').description('run the levels in their order until a gate stays shut');
  return targetOptions(command).action(async (options: RunOptions) => {
    process.exitCode = await climb(options, appVersion, workerFolder);
  });
}
