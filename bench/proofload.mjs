import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runForeground } from '../scripts/setup/foreground.mjs';

const cli = resolve(import.meta.dirname, '../out/main/cli.js');

/** What a run ends with that was stopped: the benchmark is stopped with it. */
export const interruptedCode = 130;

/** Runs the command line once and resolves with its exit code and its run document. */
export async function proofload(...args) {
  const folder = mkdtempSync(join(tmpdir(), 'proofload-bench-'));
  const out = join(folder, 'run.json');
  const dataDir = resolve(import.meta.dirname, '../test-results/bench-data');
  const rest = ['--no-save', '--quiet', '--data-dir', dataDir, '--out', out];
  const code = await runForeground(process.execPath, [cli, 'run', ...args, ...rest]);
  if (code === interruptedCode) process.exit(code);
  const document = JSON.parse(readFileSync(out, 'utf8'));
  rmSync(folder, { recursive: true });
  return { code, document };
}
