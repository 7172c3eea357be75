#!/usr/bin/env node
import { CommanderError } from 'commander';
import { toAppError } from '../../shared/errors/appError';
import { keepFilesPrivate } from '../system/privateFiles';
import { surviveLostOutput } from '../system/survivingOutput';
import { errorExitCode, usageExitCode } from './exitCodes';
import { printError } from './output';
import { buildProgram } from './program';

async function main(): Promise<number> {
  try {
    await buildProgram(import.meta.dirname).parseAsync();
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
