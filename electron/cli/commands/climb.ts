import { Command } from 'commander';
import { describeClimbEnd } from '../../../shared/ladder/climb';
import { exitCodes } from '../../../shared/run/verdict';
import { requireLevel } from '../../app/runs/levels';
import type { AppServices } from '../../app/services';
import { print, printToStderr } from '../../system/terminal';
import { inputOf, runInTerminal, withRunServices } from './run';
import { type RunOptions, targetOptions } from './runOptions';
import type { Program } from './withServices';

/** The exit codes of a verdict on the target. Any other code ends a climb at once. */
const verdictCodes: readonly number[] = [exitCodes.passed, exitCodes.failed, exitCodes.inconclusive];

/** Runs the levels in order until one stays locked. Returns the exit code of the last run. */
async function climbInTerminal(options: RunOptions, services: AppServices, signal: AbortSignal): Promise<number> {
  let code: number = exitCodes.passed;
  const { scenario: _first, ...input } = inputOf(requireLevel('level-0'), options);
  const end = await services.climb(input, async ({ level, name }, request) => {
    printToStderr(`level ${level}, ${name}\n`);
    code = await runInTerminal(request, options, services, signal);
    return verdictCodes.includes(code);
  });
  if (end.kind !== 'locked') return code;
  print(`\n${describeClimbEnd(end)}\n`);
  return code === exitCodes.passed ? exitCodes.failed : code;
}

export function climbCommand(program: Program): Command {
  const command = new Command('climb').description('run the levels in order until one stays locked');
  return targetOptions(command).action(async (options: RunOptions) => {
    process.exitCode = await withRunServices(program, options, (services, signal) =>
      climbInTerminal(options, services, signal),
    );
  });
}
