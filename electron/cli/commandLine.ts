import { CommanderError } from 'commander';
import { toAppError } from '../../shared/errors/appError';
import { surviveLostOutput } from '../system/terminal';
import { askedCommand } from './commandList';
import { errorExitCode, usageExitCode } from './exitCodes';
import { printError } from './output';
import { buildProgram } from './program';

/**
 * Runs the command in the arguments and resolves with the exit code. `builtFolder` holds the programs of the workers.
 */
export async function runCommandLine(args: readonly string[], builtFolder: string): Promise<number> {
  surviveLostOutput();
  try {
    const asked = askedCommand(args);
    const program = await buildProgram(builtFolder, asked ? [asked] : []);
    await program.parseAsync(args, { from: 'user' });
    return process.exitCode === undefined ? 0 : Number(process.exitCode);
  } catch (thrown) {
    // Commander has printed its message. Help and version are also "errors", with exit code 0.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : usageExitCode;
    const error = toAppError(thrown);
    printError(error);
    return errorExitCode(error.code);
  }
}
