#!/usr/bin/env node
import { CommanderError } from 'commander';
import { toAppError } from '../../shared/errors/appError';
import { keepFilesPrivate } from '../system/privateFiles';
import { surviveLostOutput } from '../system/terminal';
import { errorExitCode, usageExitCode } from './exitCodes';
import { printError } from './output';
import { buildProgram } from './program';

async function main(): Promise<number> {
  try {
    const [asked] = process.argv.slice(2);
    const program = await buildProgram(import.meta.dirname, asked);
    await program.parseAsync();
    return process.exitCode === undefined ? 0 : Number(process.exitCode);
  } catch (thrown) {
    // Commander has printed its message; help and version come as "errors" with exit code 0.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : usageExitCode;
    const error = toAppError(thrown);
    printError(error);
    return errorExitCode(error.code);
  }
}

keepFilesPrivate();
surviveLostOutput();
process.exitCode = await main();
