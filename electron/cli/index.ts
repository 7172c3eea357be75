#!/usr/bin/env node
import module from 'node:module';
import { keepFilesPrivate } from '../system/privateFiles';
import { compileCacheFolder } from './compileCache';

keepFilesPrivate();
// Node 22.1 and later keep what they have compiled; what is imported before this is not kept.
module.enableCompileCache?.(compileCacheFolder());
const { runCommandLine } = await import('./commandLine');
process.exitCode = await runCommandLine(process.argv.slice(2), import.meta.dirname);
