import { closeSync, openSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import { runChild } from './foreground.mjs';

/**
 * Runs a program whose output goes to `outputFile`, beside one in the foreground. With `isPatient` it takes what others
 * leave of the processors: its priority, and that of all that it starts, is below normal. Resolves with its exit code,
 * as `runForeground` does.
 */
export async function runBeside(file, args, outputFile, env = {}, isPatient = false) {
  const output = openSync(outputFile, 'w');
  try {
    return await runChild(file, args, env, ['ignore', output, output], ({ pid }) => {
      if (!isPatient) return;
      // Who runs with less already may not have more.
      const priority = Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL);
      if (pid !== undefined) setPriority(pid, priority);
    });
  } finally {
    closeSync(output);
  }
}
