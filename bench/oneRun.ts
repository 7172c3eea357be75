import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type RunDocument, runDocumentSchema } from '../shared/run/document';
import type { Interruption } from './interruption';

/** A run of the command line as its user sees it. */
export interface OneRun {
  code: number | null;
  /** Undefined where it ended without one. */
  document: RunDocument | undefined;
  durationMs: number;
}

/** How a run is made. */
export interface OneRunOptions {
  /** What comes before the program, such as `taskset -c 0`. */
  prefix?: readonly string[];
  /** A run that takes longer is ended, in ms. */
  atMostMs: number;
  interruption: Interruption;
}

function readDocument(file: string): RunDocument | undefined {
  try {
    return runDocumentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // An error ended the run before there was a document: the exit code says so, and stderr why.
    return undefined;
  }
}

/** Makes a run with the built command line, `args` being those of `proofload run`, and resolves when it has ended. */
export async function oneRun(args: readonly string[], options: OneRunOptions): Promise<OneRun> {
  const { prefix = [], atMostMs, interruption } = options;
  const folder = mkdtempSync(join(tmpdir(), 'proofload-bench-'));
  const out = join(folder, 'run.json');
  const cli = resolve('out/main/cli.js');
  const dataDir = resolve('test-results/bench-data');
  const rest = ['run', ...args, '--no-save', '--quiet', '--data-dir', dataDir, '--out', out];
  const [file = '', ...fileArgs] = [...prefix, process.execPath, cli, ...rest];
  const startedMs = Date.now();
  const child = spawn(file, fileArgs, { stdio: ['ignore', 'ignore', 'inherit'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), atMostMs);
  interruption.during(() => child.kill('SIGTERM'));
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  interruption.during(() => {});
  clearTimeout(timer);
  const document = readDocument(out);
  rmSync(folder, { recursive: true });
  return { code, document, durationMs: Date.now() - startedMs };
}
