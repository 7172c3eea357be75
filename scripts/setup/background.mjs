import { closeSync, openSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import { runChild } from './foreground.mjs';

/**
 * Runs a program with what others leave of the processors: its priority, and that of all that it starts, is below
 * normal. What it prints goes to `outputFile`. Resolves with its exit code, as `runForeground` does.
 */
export async function runBeside(file, args, outputFile, env = {}) {
  const output = openSync(outputFile, 'w');
  try {
    return await runChild(file, args, env, ['ignore', output, output], ({ pid }) => {
      // Who runs with less already may not have more.
      const priority = Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL);
      if (pid !== undefined) setPriority(pid, priority);
    });
  } finally {
    closeSync(output);
  }
}
