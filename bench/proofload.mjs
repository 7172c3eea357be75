import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve(import.meta.dirname, '../out/main/cli.js');

/** Runs the command line once and resolves with its exit code and its run document. */
export async function proofload(...args) {
  const folder = mkdtempSync(join(tmpdir(), 'proofload-bench-'));
  const out = join(folder, 'run.json');
  const dataDir = resolve(import.meta.dirname, '../test-results/bench-data');
  const child = spawn(
    process.execPath,
    [cli, 'run', ...args, '--no-save', '--quiet', '--data-dir', dataDir, '--out', out],
    { stdio: 'inherit' },
  );
  const code = await new Promise((done) => child.on('close', done));
  const document = JSON.parse(readFileSync(out, 'utf8'));
  rmSync(folder, { recursive: true });
  return { code, document };
}
