#!/usr/bin/env node
import module from 'node:module';
import { keepFilesPrivate } from '../system/privateFiles';
import { compileCacheFolder } from './compileCache';

keepFilesPrivate();
// Node 22.1 and later cache compiled code. Modules that are imported before this call are not cached.
module.enableCompileCache?.(compileCacheFolder());
const { runCommandLine } = await import('./commandLine');
process.exitCode = await runCommandLine(process.argv.slice(2), import.meta.dirname);
